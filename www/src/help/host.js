import { articleIn, articlesOn, isTranslated } from '../site/content/index.js';
import { setClock } from '../site/when.js';

const DAY = 86_400_000;
const MINUTE = 60_000;

/**
 * What a real help center would read from its desk, its telephony and the browser: who is there, which
 * languages they speak, and where and in which language the visitor is.
 */
const host = {
  open: true,
  /** Languages of the people, of the specialists, of the assistant. */
  speaks: { human: ['en'], specialist: ['en'], chatbot: ['en'] },
  language: 'en',
  /** A zone by its name; without one, the browser's own. */
  zone: undefined,
  handledBy: undefined,
};

/** Takes what is known about the place and the desk. */
export const setHost = (known) => {
  Object.assign(host, known);
  setClock(host);
};

export const deskIsOpen = () => host.open;
export const languageNow = () => host.language;

/** Once a person has taken the matter, the engine must know, so that nothing else offers itself. */
export const setHandledBy = (handledBy) => setHost({ handledBy });

/** How far a zone is from UTC, in minutes, as the browser knows it. */
const offsetOf = (zone, at) => {
  if (!zone) return -new Date(at).getTimezoneOffset();
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(at);
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(parts.find(({ type }) => type === 'timeZoneName').value) ?? [];
  return sign ? Number(`${sign}${Number(hours) * 60 + Number(minutes)}`) : 0;
};

/** The next working morning at nine, where the desk is: here, next to the browser. */
export const nextMorning = (now) => {
  const morning = new Date(now);
  morning.setHours(9, 0, 0, 0);
  do morning.setDate(morning.getDate() + 1);
  while (morning.getDay() === 0 || morning.getDay() === 6);
  return morning.getTime();
};

const desk = (route, now, waits) => {
  const languages = host.speaks[route];
  return host.open
    ? { route, asOf: now, open: true, staffed: true, capacity: 2, languages, ...waits }
    : { route, asOf: now, open: false, staffed: false, capacity: 0, languages, nextOpenAt: nextMorning(now) };
};

/** Where somebody thinks about plans anyway. Elsewhere a suggestion would be in the way, however right it is. */
const ABOUT_PLANS = new Set(['billing', 'seats']);

const articlesAtHand = (topic) =>
  articlesOn(topic)
    // What nobody has translated yet helps nobody who reads another language.
    .filter(({ id }) => host.language === 'en' || isTranslated(id, host.language))
    .map((article) => articleIn(article, host.language))
    .map(({ id, title, topic: matter, solves, expectedReadMs }) => ({ id, title, matter, solves, readMs: expectedReadMs }));

/** The moment of a decision on the page that is open: the clock, the desk, the articles at hand. */
export const momentAt = (now, topic) => ({
  now,
  zone: [{ from: now - 400 * DAY, offsetMinutes: offsetOf(host.zone, now) }],
  routes: [
    desk('human', now, { waitP50Ms: 2 * MINUTE, waitP80Ms: 4 * MINUTE }),
    { ...desk('specialist', now, { waitP50Ms: 6 * MINUTE, waitP80Ms: 12 * MINUTE }), skills: ['billing', 'export'] },
    { route: 'chatbot', asOf: now, open: true, languages: host.speaks.chatbot },
  ],
  articles: articlesAtHand(topic),
  offers: ABOUT_PLANS.has(topic) ? [{ id: 'more-seats', needs: ['limitHit'], template: 'pitch' }] : [],
  language: host.language,
  ...(topic && { matter: topic }),
  ...(host.handledBy && { handledBy: host.handledBy }),
  ...(navigator.globalPrivacyControl === true && { privacySignal: true }),
});
