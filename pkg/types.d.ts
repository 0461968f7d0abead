/// <reference lib="esnext.disposable" />
// The nouns of the package. Times are integer UTC epoch milliseconds, scores integers 0..1000.
export type Ms = number;
export type Permille = number;

export type Channel = 'web' | 'helpCenter' | 'chatbot' | 'chat' | 'phone' | 'ivr' | 'email' | 'sms' | 'push' | 'social' | 'inPerson' | 'app';
export type Purpose = 'answer' | 'assist' | 'serviceNotice' | 'reachOutHelp' | 'survey' | 'pitch';
export type Route = 'none' | 'status' | 'article' | 'chatbot' | 'callback' | 'human' | 'specialist' | 'accountManager' | 'messageForm';
export type PromiseKind = 'fasterHelp' | 'clearerNextStep' | 'smarterPersonalization';
export type SurveyKind = 'ces' | 'csat' | 'nps';
export type IntentName = 'resolve' | 'learn' | 'onboard' | 'buy' | 'expand' | 'cancel' | 'contact';
export type FactValue = boolean | number | string;

/** What every durable event says. Deduplicated by `(source, id)`. */
export interface EventBase {
  id: string;
  at: Ms;
  receivedAt?: Ms;
  source: string;
  person?: string;
}

/** Durable events about one person. */
export type HistoryEvent = EventBase &
  (
    | { type: 'contact'; contact: string; step: 'started' | 'queued' | 'transferred' | 'escalated' | 'replied' | 'ended' | 'abandoned' | 'deflected'; channel: Channel; direction?: 'in' | 'out'; matter?: string; category?: string; product?: string; process?: string; processVersion?: string; agent?: string; team?: string; waitMs?: Ms; warm?: boolean; solved?: boolean; article?: string }
    | { type: 'case'; case: string; step: 'opened' | 'resolved' | 'closed' | 'reopened'; matter?: string; category?: string; severity?: 'low' | 'normal' | 'high' | 'critical' }
    | { type: 'fact'; name: string; value: FactValue; goodForMs?: Ms; matter?: string }
    | { type: 'milestone'; name: string; what?: string }
    | { type: 'consent'; purpose: 'service' | 'marketing' | 'survey' | 'profiling'; channel?: Channel; state: 'granted' | 'withdrawn'; effectiveAt?: Ms; expiresAt?: Ms }
    | { type: 'suppression'; scope: 'person' | 'account' | 'household'; reason: 'asked' | 'bounced' | 'complaint' | 'legal' | 'manual'; state: 'on' | 'off'; until?: Ms; owner?: string }
    | { type: 'touch'; touch: string; step: 'reserved' | 'shown' | 'sent' | 'failed' | 'cancelled' | 'accepted' | 'dismissed' | 'expired'; purpose: Purpose; channel: Channel; route?: Route; matter?: string; offer?: string; promise?: string }
    | { type: 'survey'; survey: string; kind: SurveyKind; step: 'invited' | 'answered' | 'declined'; score?: number; of?: number; matter?: string; sampled?: boolean; invitedBy?: string }
    | { type: 'promise'; promise: string; step: 'made' | 'kept' | 'broken' | 'void'; kind: PromiseKind; due?: Ms; matter?: string; touch?: string; route?: Route }
    | { type: 'ask'; field: string; step: 'asked' | 'answered' | 'refused'; value?: string }
    | { type: 'identity'; a: string; b: string; strength: 'strong' | 'weak'; state: 'linked' | 'unlinked' }
    | { type: 'feed'; feed: string; status: 'live' | 'silent'; since?: Ms }
    | { type: 'incident'; incident: string; step: 'started' | 'ended'; topics?: string[]; affects?: 'all' | 'person'; nextUpdateAt?: Ms }
    | { type: 'sensitive'; kind: 'bereavement' | 'hardship' | 'vulnerability' | 'legal' | 'leaving' | 'minor'; step: 'on' | 'cleared'; by?: string }
    | { type: 'urgent'; kind: 'money' | 'security' | 'outage' | 'deadline' | 'safety'; step: 'on' | 'cleared'; matter?: string; due?: Ms; by?: string }
    | { type: 'outcome'; kind: 'complaint' | 'unsubscribed' | 'churned' | 'retained' | 'goalCompleted' | 'onboardingCompleted' | 'resolvedConfirmed' | 'escalated' | 'adopted'; matter?: string; decision?: string }
    | { type: 'process'; process: string; version: string; effectiveFrom: Ms }
  );

/** A name, hashed at the boundary, or its 32-bit key. */
export type Key = string | number;
export type WishFor = 'person' | 'specialist' | 'quote' | 'buy' | 'callback' | 'noHelp' | 'article';
export type PageRole = 'other' | 'home' | 'category' | 'article' | 'searchResults' | 'contact' | 'status' | 'pricing' | 'billing' | 'planChange' | 'cancel' | 'onboarding' | 'community' | 'account' | 'checkout' | 'app';
export type Nav = 'load' | 'push' | 'replace' | 'back' | 'forward' | 'hash' | 'bfcache';
export type CueKind = 'anger' | 'complaint' | 'money' | 'security' | 'outage' | 'deadline' | 'safety' | 'bereavement' | 'hardship' | 'vulnerability' | 'legal' | 'leaving' | 'minor';
export type Control = 'other' | 'button' | 'submit' | 'reset' | 'link' | 'linkNewTab' | 'linkDownload' | 'checkbox' | 'radio' | 'switch' | 'tab' | 'option' | 'menuitem' | 'range' | 'textInput' | 'textarea' | 'select' | 'contenteditable' | 'fileInput' | 'media' | 'canvas' | 'disabled' | 'none' | 'root';

/** Events of this session. `t` = milliseconds since the visit began. Never typed text. */
export type VisitEvent = { t: number } & (
  | { type: 'click'; downT?: number; x?: number; y?: number; target: Key; control?: Control; hint?: 'none' | 'stepper' | 'pager' | 'toggle'; flags?: ('modifier' | 'nonPrimary' | 'untrusted' | 'optOutRage' | 'optOutDead' | 'optOutError' | 'touch' | 'keyboard' | 'unwatched')[] }
  | { type: 'effect'; cause: 'mutation' | 'style' | 'navigation' | 'input' | 'toggle' | 'media' | 'dialogOrPopup' | 'requestStart' | 'requestEnd' | 'resource' | 'focusMove' }
  | { type: 'scroll'; y?: number; pageH?: number; viewH?: number; user?: boolean }
  | { type: 'selection'; nonempty: boolean }
  | { type: 'visibility'; state: 'hidden' | 'visible' }
  | { type: 'focus'; state: 'focus' | 'blur' }
  | { type: 'pointerTurns'; axis: 'x' | 'y'; n: number; strokePx?: number }
  | { type: 'error'; class: 'script' | 'rejection' | 'http' | 'reported'; fp?: Key }
  | { type: 'pageView'; page: Key; role?: PageRole; nav?: Nav; topic?: Key; expectedReadMs?: number; earlierSessions?: number }
  | { type: 'articleProgress'; page?: Key; activeMs: number; depthPct: number; end?: boolean }
  | { type: 'search'; simPrev?: number; extendsPrev?: boolean; lenTokens?: number; results: number; scope?: number }
  | { type: 'resultOpen'; rank?: number; page?: Key }
  | { type: 'vote'; page?: Key; helpful: boolean }
  | { type: 'form'; form: Key; step?: number; what: 'view' | 'start' | 'fieldDone' | 'fieldReturn' | 'invalid' | 'submit' | 'ok' | 'failed' | 'reset'; field?: Key }
  | { type: 'contactIntent'; how: 'contactPage' | 'tel' | 'mailto' | 'chatOpen' | 'chatClose' | 'formOpen' | 'callback'; topic?: Key }
  | { type: 'idle' }
  | { type: 'resume' }
  | { type: 'pageEnd'; reason: 'hidden' | 'unload' | 'freeze' }
  | { type: 'wish'; for: WishFor }
  | { type: 'dismiss'; touch: Key }
  | { type: 'cue'; kind: CueKind; matter?: Key; due?: Ms }
);

export interface ZoneOffset {
  from: Ms;
  offsetMinutes: number;
}

export interface RouteStatus {
  route: Route;
  asOf: Ms;
  open: boolean;
  staffed?: boolean | undefined;
  capacity?: number | undefined;
  nextOpenAt?: Ms | undefined;
  waitP50Ms?: Ms | undefined;
  waitP80Ms?: Ms | undefined;
  skills?: string[] | undefined;
  languages?: string[] | undefined;
  completes?: string[] | undefined;
}

/** The offsets of an IANA zone around `now`, for `moment.zone`; undefined for a name this host does not know. */
export declare function zoneOffsets(zone: string, now: Ms): ZoneOffset[] | undefined;

/** The moment a decision is about. There is no hidden clock: `now` is always given. */
export interface Moment {
  now: Ms;
  clocks?: Ms[] | undefined;
  zone?: ZoneOffset[] | undefined;
  country?: string | undefined;
  routes?: RouteStatus[] | undefined;
  handledBy?: { route: Route; name?: string } | undefined;
  articles?: { id: string; matter: string; solves: Permille; readMs?: Ms | undefined }[] | undefined;
  offers?: { id: string; needs: string[]; template?: string | undefined }[] | undefined;
  language?: string | undefined;
  matter?: string | undefined;
  wants?: string[] | undefined;
  proposal?:
    | { purpose: Purpose; channel: Channel; route?: Route; offer?: string; template?: string; text?: string; survey?: { kind: SurveyKind; sampled?: boolean; invitedBy?: string } }
    | undefined;
  privacySignal?: boolean | undefined;
  automated?: boolean | undefined;
  /** Features the host computed itself; they win over facts of the history. */
  facts?: Record<string, FactValue> | undefined;
}

export interface Reason {
  code: string;
  words: string;
  evidence: string[];
}
export interface Blocker extends Reason {
  guard: string;
  until?: Ms;
}
export interface Verdict {
  allowed: boolean;
  deferUntil?: Ms;
  blockers: Blocker[];
}
export interface Score {
  points: Permille;
  band: string;
  definition: string;
  contributions: { code: string; points: number; evidence: string[] }[];
}

/** What to do for this person now, why, and with which promise. */
export interface Decision {
  id: string;
  at: Ms;
  policy: { id: string; version: string; digest: string };
  engine: string;
  route: Route;
  also?: Route[];
  target?: { article?: string; team?: string; offer?: string; channel?: Channel; dueBy?: Ms };
  scores: {
    intent: { top: IntentName | 'unknown'; shares: Record<IntentName, Permille>; definition: string;
      /** Evidence points, `<intent>:<what was seen>`. */
      contributions: { code: string; points: number; evidence: string[] }[] };
    friction: Score;
    urgency: Score & { class: 'none' | 'soft' | 'hard' };
    complexity: Score;
    value: Score;
    effort: { points: number; index: Permille; band: 'usual' | 'raised' | 'high' | 'unknown'; coverage: Permille; partial: boolean; range: number[]; journey?: string; definition: string; processVersion?: string;
      /** They add up to the points. */
      contributions: { code: string; points: number; evidence: string[] }[];
      /** The channels the customer took so far. */
      legs: Channel[];
      /** Where it stands among journeys of the same process version. */
      benchmark?: { level: 'channel' | 'category' | 'version' | 'process'; journeys: number; rank: Permille };
      /** What it will have cost, as others that went the same way did. */
      predicted?: { points: number; low: number; high: number; journeys: number };
      /** The process changed while it was under way. */
      straddles?: true };
    stage: { name: 'prospect' | 'onboarding' | 'active' | 'renewal' | 'atRisk' | 'leaving' | 'unknown'; asOf?: Ms; definition: string };
    readiness: { proven: boolean; proofs: { proof: string; holds: boolean | 'unknown'; evidence: string[] }[] };
  };
  verdicts: Record<Purpose, Verdict>;
  promise?: { kind: PromiseKind; text: string; due: Ms; check: string };
  handoff?: { matter?: string; timeline: string[]; tried: string[]; answered: { field: string; value: string; at: Ms; source: string }[]; open: string[]; promise?: string; consent: string[]; effort: string; language?: string; doNotAsk: string[] };
  ask?: { field: string; why: string };
  because: Reason[];
  heldOut?: boolean;
}

/** A behaviour recognised on the page. */
export type SignalKind =
  | 'rageClick' | 'deadClick' | 'slowClick' | 'errorClick' | 'repeatError' | 'thrashedCursor' | 'excessiveScroll'
  | 'zeroResultSearch' | 'searchRefinement' | 'noClickSearch' | 'struggle' | 'quickBack' | 'pogo'
  | 'formStruggle' | 'formAbandon' | 'contactIntent' | 'repeatVisit' | 'timeOnTask' | 'articleRead';

/** Something recognised on the page: one incident, however many clicks it took. */
export interface Signal {
  kind: SignalKind;
  /** When it began, in ms since the visit began. */
  at: number;
  /** When that was certain. */
  decided: number;
  /** How many clicks, turns, searches or refusals it is made of. */
  count: number;
  /** How late the page reacted, for slow clicks. */
  responseMs?: number;
  /** How strong the evidence is. */
  grade: Permille;
  target: number;
  page: number;
  /** The definition it was recognised by, with its version. */
  definition: string;
}

/** What was seen in a trace. */
export interface Seen {
  /** In the order in which they became certain. */
  signals: Signal[];
  searches?: number;
  quarantined?: Quarantined;
  tallies?: Tallies;
}

/** Page events and, over the policy's own, the parameters they are judged by. */
export interface Trace {
  name?: string;
  why?: string;
  /** A merge patch over the policy's `signals`; `null` removes a signal or a limit. */
  signals?: { [key: string]: unknown };
  events: (VisitEvent | object)[];
  /** Only what is due by then is decided; a minute after the last event when absent. */
  until?: number;
  expect?: unknown;
}

/** A policy: what differs from the starter (JSON Merge Patch; `null` removes). */
export type PolicyPatch = { [key: string]: unknown };

/** The answer of a hot call. Frozen and shared: equal answers are the same object. */
export interface Answer {
  readonly bits: number;
  readonly route: Route;
  /** The route can take the person right now; otherwise a date is promised. */
  readonly live: boolean;
  /** What the touch would be for: write it into the `touch` event. */
  readonly purpose: Purpose | undefined;
  /** Purposes for which a touch may be made. */
  readonly allowed: readonly Purpose[];
}

/** Misuse, never a decision: being told to stay silent is a result. */
export declare class TactfulError extends Error {
  /** A stable word for the class of the mistake. */
  readonly code: string;
  /** JSON pointer to the place. */
  readonly path: string;
  /** What is wrong, without code and place. */
  readonly reason: string;
  /** How to mend it. */
  readonly hint: string;
  /** Every mistake, this one first. */
  readonly all: TactfulError[];
}

/** A loaded policy. */
export declare class Tactful {
  private constructor();
  /** SHA-256 of the policy's canonical JSON. */
  readonly digest: string;
  /** What the policy says of itself, with the approvals that were verified. */
  readonly standing: Standing;
  /** Whether it acts: in shadow it decides and records, and every answer is silence. */
  readonly acts: boolean;
  /** The sources of this policy that know an event type. */
  sources(type: HistoryEvent['type']): string[];
  /** Codes of the organisation's own guards, in the order of the bits of `visit.ownBlockers()`. */
  readonly ownGuards: string[];
  /** Where a pushed fact goes in `person.facts`; -1 when the policy knows no such fact. */
  slot(name: string): number;
  /** Why, in plain words, for a reason code; in a language the policy has, else in its own. */
  words(code: string, language?: string): { visitor: string; staff: string } | undefined;
  /** A person, from nothing or from what `save()` gave. */
  person(id: string, saved?: Uint8Array): Person;
  /** Many visits of this policy, asked in one call. */
  batch(visits: Visit[]): Batch;
  /** What the number of `visit.bits()` says. Equal numbers give the same frozen object. */
  static answer(bits: number): Answer;
  free(): void;
  [Symbol.dispose](): void;
}

/** Many visits of one policy, in order: for a worker or a job that looks after thousands. */
export declare class Batch {
  private constructor();
  /** Features the host computes itself: of one visit after the other, by `tactful.slot(name)`. */
  readonly facts: Int32Array;
  /** The number of `visit.bits(now)` for each visit. The next call writes the same list anew. */
  bits(now: Ms): Uint32Array;
  free(): void;
  [Symbol.dispose](): void;
}

/** What is known about one person. */
export declare class Person {
  private constructor();
  readonly id: string;
  /** Features the host computes itself, by `tactful.slot(name)`; the smallest integer is unknown. */
  readonly facts: Int32Array;
  /** Unknown fields of live events: ignored, and counted. */
  readonly unknownFields: number;
  /** Numbers of live events that should have been integers: floored, and counted. */
  readonly flooredNumbers: number;
  /** Learns durable events, in any order; known ones change nothing. */
  learn(events: HistoryEvent | HistoryEvent[]): void;
  /** Takes what another copy of this person saved; never gives a touch back. */
  merge(saved: Uint8Array): void;
  /** What is known, as bytes for the host to keep. */
  save(): Uint8Array;
  /**
   * Begins a visit, or goes on with one that was saved; the one before ends. Without a salt, keys
   * cannot be joined between visits.
   */
  visit(options?: {
    startedAt?: Ms;
    salt?: number;
    /** What `visit.save()` gave before the page was loaded anew; with it the others are known. */
    saved?: Uint8Array;
    /** Keeps the page events, for `visit.record()`. */
    record?: boolean;
  }): Visit;
  free(): void;
  [Symbol.dispose](): void;
}

/** Why page events were not believed, and how many. */
export interface Quarantined {
  absurdTime: number;
  absurdValue: number;
  clockStep: number;
  duplicate: number;
  outOfOrder: number;
  /** Clicks made by scripts: taken in, and not counted for any signal unless the policy says so. */
  untrusted: number;
}

/** What is counted without being a signal. */
export interface Tallies {
  /** Bursts of presses on controls made for repeating. */
  rapidUse: number;
  /** Clicks on controls that are switched off. */
  disabledClick: number;
  /** Clicks that only a page changing by itself could have answered. */
  unknown: number;
  /** Undecided clicks that had to make room for later ones. */
  dropped: number;
  /** Contact forms left for an article. */
  deflected: number;
}

/** One session of a person. */
export declare class Visit {
  private constructor();
  readonly person: Person;
  readonly startedAt: Ms;
  readonly salt: number;
  /** Whether it has ended: another visit has begun, or the person was freed. */
  readonly over: boolean;
  /** Page events that could not be believed, by reason. */
  readonly quarantined: Quarantined;
  /** What is counted without being a signal. */
  readonly tallies: Tallies;
  /** The visit as bytes (at most 4 KiB), to go on with it after a page load. */
  save(): Uint8Array;
  /** Takes a page event. Those of the DOM observer do not come this way. */
  track(event: VisitEvent): void;
  /** Tells the moment, when anything of it but the time has changed. */
  moment(moment: Moment): void;
  /** The hot call: the number of a route and its flags. */
  bits(now: Ms): number;
  /** The answer without reasons, for `now` or for the moment as last told. */
  answer(now?: Ms): Answer;
  /** Which of the organisation's own guards objected in the last answer, a bit each. */
  ownBlockers(): number;
  /** The full decision, with everything it stands on. Of a policy in shadow it is silence. */
  decide(moment?: Moment): Decision;
  /**
   * The decision with everything it was made from, as a line of a log for `replay` and `diff`. A policy in shadow
   * records what it would have decided.
   */
  record(moment?: Moment, options?: { groups?: { [name: string]: string } }): string;
  /** The offer that stands, shown in this visit and neither taken up nor closed. */
  readonly offered: { route: Route; purpose: Purpose; touch: string } | undefined;
  /** The last few signals, oldest first. */
  signals(now?: Ms): Signal[];
  /** When the next verdict falls, in ms since the visit began; Infinity when none is open. */
  nextDue(): number;
  /** Ends the visit; what is known about the person stays. */
  end(): void;
}

/** Compiled bytes, a URL or Response of them, or policy JSON (then the studio edition is fetched). */
export type PolicySource = Uint8Array | ArrayBuffer | Response | URL | string | PolicyPatch;

/** An approval: a person's signature under exactly this policy as it was compiled. */
export interface Approval {
  by: string;
  role: string;
  at: Ms;
  /** Id of the policy that was approved. */
  policy: string;
  /** SHA-256 of the policy that was approved. */
  digest: string;
  /** SHA-256 of its compiled content. */
  compiled: string;
  /** SHA-256 of its guardrails: the guards and all they read, everything but words, questions and how help is routed. */
  guardrails: string;
  /** Ed25519, in base64. */
  signature: string;
}

/** Whose approval counts on this host: a public key (PEM or CryptoKey, Ed25519) and the roles they hold. */
export type Approvers = {
  [by: string]: {
    key: string | CryptoKey;
    roles: string[];
    /** What they signed before counts no more. */
    notBefore?: Ms;
  };
};

export interface LoadOptions {
  /** Whose approval counts. A live policy is not loaded without. */
  approvers?: Approvers;
  /** The role that has to approve the guardrails; `compliance` by default. */
  guardRole?: string;
  /** In development: runs what nobody approved. */
  unsigned?: boolean;
  /**
   * Where the engine is, for the first `load` of this edition: a URL or Response of it, its bytes or the compiled
   * module (on Workers the module only). By default the file beside the entry, or what the host imports.
   */
  wasm?: string | URL | Response | BufferSource | WebAssembly.Module;
  /** Digests of policies that were taken back and must not act again, whoever approved them. */
  revoked?: string[];
  /** The id of the policy that is expected here. */
  id?: string;
  /** The present, `Date.now()` by default: which version is in force. */
  now?: Ms;
}

/** What a policy says of itself. */
export interface Standing {
  readonly id: string;
  readonly version: string;
  readonly digest: string;
  readonly guardrails: string;
  readonly effectiveFrom?: Ms;
  readonly reviewDue?: Ms;
  readonly status: 'draft' | 'shadow' | 'live';
  /** The approvals that were verified; none where nothing had to be. */
  readonly approvals: Approval[];
  /** When the next of the given versions takes effect: load again then. */
  readonly until?: Ms;
}
