// A story through the package's own classes, as a page or an edge worker would live it.
import { withZone } from '../../pkg/studio-api.js';

/** RFC 3339 texts as milliseconds: stories may say times so, live data may not. */
function plain(value) {
  if (Array.isArray(value)) return value.map(plain);
  if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, plain(v)]));
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(value) ? Date.parse(value) : value;
}

/** The decision's JSON, of a loaded policy and a story. */
export function replay(tactful, given) {
  const story = plain(withZone(given));
  const person = tactful.person(story.person);
  person.learn(story.history);
  const visit = person.visit({ startedAt: story.visit?.startedAt ?? story.moment.now, salt: 0 });
  for (const event of story.visit?.events ?? []) visit.track(event);
  const decision = visit.decide(story.moment);
  const answer = visit.answer();
  if (answer.route !== decision.route) throw new Error(`${story.name}: ${answer.route} is not ${decision.route}`);
  person.free();
  return JSON.stringify(decision);
}
