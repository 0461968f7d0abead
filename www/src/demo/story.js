import { eventsNow, momentNow, session } from '../help/session.js';
import { situationNow, situations } from './situations/index.js';

const RELEASE_MS = 10_000;

/** What the help center's policy says otherwise than the starter: a story is decided by it elsewhere too. */
export const policyPatch = async (language) => {
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
    person: session.person,
    history: [...session.history],
    visit: { startedAt: session.startedAt, events },
    moment,
    // What the page told about the moment before its end: without it, nobody could say what was decided on the way.
    xMoments: [...session.moments],
  };
};

/** Hands the visit over as a file: the same decision can be taken from it on any machine. */
export const downloadStory = async () => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([`${JSON.stringify(await storyNow(), null, 2)}\n`], { type: 'application/json' }));
  link.download = `visit-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}.json`;
  link.click();
  // Some browsers read the address only after the click has returned.
  setTimeout(() => URL.revokeObjectURL(link.href), RELEASE_MS);
};

/** The moment of a story at an earlier instant, as the page told it then, its news as fresh as they were. */
export const momentOf = ({ moment, xMoments = [] }, now) => {
  const told = now >= moment.now ? moment : (xMoments.findLast((each) => each.now <= now) ?? xMoments[0] ?? moment);
  const routes = (told.routes ?? []).map((status) => ({ ...status, asOf: status.asOf + (now - told.now) }));
  return { ...told, now, routes };
};
