import { articleIn, articlesOn, isTranslated } from '../site/content/index.js';
import { setClock } from '../site/when.js';

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
  /** The visitor's zone: its name, and its offsets through changes of the clock. */
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  offsets: undefined,
  handledBy: undefined,
};

/** Takes what is known about the place and the desk, and tells who shows it. */
export const setHost = (known) => {
  Object.assign(host, known);
  setClock(host);
  document.dispatchEvent(new Event('help:host'));
};

export const deskIsOpen = () => host.open;
export const languageNow = () => host.language;
export const zoneNow = () => host.zone;

/** Once a person has taken the matter, the engine must know, so that nothing else offers itself. */
export const setHandledBy = (handledBy) => setHost({ handledBy });

// A closed desk needs no time at which it opens: the calendar of the policy knows.
const desk = (route, now, waits) => {
  const languages = host.speaks[route];
  return host.open
    ? { route, asOf: now, open: true, staffed: true, capacity: 2, languages, ...waits }
    : { route, asOf: now, open: false, staffed: false, capacity: 0, languages };
};

const desks = (now, role) => [
  desk('human', now, { waitP50Ms: 2 * MINUTE, waitP80Ms: 4 * MINUTE }),
  { ...desk('specialist', now, { waitP50Ms: 6 * MINUTE, waitP80Ms: 12 * MINUTE }), skills: ['billing', 'export'] },
  // Whoever has come to write to a person is not sent to a machine.
  ...(role === 'contact' ? [] : [{ route: 'chatbot', asOf: now, open: true, languages: host.speaks.chatbot }]),
];

const articlesAtHand = (topic) =>
  articlesOn(topic)
    // What nobody has translated yet helps nobody who reads another language.
    .filter(({ id }) => host.language === 'en' || isTranslated(id, host.language))
    .map((article) => articleIn(article, host.language))
    .map(({ id, title, topic: matter, solves, expectedReadMs }) => ({ id, title, matter, solves, readMs: expectedReadMs }));

/** What this house could suggest. */
export const ALL_OFFERS = [{ id: 'more-seats', needs: ['limitHit'], template: 'pitch' }];

/** Where somebody thinks about room for more anyway. Elsewhere a suggestion would be in the way, however right it is. */
const isAboutRoom = ({ role, topic }) => role === 'pricing' || topic === 'seats';

/** The moment of a decision on the page that is open: the clock, the desk, the articles at hand. */
export const momentAt = (now, page) => ({
  now,
  ...(host.offsets && { zone: host.offsets }),
  routes: desks(now, page.role),
  articles: articlesAtHand(page.topic),
  offers: isAboutRoom(page) ? ALL_OFFERS : [],
  language: host.language,
  ...(page.topic && { matter: page.topic }),
  ...(host.handledBy && { handledBy: host.handledBy }),
  ...(navigator.globalPrivacyControl === true && { privacySignal: true }),
});
