import type { Approval, Approvers, Decision, Moment, PolicyPatch, Purpose, Reason, Route, Seen, Standing, Trace, VisitEvent } from './types.js';
export { TactfulError } from './types.js';

export interface Mistake {
  code: string;
  /** JSON pointer to the place. */
  path: string;
  message: string;
  hint: string;
}

/** The file format of tests, demos, bug reports and what-ifs. Times may be RFC 3339 texts. */
export interface Story {
  name: string;
  why?: string;
  policy?: PolicyPatch;
  person: string;
  account?: string;
  history?: object[];
  visit?: { startedAt: number | string; events: (VisitEvent | object)[] };
  moment: (Omit<Moment, 'now' | 'zone'> & { now: number | string; zone?: Moment['zone'] | string }) | object;
  expect?: { route?: Route | Route[] | string | string[]; pitch?: boolean; survey?: boolean; cites?: string[]; neverCites?: string[]; deferUntil?: number | string; ask?: string | null; handoffHas?: string[]; extra?: object };
}

/** Compiles a policy, a merge patch over the starter, into the bytes the runtime loads. */
export declare function compile(patch?: PolicyPatch): Promise<Uint8Array>;
/** Every mistake and every warning of a policy. */
export declare function check(patch?: PolicyPatch, options?: { now?: number }): Promise<{ errors: Mistake[]; warnings: Mistake[]; waived: { id: string; warning: Mistake; by: string; why: string; until: number }[] }>;
/** What is wrong between policies that share an id: versions of one another. */
export declare function overlaps(policies: { name: string; patch: PolicyPatch }[]): Promise<Mistake[]>;
/** Signs exactly this policy: its approvals with one more. Those that are of something else by now are dropped. */
export declare function approve(patch: PolicyPatch, who: { by: string; role: string; privateKey: string | CryptoKey; at?: number }): Promise<{ approvals: Approval[]; exactly: Approval[]; dropped: Approval[]; standing: Standing }>;
/** What is verified before a policy acts, of compiled bytes: its standing, with the approvals that hold. */
export declare function verify(bytes: Uint8Array, options: { approvers: Approvers; guardRole?: string; revoked?: string[] }): Promise<Standing>;
/** A new pair of Ed25519 keys for approving, as PEM. */
export declare function keys(): Promise<{ publicKey: string; privateKey: string }>;
/** A policy as a page people can read and own: HTML that prints and needs no network. */
export declare function describe(patch?: PolicyPatch): Promise<string>;
/** The starter policy as an object. */
export declare function starter(): Promise<PolicyPatch>;
/** What a mapping file says of an export; see `examples/assemble/`. */
export interface Mapping {
  mapping: 1;
  id: string;
  source: string;
  format?: 'csv' | 'ndjson';
  rows?: 'events' | 'cases';
  columns: { [field: string]: string | { column: string; missing?: string[] } };
  /** How this source records a transfer: declared, never guessed. */
  transfers: { rule: 'events' | 'activity' | 'change' | 'column' | 'none'; [parameter: string]: unknown };
  [section: string]: unknown;
}

/** Cases and journeys out of an export. Times are epoch ms, durations ms; what is undefined is null. */
export interface Assembled {
  mapping: { id: string; digest: string };
  rows: number;
  skipped: { reason: string; rows: number }[];
  assumed: string[];
  warnings: string[];
  cases: number;
  events: number;
  transfers: { total: number | null; cases: number | null; histogram: { [count: string]: number }; check?: { agreeShare: number; pearson: number | null } };
  journeys: { name: string; key: string[]; end: string; windows: { days: number; journeys: number; recontactCases: number; recontactRate: number | null; withRepeat: number; maxCases: number; meanCases: number | null; chained: number }[] }[];
  handovers: { total: number; cases: number; top: { from: string; to: string; count: number }[] };
  /** The edge on which most time is lost: count times the median beyond its target. */
  bottleneck: { from: string; to: string; count: number; medianMs: number; targetMs: number | null; lostMs: number } | null;
  /** Against the documented map of the mapping, if it has one. */
  conformance: { cases: number; conforming: number; share: number | null; deviations: { from: string; to: string; count: number; cases: number }[]; starts: { [activity: string]: number }; ends: { [activity: string]: number } } | null;
  effort: {
    definition: string;
    journeys: number;
    resolved: number;
    chained: number;
    unattributed: number;
    straddling: number;
    coverage: number | null;
    /** Indicators the file cannot show. */
    unheard: string[];
    bands: { [band: string]: number };
    /** null where the file cannot show contacts. */
    firstContact: null | { evidence: Evidence; windowMs: number; over: number; met: number | null; rate: number | null; low: number | null; high: number | null; ignoringTransfers: { met: number; rate: number | null } };
    contributions: { indicator: string; points: number; journeys: number }[];
    versions: { evidence: Evidence; process: string; version: string | null; journeys: number; straddling: number; resolved: number; medianMs: number | null; high: number; [measure: string]: unknown }[];
    /** Where one version of a process took over: nothing after is compared with before. */
    breaks: { process: string; at: number; before: string | null; after: string; journeysBefore: number; journeysAfter: number; straddling: number }[];
    hardest: EffortRow[];
    /** A merge patch: what journeys of each process version cost, for the policy to compare with. */
    benchmarks: PolicyPatch;
    /** Whether benchmarks may be taken at the end of the file, why not, and which announced versions are to be looked at. */
    recalibration: { allowed: boolean; because: { path: string; why: string }[]; toReview: { process: string; version: string; effectiveFrom: number; path: string }[] };
    rows?: EffortRow[];
    [measure: string]: unknown;
  };
  [measure: string]: unknown;
}

/** What a number of cases can carry: too few is not the same as fine. */
export type Evidence = 'tooFew' | 'indicative' | 'reportable';

/** A journey and what it cost. */
export interface EffortRow {
  person: string | null;
  about: string | null;
  process: string | null;
  version: string | null;
  start: number;
  resolved: number | null;
  contacts: number;
  legs: string[];
  points: number;
  index: number;
  band: string;
  rank: number | null;
  comparedWith: { level: string; journeys: number } | null;
  contributions: { [indicator: string]: number };
  straddles: boolean;
  /** Whether what happened at the end of the file would still have belonged to it. */
  open: boolean;
  chained: boolean;
}

/** Assembles an export, or contract events where the mapping is null: bytes, text, or pieces of either. */
export declare function assemble(
  mapping: Mapping | null,
  file: string | Uint8Array | AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
  options?: { format?: 'csv' | 'ndjson'; cases?: boolean; policy?: PolicyPatch; now?: number; progress?: (rows: number) => void },
): Promise<Assembled>;
/** The signals of a trace by the starter's parameters, or by those of a policy. */
export declare function signals(trace: Trace, patch?: PolicyPatch): Promise<Seen>;
/** Decides a story as a what-if; the differences are those from what it expects. */
export declare function story(story: Story, patch?: PolicyPatch): Promise<{ decision: Decision; differences: string[] }>;
/** One change that would have changed the answer. Each was tried: applied, and decided again. */
export interface WouldChange {
  /** In words. */
  change: string;
  /** The route it would lead to, or `allowed`. */
  to: Route | 'allowed';
  /** Which answer: the route, or the verdict of a purpose. */
  of: 'route' | Purpose;
  /** The change as data, for `changed`. */
  edit: Edit;
}
/** A single change to what a decision is made from; what is not there stays as it is. */
export interface Edit {
  now?: number;
  route?: object;
  article?: object;
  handledBy?: object;
  facts?: { [name: string]: boolean | number | string };
  learn?: object;
  forget?: string[];
  say?: object;
  lacks?: string;
}
/** A decision and what stands behind it. */
export interface Explanation {
  decision: Decision;
  /** The smallest single changes that lead elsewhere. */
  wouldChange: WouldChange[];
  /** Why the other routes were not taken. */
  lost: { route: Route; costMs?: number; why: Reason[] }[];
}
/** Explains the decision of a story. */
export declare function explain(story: Story, patch?: PolicyPatch): Promise<Explanation>;
/** One thing an organisation can be better or worse at: the highest level of which everything up to it was seen. */
export interface Maturity {
  id: string;
  name: string;
  owner: string;
  /** What it shows in. */
  shows: string;
  level: number;
  of: number;
  criteria: { level: number; says: string; holds: boolean | 'unknown'; evidence: string }[];
  /** What is missing for the next level, and what to do about it. */
  missing: { says: string; do: string }[];
}
export interface Audited {
  policy: { id: string; version: string; digest: string; status: string };
  records: number;
  /** Records that other policies decided, by their digests. */
  otherPolicies: { [digest: string]: number };
  people: number;
  ledger: {
    /** Overrides over the starter that protect less, waivers, guards left out. */
    policy: { kind: 'loosened' | 'leftOut' | 'changed' | 'waiver' | 'expiredWaiver' | 'ruleOnly'; path: string; [detail: string]: unknown }[];
    /** What was done past a decision, or made possible by hand. */
    log: { kind: 'bypass' | 'protectionLifted' | 'noticePastClosed' | 'onRequest' | 'askedAgain'; says: string; count: number; people: number; examples: object[] }[];
  };
  alarms: { code: 'oneAnswerForAll' | 'outcomesSilent' | 'otherPolicies'; says: string }[];
  maturity: { capabilities: Maturity[]; infrastructure: Maturity[] };
  bad: { count: number; named: { record: number; error: string }[] };
}
/** The ledger of exceptions of a policy and a log, alarms, and how far an organisation has come. */
export declare function audit(policy: PolicyPatch, log?: Log, options?: { now?: number; approvers?: Approvers; guardRole?: string; revoked?: string[]; progress?: (records: number) => void }): Promise<Audited>;
/** A story with one change of an explanation, to decide it again. */
export declare function changed(story: Story, edit: Edit): Promise<Story>;
/** A record, as a line of a log: a story without name and policy, with the decision that was taken. */
export interface DecisionRecord {
  record: 1;
  /** Groups the host puts the person into; no stage reads them. */
  groups?: { [name: string]: string };
  /** The salt of the visit's keys; 0 when absent. */
  salt?: number;
  person: string;
  account?: string;
  history: object[];
  visit?: Story['visit'];
  moment: Story['moment'];
  decision: Decision;
}
type Log = string | Uint8Array | AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;
/** Lines that are no records, the first of them named. */
export interface BadLines {
  count: number;
  named: { record: number; error: string }[];
}
/** How many decisions and people something concerns, with some of them by name. */
export interface Concerned {
  records: number;
  people: number;
  totalMs?: number;
  examples: { record: number; person: string }[];
}
export interface Replayed {
  records: number;
  same: number;
  different: { count: number; named: { record: number; id: string; path: string; recorded: unknown; now: unknown }[] };
  unknownPolicies: { policy: string; digest: string; records: number }[];
  bad: BadLines;
}
type Counts = { [name: string]: { [word: string]: { records: number; changed: number } } };
export interface Difference {
  old: Decision['policy'];
  new: Decision['policy'];
  records: number;
  people: number;
  changed: Concerned;
  routes: (Concerned & { from: Route; to: Route })[];
  verdicts: (Concerned & { purpose: Purpose; became: 'allowed' | 'blocked' })[];
  /** Reasons given more or less often. */
  reasons: { code: string; old: number; new: number }[];
  bands: Counts;
  groups: Counts;
  harm: { [effect in 'helpWithdrawn' | 'lessHelp' | 'laterHelp' | 'contactedMore' | 'soldInTrouble']: Concerned };
  relief: { [effect in 'helpGiven' | 'moreHelp' | 'soonerHelp' | 'contactedLess']: Concerned };
  bad: BadLines;
}
/** Decides a story and gives the line of a log: the decision with everything it was made from. */
export declare function record(story: Story, options?: { policy?: PolicyPatch; groups?: { [name: string]: string } }): Promise<string>;
/** Makes every decision of a log again, byte for byte, each by the policy that made it: the starter or one of `policies`. */
export declare function replay(log: Log, options?: { policies?: PolicyPatch[]; progress?: (records: number) => void }): Promise<Replayed>;
/** Decides every record of a log by two policies: whose decisions change, and what it means for them. */
export declare function diff(old: PolicyPatch, other: PolicyPatch, log: Log, options?: { progress?: (records: number) => void }): Promise<Difference>;
/** A story whose zone is a name, with the table of its offsets instead. */
export declare function withZone<T extends object>(story: T): T;
