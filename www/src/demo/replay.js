import { session } from '../help/session.js';
import { momentOf } from './story.js';

/** Times in a story may be texts. */
const instant = (at) => (typeof at === 'string' ? Date.parse(at) : at);

/** A story with its times as numbers, or an error that says what is missing. */
export const readStory = (text) => {
  const story = JSON.parse(text);
  if (typeof story?.moment?.now === 'undefined') throw new TypeError('a story has a moment with a “now”');
  if (typeof story.moment.zone === 'string') throw new TypeError('name the zone of this story by its offsets to replay it here');
  const { startedAt, events } = story.visit ?? { startedAt: story.moment.now, events: [] };
  const routes = story.moment.routes?.map((status) => ({ ...status, asOf: instant(status.asOf) }));
  return { ...story, history: (story.history ?? []).map((event) => ({ ...event, at: instant(event.at) })), visit: { startedAt: instant(startedAt), events }, moment: { ...story.moment, now: instant(story.moment.now), ...(routes && { routes }) } };
};

/**
 * Decides a story again, event by event, in the engine of this page: the instants at which something
 * happened, each with the events up to it, and what was decided then.
 */
export const replay = (story) => {
  const { visit: { startedAt, events }, history, moment } = story;
  const person = session.tactful.person(story.person ?? 'replayed');
  const later = history.filter(({ at }) => at > startedAt).sort((a, b) => a.at - b.at);
  person.learn(history.filter(({ at }) => at <= startedAt));
  const visit = person.visit({ startedAt, salt: 0 });
  const steps = [];
  const decide = (what, now) => {
    while (later.length > 0 && later[0].at <= now) person.learn(later.shift());
    steps.push({ at: now - startedAt, what, decision: visit.decide(momentOf(story, now)), signals: visit.signals() });
  };
  /** Verdicts that fall while nothing happens: a click that stayed without an answer. */
  const wait = (until) => {
    for (let due = visit.nextDue(), before = -1; due > before && due < until; before = due, due = visit.nextDue()) decide('verdict', Math.ceil(startedAt + due));
  };
  for (const event of events) {
    wait(event.t);
    visit.track(event);
    decide(event.type, Math.ceil(startedAt + event.t));
  }
  wait(moment.now - startedAt);
  decide('end', moment.now);
  person.free();
  return steps;
};
