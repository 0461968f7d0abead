import type { Answer, Channel, CueKind, Decision, HistoryEvent, LoadOptions, Moment, Ms, Nav, Person, PolicySource, Purpose, Quarantined, Route, Tactful, TactfulError, Tallies, Visit, VisitEvent, WishFor } from './types.js';
export * from './types.js';

/** Loads a policy over the page edition's own wasm, or of several versions the one in force. Live ones are verified. */
export declare function load(policy: PolicySource | PolicySource[], options?: LoadOptions): Promise<Tactful>;

/**
 * Opens what this device knows of a person: their history here in IndexedDB, shared by all tabs of the site, and the
 * visit of this tab. Without IndexedDB or Web Locks it is a memory for this page, which permits less.
 */
export declare function openStore(
  tactful: Tactful,
  person: string,
  options?: {
    /** Which site it is, where several share an origin; `site` by default. */
    name?: string;
    /** Keeps nothing on the device, as before somebody has agreed to it. */
    memory?: boolean;
    /** The host tells every touch and survey of every channel; otherwise what came before the store began is unknown. */
    complete?: boolean;
    /** A visit left for longer is over; half an hour by default. */
    gapMs?: Ms;
    now?: Ms;
  },
): Promise<Store>;

/** What the pages of a site know of one person. */
export interface Store {
  /** `learn` of it tells what the host knows for this page; only `store.learn` keeps. */
  readonly person: Person;
  /** Whether tabs share it and a reload keeps it. */
  readonly kind: 'shared' | 'memory';
  /** What failed, if it became a memory while it was open. */
  readonly failure: TactfulError | undefined;
  /** Goes on with the visit of this tab, or begins one. */
  visit(options?: { startedAt?: Ms; salt?: number; record?: boolean }): Visit;
  /** Learns events and keeps them on this device, for every tab; resolves once that is done. */
  learn(events: HistoryEvent | HistoryEvent[]): Promise<void>;
  /** Keeps from now on what was opened with `memory: true`, with what it has learned so far. */
  keep(): Promise<void>;
  /** Reads what other tabs have added; they say when there is something. */
  refresh(): Promise<void>;
  /** Forgets everything about this person on this device, in every tab. */
  forget(): Promise<void>;
  close(): void;
  [Symbol.dispose](): void;
}

/** Observes the page for a visit of this edition until stopped. */
export declare function observe(
  visit: Visit,
  options: {
    /** Where events are dispatched; the document by default. */
    root?: Document | Element;
    /** The present: asked before every decision. Global Privacy Control is added by itself. */
    moment: () => Moment;
    /** Where what becomes of offers is kept; with it two tabs never offer at once. */
    store?: Store;
    /** Keeps the page events, for a story; so does a visit that records. */
    record?: boolean;
  },
): PageObserver;

/** What may become of an offer. Caps count what was shown. */
export type OfferStep = 'shown' | 'accepted' | 'dismissed' | 'expired' | 'cancelled';

/** The offer that was decided last. */
export interface PageOffer {
  readonly touch: string;
  readonly route: Route;
  readonly purpose: Purpose;
  readonly channel: Channel;
  readonly matter?: string;
  readonly offer?: string;
  readonly article?: string;
  readonly step: OfferStep | undefined;
}

/** The answer has changed. Cancel it to say that it will not be shown. */
export interface DecisionEvent extends CustomEvent<Decision> {
  /** Names the offer in what is told of it later; nothing when nothing is offered. */
  readonly touch: string | undefined;
}

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
  /** An offer of which nothing else is told was closed. */
  dismiss(touch: string): void;
  /** The offer that was decided last. */
  readonly offer: PageOffer | undefined;
  /** What became of it, where the page shows it by itself; `<tactful-offer>` tells it by events. */
  offerWas(step: OfferStep): void;
  /** "Never here": nothing is offered in this visit and later ones, until taken back. */
  leaveAlone(on?: boolean): void;
  /** The recorded events, for a story. */
  events(): VisitEvent[];
  /** Stops; nothing of ours is left in the page. */
  stop(): void;
  [Symbol.dispose](): void;
}

/** Dispatched on the `root` of an observer, and by cards; all of them reach the document. */
export interface TactfulEventMap {
  'tactful:decision': DecisionEvent;
  /** An offer was shown. Cancel it to say that it was not. */
  'tactful:shown': CustomEvent<{ touch: string; decision?: Decision }>;
  /** It was taken up. Cancel it to do what follows yourself. */
  'tactful:accepted': CustomEvent<{ touch: string; decision?: Decision }>;
  /** It was refused: for now, or for good. */
  'tactful:dismissed': CustomEvent<{ touch: string; never?: boolean; decision?: Decision }>;
  /** Another tab goes on with it, or nobody observes any more: take it off the screen. */
  'tactful:withdrawn': CustomEvent<{ touch: string }>;
  /** Somebody said what they want: "a person instead". */
  'tactful:wish': CustomEvent<{ for: WishFor; touch?: string }>;
  /** "Never here", said or taken back. */
  'tactful:never': CustomEvent<{ on: boolean; touch?: string }>;
  /** A card has come into the page: `show` is given what stands, if anything does. */
  'tactful:ready': CustomEvent<{ show: (offer: { touch: string; decision: Decision }) => void }>;
  /** Something of ours failed; the page goes on without. Said once for each kind; cancel it to keep it off the console. */
  'tactful:error': CustomEvent<TactfulError>;
}

declare global {
  interface DocumentEventMap extends TactfulEventMap {}
  interface HTMLElementEventMap extends TactfulEventMap {}
}
