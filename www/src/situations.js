const DAY = 86_400_000;
const HOUR = 3_600_000;

const grown = (now) => [
  { type: 'milestone', id: 'crm-101', at: now - 380 * DAY, source: 'crm', name: 'activated' },
  { type: 'milestone', id: 'crm-102', at: now - 200 * DAY, source: 'crm', name: 'renewed' },

  { type: 'consent', id: 'consent-1', at: now - 399 * DAY, source: 'consents', purpose: 'service', state: 'granted', effectiveAt: now - 399 * DAY },
  { type: 'consent', id: 'consent-2', at: now - 399 * DAY, source: 'consents', purpose: 'marketing', state: 'granted', effectiveAt: now - 399 * DAY },
  { type: 'consent', id: 'consent-3', at: now - 399 * DAY, source: 'consents', purpose: 'survey', state: 'granted', effectiveAt: now - 399 * DAY },
  { type: 'consent', id: 'consent-4', at: now - 399 * DAY, source: 'consents', purpose: 'profiling', state: 'granted', effectiveAt: now - 399 * DAY },

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

const accountCreated = (at) => ({ type: 'milestone', id: 'crm-100', at, source: 'crm', name: 'accountCreated' });

const ready = (now) => [accountCreated(now - 400 * DAY), ...grown(now)];

// A branch that left its parent organisation's account: use, milestones and consents came along,
// the account itself is three days old. So youth is the only thing that differs from `ready`.
const onboarding = (now) => [accountCreated(now - 3 * DAY), ...grown(now)];

const openCase = (now) => [
  ...ready(now),
  { type: 'case', id: 'case-2041-opened', at: now - 2 * DAY, source: 'cases', case: 'C-2041', step: 'opened', matter: 'export', severity: 'normal' },
];

/** What the host knows about each visitor of the demo, as functions of the present. */
export const situations = { new: () => [], openCase, onboarding, ready };

/** The situation the address names; anything else is the anonymous visitor. */
export const situationNow = () => {
  const named = new URLSearchParams(location.search).get('situation');
  return named !== null && Object.hasOwn(situations, named) ? named : 'new';
};

export const whyOf = {
  new: 'An anonymous visitor: nothing is known but this visit.',
  openCase: 'A customer who would be ready to expand, but has an open case.',
  onboarding: 'A customer who would be ready to expand, but whose account is three days old.',
  ready: 'A customer for whom readiness to expand can be proven.',
};
