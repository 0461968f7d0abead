import { momentAt } from '../help/host.js';
import { eventsNow, momentNow, session } from '../help/session.js';
import { situationNow, situations } from './situations/index.js';

const RELEASE_MS = 10_000;

/** What the help center's policy says otherwise than the starter: a story is decided by it elsewhere too. */
const policyPatch = async (language) => {
  const [{ default: own }, { default: spanish }] = await Promise.all([import('../../policy.json'), import('../../../examples/words/es.json')]);
  return language === 'es' ? { ...spanish, ...own } : own;
};

/** The visit as a story: what was known, what happened, and the moment; enough to decide it again. */
export const storyNow = async () => {
  const { name, who } = situations[situationNow()];
  const events = eventsNow();
  const moment = momentNow();
  // The event clock and the wall clock may part by a fraction; a story must not end before its last event.
  moment.now = Math.max(moment.now, Math.ceil(session.startedAt + (events.at(-1)?.t ?? 0)));
  return {
    name: `Help center: ${name.toLowerCase()}`,
    why: who,
    policy: await policyPatch(moment.language),
    person: 'visitor-1',
    history: [...session.history],
    visit: { startedAt: session.startedAt, events },
    moment,
    // Which matter each page was about; the events themselves carry only its key.
    xTopics: session.topics.map(({ at, topic }) => ({ at: Math.max(at, session.startedAt), topic })),
  };
};

const save = (text, name) => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  link.download = name;
  link.click();
  // Some browsers read the address only after the click has returned.
  setTimeout(() => URL.revokeObjectURL(link.href), RELEASE_MS);
};

/** Hands the visit over as a file: the same decision can be taken from it on any machine. */
export const downloadStory = async () => {
  const story = await storyNow();
  window.__story = story;
  save(`${JSON.stringify(story, null, 2)}\n`, `visit-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}.json`);
};

/** The moment of a story at an earlier instant: its desk as fresh, its page as it was then. */
export const momentOf = (story, now) => {
  const { moment, xTopics } = story;
  const age = ({ asOf }) => moment.now - asOf;
  const routes = (moment.routes ?? []).map((status) => ({ ...status, asOf: now - age(status) }));
  const last = xTopics?.findLast(({ at }) => at <= now);
  if (!last) return { ...moment, now, routes };
  const { articles, offers, matter } = momentAt(now, last.topic);
  return { ...moment, now, routes, articles, offers, matter };
};
