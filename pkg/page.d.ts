import type { Answer, CueKind, Decision, LoadOptions, Moment, Nav, PolicySource, Quarantined, Tactful, TactfulError, Tallies, Visit, VisitEvent, WishFor } from './types.js';
export * from './types.js';

/** Loads a policy over the page edition's own wasm, or of several versions the one in force. Live ones are verified. */
export declare function load(policy: PolicySource | PolicySource[], options?: LoadOptions): Promise<Tactful>;

/** Observes the page for a visit of this edition until stopped. */
export declare function observe(
  visit: Visit,
  options: {
    /** Where events are dispatched; the document by default. */
    root?: Document | Element;
    /** The present: asked before every decision. */
    moment: () => Moment;
    /** Keeps the page events, for a story; so does a visit that records. */
    record?: boolean;
  },
): PageObserver;

export interface PageObserver {
  /** The answer as last dispatched. */
  readonly answer: Answer | undefined;
  /** The page or view has changed: reads the `data-tactful-*` attributes again. */
  page(options?: {
    nav?: Nav | 'link';
    /** Visits to this topic in the last seven days, as your own store counts them; only with consent. */
    earlierSessions?: number;
  }): void;
  /** The page asked a server for something: a click that waits for it is slow at worst, not dead. */
  pending(): void;
  /** The server has answered. */
  settled(): void;
  /** Something failed that only the page knows of. `where` tells failures apart and goes nowhere. */
  failed(where: string, options?: { http?: boolean }): void;
  /** How well the page can be observed, and what was seen without being a signal. */
  readonly diagnostics: { deadClicks: 'on' | 'off'; quarantined: Quarantined; tallies: Tallies };
  /** A search and how many results it had; the query goes nowhere. */
  search(query: string, results: number): void;
  /** A search result was opened; ranks begin with 1. */
  resultOpen(rank: number, page: string): void;
  /** "Did this help?" was answered. */
  vote(page: string, helpful: boolean): void;
  /** A form got through, or did not: only the page knows. */
  form(form: Element, what: 'ok' | 'failed'): void;
  /** The person said what they want. */
  wish(wish: WishFor): void;
  /** The page recognised a phrase of the policy; only its kind is told. */
  cue(kind: CueKind): void;
  /** An offer was closed. */
  dismiss(touch: string): void;
  /** The recorded events, for a story. */
  events(): VisitEvent[];
  /** Stops; nothing of ours is left in the page. */
  stop(): void;
}

declare global {
  interface DocumentEventMap {
    /** The answer has changed. Cancel it to say that it will not be shown. */
    'tactful:decision': CustomEvent<Decision>;
    /** Something of ours failed; the page goes on without. */
    'tactful:error': CustomEvent<TactfulError>;
  }
}
