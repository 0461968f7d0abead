import { articlesOn } from './content/index.js';

const DAY = 86_400_000;
const MINUTE = 60_000;

// What a real host would read from its desk and telephony systems.
const desk = { open: true, handledBy: undefined };

export const deskIsOpen = () => desk.open;
export const setDeskOpen = (open) => {
  desk.open = open;
};

/** Once a person has taken the matter, the engine must know, so that nothing else offers itself. */
export const setHandledBy = (handledBy) => {
  desk.handledBy = handledBy;
};

const nextMorning = (now) => {
  const morning = new Date(now);
  morning.setHours(9, 0, 0, 0);
  do morning.setDate(morning.getDate() + 1);
  while (morning.getDay() === 0 || morning.getDay() === 6);
  return morning.getTime();
};

const person = (route, now, waits) =>
  desk.open
    ? { route, asOf: now, open: true, staffed: true, capacity: 2, languages: ['en'], ...waits }
    : { route, asOf: now, open: false, staffed: false, capacity: 0, languages: ['en'], nextOpenAt: nextMorning(now) };

/** The moment of a decision on the page that is open: the clock, the desk, the articles at hand. */
export const momentAt = (now, topic) => ({
  now,
  zone: [{ from: now - 400 * DAY, offsetMinutes: -new Date(now).getTimezoneOffset() }],
  routes: [
    person('human', now, { waitP50Ms: 2 * MINUTE, waitP80Ms: 4 * MINUTE }),
    { ...person('specialist', now, { waitP50Ms: 6 * MINUTE, waitP80Ms: 12 * MINUTE }), skills: ['billing', 'export'] },
    { route: 'chatbot', asOf: now, open: true, languages: ['en'] },
  ],
  articles: articlesOn(topic).map(({ id, topic: matter, solves, expectedReadMs }) => ({ id, matter, solves, readMs: expectedReadMs })),
  offers: [{ id: 'more-seats', needs: ['limitHit'], template: 'pitch' }],
  language: 'en',
  ...(topic && { matter: topic }),
  ...(desk.handledBy && { handledBy: desk.handledBy }),
  ...(navigator.globalPrivacyControl === true && { privacySignal: true }),
});
