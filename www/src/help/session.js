import { momentAt, setHost, zoneNow } from './host.js';

const SOURCE = 'help-center';
/** For this tab: a real help center would keep it with the account. */
const QUIET = 'dayloom.quiet';

/** The engine as this page uses it. `state` is loading, ready, failed or off; a failure is said only in the drawer. */
export const session = {
  state: 'loading',
  failure: undefined,
  person: 'visitor',
  startedAt: Date.now(),
  readyAt: undefined,
  history: [],
  visit: undefined,
  /** The loaded policy. */
  tactful: undefined,
  /** What the page told about the moment and since when, for a story. */
  moments: [],
  /** The visitor does not want to be offered help. */
  leftAlone: false,
  /** What was taken up and leads to a form. */
  taken: undefined,
};

let person;
let observer;
const waiting = [];
const WAITING_MAX = 16;

const main = document.querySelector('main');
const pageNow = () => ({ topic: main.dataset.tactfulTopic, role: main.dataset.tactfulRole });

/** Everything but the clock. */
const lasting = ({ now: _now, ...moment }) => JSON.stringify(moment, (key, value) => (key === 'asOf' ? undefined : value));

let kept;
export const momentNow = () => {
  const moment = momentAt(Date.now(), pageNow());
  const same = lasting(moment);
  if (same !== kept) session.moments.push(moment);
  kept = same;
  return moment;
};

/** Runs a call into the engine; whatever happens there must not reach the help center. */
const quietly = (call, otherwise) => {
  try {
    return call();
  } catch (error) {
    session.failure ??= error;
    return otherwise;
  }
};

/**
 * Tells the observer something only the page knows. Before the engine is ready a few calls wait,
 * so that a visitor faster than the download is not forgotten; without an engine they are dropped.
 */
export const tell = (what, ...details) => {
  if (session.state === 'ready') quietly(() => observer[what](...details));
  else if (session.state === 'loading' && waiting.length < WAITING_MAX) waiting.push([what, details]);
};

/** The page has changed. The first page is read when observation starts. */
export const tellPage = (nav) => {
  // Who leaves the form without sending it has not taken anything up.
  if (pageNow().role !== 'contact') session.taken = undefined;
  momentNow();
  if (session.state === 'ready') quietly(() => observer.page({ nav }));
};

const learn = (events) => {
  session.history.push(...events);
  quietly(() => person?.learn(events));
};

let sequence = 0;
/** A name that nothing else of this visit has. */
const fresh = (what) => {
  sequence += 1;
  return `${what}-${session.startedAt}-${sequence}`;
};
const event = (fields) => ({ id: fresh('event'), at: Date.now(), source: SOURCE, ...fields });

/** Something was really shown, accepted or dismissed: only now it enters the history and counts. */
export const learnTouch = (touch, step) =>
  learn([event({ type: 'touch', step, channel: 'web', ...touch })]);

/** Kept for the tab, where the browser allows it. */
const remember = (quiet) => {
  try {
    if (quiet) sessionStorage.setItem(QUIET, session.person);
    else sessionStorage.removeItem(QUIET);
  } catch {
    // Then it holds for this page.
  }
};
/** Whoever comes next has not asked for anything. */
export const forgetWish = () => remember(false);

const remembered = () => {
  try {
    return sessionStorage.getItem(QUIET) === session.person;
  } catch {
    return false;
  }
};

/**
 * "Don't offer help here again" is a request to be left alone: nothing is offered in this visit, and
 * nobody is contacted. Taken back, it ends with the visit.
 */
export const leaveAlone = (on) => {
  session.leftAlone = on;
  remember(on);
  learn([event({ type: 'suppression', scope: 'person', reason: 'asked', state: on ? 'on' : 'off', owner: SOURCE })]);
  if (on) tell('wish', 'noHelp');
};

/** The decision of now; `more` is what else the moment tells. */
export const decideNow = (more) =>
  session.state === 'ready' ? quietly(() => session.visit.decide({ ...momentNow(), ...more })) : undefined;

/** What a form asks when somebody is handed over; the engine says which of it is worth asking. */
const WANTS = { callback: ['phone', 'topic'], human: ['email', 'topic'], specialist: ['email', 'topic'], messageForm: ['email', 'topic'] };

/** Keeps what is known when an offer is taken up, for the form it leads to; only the form makes it a yes. */
export const takeOver = (touch) => {
  const decision = decideNow({ wants: WANTS[touch.route] ?? [] });
  const same = decision?.route === touch.route ? decision : undefined;
  session.taken = { touch, route: touch.route, handoff: same?.handoff, ask: same?.ask, promise: same?.promise?.text, dueBy: same?.target?.dueBy };
};

/** A question that was put and answered is not put again. */
export const learnAnswer = (field, value) =>
  learn([event({ type: 'ask', field, step: 'asked' }), event({ type: 'ask', field, step: 'answered', value })]);

/** Somebody got in touch: gives the name of the contact, for what becomes of it. */
export const beginContact = (channel) => {
  const contact = fresh('contact');
  learnContact(contact, channel, 'started');
  return contact;
};

/** `step` and `more` as in the events of a contact. */
export const learnContact = (contact, channel, step, more = {}) => {
  const { topic: matter } = pageNow();
  learn([event({ type: 'contact', contact, step, channel, ...(matter && { matter }), ...more })]);
};

export const signalsNow = () =>
  session.state === 'ready' ? (quietly(() => session.visit.signals(), []) ?? []) : [];

/** What happened in this visit so far, as the observer recorded it. */
export const eventsNow = () =>
  session.state === 'ready' ? (quietly(() => observer.events(), []) ?? []) : [];

const begin = async () => {
  // Loaded late and apart: if the module or the wasm cannot be had, the pages are already there.
  const { load, observe, zoneOffsets } = await import('tactful/page');
  // A demo: its policy is a draft that nobody signed.
  session.tactful = await load(new URL('policy.tactful', document.baseURI).href, { unsigned: true });
  setHost({ offsets: zoneOffsets(zoneNow(), Date.now()) });
  person = session.tactful.person(session.person);
  person.learn(session.history);
  session.startedAt = Date.now();
  session.moments.length = 0;
  kept = undefined;
  session.visit = person.visit({ startedAt: session.startedAt, salt: 0 });
  observer = observe(session.visit, { root: document, moment: momentNow, record: true });
  session.state = 'ready';
  session.readyAt = performance.now();
  const seen = quietly(() => observer.events(), []) ?? [];
  if (!seen.some(({ type }) => type === 'pageView')) tellPage('load');
  for (const [what, details] of waiting.splice(0)) tell(what, ...details);
  if (remembered()) leaveAlone(true);
};

/** Starts the engine for a person of whom `history` is known, at a `host`. The pages need not wait for it. */
export const startSession = async ({ person: id = session.person, history = [], host = {}, off = false } = {}) => {
  session.person = id;
  session.history.push(...history);
  setHost(host);
  document.addEventListener('tactful:error', ({ detail }) => {
    session.failure ??= detail;
  });
  try {
    if (off) session.state = 'off';
    else await begin();
  } catch (error) {
    session.state = 'failed';
    session.failure = error;
  }
  if (session.state !== 'ready') waiting.length = 0;
  document.documentElement.dataset.engine = session.state;
  document.dispatchEvent(new Event('help:session'));
};
