// What the systems behind the help center know about its visitors, as functions of the present.
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const consent = (now, purpose, state = 'granted') => ({
  type: 'consent', id: `consent-${purpose}`, at: now - 399 * DAY, source: 'consents', purpose, state, effectiveAt: now - 399 * DAY,
});

/** Everything was asked, and everything was allowed. */
export const allConsents = (now) => ['service', 'marketing', 'survey', 'profiling'].map((purpose) => consent(now, purpose));

/** Everything was allowed but these, which nobody ever asked about. */
export const consentsWithout = (now, ...purposes) =>
  allConsents(now).filter(({ purpose }) => !purposes.includes(purpose));

/** Asked, and refused. */
export const refused = (now, purpose) => ({ ...consent(now, purpose, 'withdrawn'), at: now - 20 * DAY, id: `consent-${purpose}-withdrawn`, effectiveAt: now - 20 * DAY });

export const accountCreated = (at) => ({ type: 'milestone', id: 'crm-100', at, source: 'crm', name: 'accountCreated' });

/** A library that has outgrown its ten seats, by what it does and not by what anybody hopes. */
export const grown = (now) => [
  { type: 'milestone', id: 'crm-101', at: now - 380 * DAY, source: 'crm', name: 'activated' },
  { type: 'milestone', id: 'crm-102', at: now - 200 * DAY, source: 'crm', name: 'renewed' },

  { type: 'fact', id: 'usage-1', at: now - 6 * HOUR, source: 'usage', name: 'usage.activeDays28', value: 20 },
  { type: 'fact', id: 'usage-2', at: now - 6 * HOUR, source: 'usage', name: 'usage.activeDaysPrev28', value: 20 },
  { type: 'fact', id: 'usage-3', at: now - 6 * HOUR, source: 'usage', name: 'plan.seats', value: 10 },
  { type: 'fact', id: 'usage-4', at: now - 6 * HOUR, source: 'usage', name: 'plan.seatsUsed', value: 10 },
  { type: 'fact', id: 'usage-5', at: now - 6 * HOUR, source: 'usage', name: 'setup.finished', value: true },
  { type: 'milestone', id: 'usage-6', at: now - 9 * DAY, source: 'usage', name: 'limitHit', what: 'seats' },
  { type: 'milestone', id: 'usage-7', at: now - 2 * DAY, source: 'usage', name: 'limitHit', what: 'seats' },

  { type: 'ask', id: 'crm-104', at: now - 390 * DAY, source: 'crm', field: 'email', step: 'answered', value: 'mara@quiet-harbour.example' },
  { type: 'survey', id: 'crm-103', at: now - 60 * DAY, source: 'crm', survey: 'ces-autumn', kind: 'ces', step: 'answered', score: 6, of: 7 },
];

/** Mara, who plans at the library and could use a larger plan. */
export const ready = (now) => [accountCreated(now - 400 * DAY), ...allConsents(now), ...grown(now)];

const NIGHT = 2.5;
const ZONES = ['Pacific/Auckland', 'Asia/Tokyo', 'Asia/Kolkata', 'Europe/Helsinki', 'Europe/Lisbon', 'America/Sao_Paulo', 'America/New_York', 'America/Denver', 'Pacific/Honolulu'];

const hourIn = (zone, now) => {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: 'numeric', minute: 'numeric', hourCycle: 'h23' }).formatToParts(now);
  const of = (name) => Number(parts.find(({ type }) => type === name).value);
  return of('hour') + of('minute') / 60;
};

const distance = (zone, now) => {
  const apart = Math.abs(hourIn(zone, now) - NIGHT);
  return Math.min(apart, 24 - apart);
};

/** Somewhere on earth it is the middle of the night: the place where it is most so. */
export const zoneAtNight = (now) => ZONES.toSorted((a, b) => distance(a, now) - distance(b, now))[0];
