let locale = 'en-GB';
let timeZone;

/** Whose clock and language instants are said in; without a zone, the browser's own. */
export const setClock = (clock) => {
  locale = clock.language === 'es' ? 'es-ES' : 'en-GB';
  timeZone = clock.zone;
};

const said = (at, options) => new Intl.DateTimeFormat(locale, { timeZone, ...options }).format(at);
const CLOCK = { hour: '2-digit', minute: '2-digit' };
const DAY = { day: 'numeric', month: 'numeric', year: 'numeric' };
const TODAY = { 'en-GB': 'today', 'es-ES': 'hoy' };

export const saidClock = (at) => said(at, CLOCK);

/** An instant as a person would say it: the clock today, otherwise the date with the clock. */
export const saidInstant = (at, now = Date.now()) =>
  said(at, DAY) === said(now, DAY)
    ? `${TODAY[locale]}, ${saidClock(at)}`
    : said(at, { weekday: 'short', day: 'numeric', month: 'short', ...CLOCK });

export const saidAge = (ms) => {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 120) return `${seconds} s ago`;
  return seconds < 7200 ? `${Math.floor(seconds / 60)} min ago` : saidInstant(Date.now() - ms);
};
