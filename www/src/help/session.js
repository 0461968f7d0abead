import { momentAt, setHost } from './host.js';

const PERSON = 'visitor-1';
const SOURCE = 'help-center';

/** The engine as this page uses it. `state` is loading, ready, failed or off; a failure is said only in the drawer. */
export const session = {
  state: 'loading',
  failure: undefined,
  startedAt: Date.now(),
  readyAt: undefined,
  history: [],
  visit: undefined,
  /** The loaded policy. */
  tactful: undefined,
  /** Which pages were looked at when, for a story. */
  topics: [],
  /** The visitor does not want to be offered help. */
  leftAlone: false,
  /** What was taken up and leads to a form. */
  taken: undefined,
};

let person;
let observer;
const waiting = [];
const WAITING_MAX = 16;

const topic = () => document.querySelector('main').dataset.tactfulTopic;

export const momentNow = () => momentAt(Date.now(), topic());

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
  session.topics.push({ at: Date.now(), topic: topic() });
  if (session.state === 'ready') quietly(() => observer.page({ nav }));
};

const learn = (events) => {
  session.history.push(...events);
  quietly(() => person?.learn(events));
};

let sequence = 0;
const event = (fields) => {
  sequence += 1;
  return { id: `${session.startedAt}-${sequence}`, at: Date.now(), source: SOURCE, ...fields };
};

/** Something was really shown, accepted or dismissed: only now it enters the history and counts. */
export const learnTouch = (touch, step) =>
  learn([event({ type: 'touch', step, channel: 'web', ...touch })]);

/** "Don't offer help here again" is a request to be left alone: the history keeps it, beyond this visit. */
export const leaveAlone = (on) => {
  session.leftAlone = on;
  learn([event({ type: 'suppression', scope: 'person', reason: 'asked', state: on ? 'on' : 'off', owner: SOURCE })]);
  if (on) tell('wish', 'noHelp');
};

/** The decision of now; `more` is what else the moment tells. */
export const decideNow = (more) =>
  session.state === 'ready' ? quietly(() => session.visit.decide({ ...momentNow(), ...more })) : undefined;

/** What a form asks when somebody is handed over; the engine says which of it is worth asking. */
const WANTS = { callback: ['phone', 'topic'], human: ['email', 'topic'], specialist: ['email', 'topic'], messageForm: ['email', 'topic'] };

/** Keeps what is known when an offer is taken up, for the form it leads to. */
export const takeOver = (route) => {
  const decision = decideNow({ wants: WANTS[route] ?? [] });
  const same = decision?.route === route ? decision : undefined;
  session.taken = { route, handoff: same?.handoff, ask: same?.ask, promise: same?.promise?.text, dueBy: same?.target?.dueBy };
};

/** A question that was put and answered is not put again. */
export const learnAnswer = (field, value) =>
  learn([event({ type: 'ask', field, step: 'asked' }), event({ type: 'ask', field, step: 'answered', value })]);

/** Somebody got in touch, or came to the end of it: `step` and `more` as in the events of a contact. */
export const learnContact = (contact, channel, step, more = {}) => {
  const matter = topic();
  learn([event({ type: 'contact', contact: `${contact}-${session.startedAt}`, step, channel, ...(matter && { matter }), ...more })]);
};

export const signalsNow = () =>
  session.state === 'ready' ? (quietly(() => session.visit.signals(), []) ?? []) : [];

/** What happened in this visit so far, as the observer recorded it. */
export const eventsNow = () =>
  session.state === 'ready' ? (quietly(() => observer.events(), []) ?? []) : [];

/** Starts the engine for somebody of whom `history` is known, at a `host`. The pages need not wait for it. */
export const startSession = async ({ history = [], host = {}, off = false } = {}) => {
  setHost(host);
  session.history.push(...history);
  try {
    if (off) {
      session.state = 'off';
    } else {
      // Loaded late and apart: if the module or the wasm cannot be had, the pages are already there.
      const { load, observe } = await import('tactful/page');
      session.tactful = await load(new URL('policy.tactful', document.baseURI).href);
      person = session.tactful.person(PERSON);
      person.learn(session.history);
      session.startedAt = Date.now();
      session.visit = person.visit({ startedAt: session.startedAt, salt: 0 });
      observer = observe(session.visit, { root: document, moment: momentNow, record: true });
      session.state = 'ready';
      session.readyAt = performance.now();
      const seen = quietly(() => observer.events(), []) ?? [];
      if (!seen.some(({ type }) => type === 'pageView')) tellPage('load');
      for (const [what, details] of waiting.splice(0)) tell(what, ...details);
    }
  } catch (error) {
    session.state = 'failed';
    session.failure = error;
  }
  if (session.state !== 'ready') waiting.length = 0;
  document.documentElement.dataset.engine = session.state;
  document.dispatchEvent(new Event('demo:session'));
};
