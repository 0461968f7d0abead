import { session } from '../help/session.js';
import { momentOf } from './story.js';

const TIME = /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/;

/** RFC 3339 texts as milliseconds: stories may say times so, live data may not. */
const plain = (value) => {
  if (Array.isArray(value)) return value.map(plain);
  if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each)]));
  return typeof value === 'string' && TIME.test(value) ? Date.parse(value) : value;
};

/** A story out of a file, checked by the studio, which says what is wrong with it and where. */
export const readStory = async (text) => {
  const given = JSON.parse(text);
  const { story: decide, withZone } = await import('tactful/studio');
  await decide(given);
  const { history = [], visit, moment, ...rest } = plain(withZone(given));
  return { ...rest, history, visit: { startedAt: visit?.startedAt ?? moment.now, events: visit?.events ?? [] }, moment };
};

/** The engine by the policy of a story: this page's own where it is the same. */
const engineOf = async ({ policy = {} }, own) => {
  if (JSON.stringify(policy) === JSON.stringify(own)) return session.tactful;
  const { load } = await import('tactful/page');
  return load(policy, { unsigned: true });
};

/**
 * Decides a story again, event by event, in the engine of this page and by its own policy: the instants
 * at which something happened, each with the events up to it, and what was decided then.
 */
export const replay = async (story, own) => {
  const { visit: { startedAt, events }, history, moment } = story;
  const tactful = await engineOf(story, own);
  const person = tactful.person(story.person);
  try {
    const later = history.filter(({ at }) => at > startedAt).sort((a, b) => a.at - b.at);
    person.learn(history.filter(({ at }) => at <= startedAt));
    const visit = person.visit({ startedAt, salt: 0 });
    const steps = [];
    const decide = (what, now) => {
      while (later.length > 0 && later[0].at <= now) person.learn(later.shift());
      steps.push({ at: now - startedAt, what, decision: visit.decide(momentOf(story, now)), signals: visit.signals(now) });
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
    if (later.length > 0) person.learn(later);
    decide('end', moment.now);
    return steps;
  } finally {
    person.free();
    if (tactful !== session.tactful) tactful.free();
  }
};
