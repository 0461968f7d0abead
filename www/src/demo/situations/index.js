import { HOUR, DAY, MINUTE, accountCreated, allConsents, consentsWithout, grown, ready, refused, zoneAtNight } from './people.js';

/**
 * Visitors to choose from: what is known about each (`history`), what the place and the desk are like
 * (`host`), where they begin (`start`), what to do (`doing`) and what must come of it (`then`).
 */
export const situations = {
  new: {
    name: 'Nothing known',
    who: 'A customer of whom no system has told us anything: no history, no permission. There is only this visit.',
    doing: 'Press “Export my data” a few times. It is broken, on purpose.',
    then: 'A person or the assistant is offered within two seconds. Close it, and it stays closed.',
    start: '#/account',
    history: () => [],
  },

  ready: {
    name: 'Ready to expand',
    who: 'Mara plans at a library that has outgrown its ten seats, and everything she does shows it.',
    doing: 'Look at the plans.',
    then: 'The larger plan is suggested once, with a promise and two equal ways to say no.',
    start: '#/pricing',
    history: ready,
  },

  openCase: {
    name: 'Ready, but a case is open',
    who: 'The same Mara, but her case C-2041 has been open for two days.',
    doing: 'Look at the plans, then press “Export my data” in the account.',
    then: 'No suggestion of a larger plan anywhere. Help with the export, at once.',
    start: '#/pricing',
    history: (now) => [
      ...ready(now),
      { type: 'case', id: 'case-2041-opened', at: now - 2 * DAY, source: 'cases', case: 'C-2041', step: 'opened', matter: 'export', severity: 'normal' },
    ],
  },

  onboarding: {
    name: 'Onboarding, day 3',
    who: 'A branch with an account of its own for three days. Use, milestones and consents came along; only youth is different.',
    doing: 'Submit a list with a mistake twice: “Noor Haddad, noor”. Then look at the plans.',
    then: 'Help with the form. Nothing is sold to somebody who has just arrived.',
    start: '#/import',
    history: (now) => [accountCreated(now - 3 * DAY), ...allConsents(now), ...grown(now)],
  },

  renewed: {
    name: 'Renewed last week',
    who: 'Mara, who signed for another year six days ago.',
    doing: 'Look at the plans and at “Change plan”.',
    then: 'Silence. Who has just said yes is not asked for more for thirty days.',
    start: '#/pricing',
    history: (now) => [...ready(now), { type: 'milestone', id: 'crm-105', at: now - 6 * DAY, source: 'crm', name: 'renewed' }],
  },

  night: {
    name: 'Night in another time zone',
    who: 'Somebody for whom it is the middle of the night, while the desk is open here.',
    doing: 'Ask for a call on the contact page. Then ask for a text message on the status page.',
    then: 'The call is promised for the day there, in the visitor’s own time, and a text message waits until eight.',
    start: '#/contact',
    history: (now) => [accountCreated(now - 90 * DAY), ...allConsents(now)],
    host: (now) => ({ zone: zoneAtNight(now) }),
  },

  nobody: {
    name: 'Nobody on duty',
    who: 'A visitor outside the hours of the desk.',
    doing: 'Ask for a person on the contact page.',
    then: 'A date instead of a conversation. Nothing looks as if somebody were waiting.',
    start: '#/contact?topic=rosters',
    history: () => [],
    host: () => ({ open: false }),
  },

  noConsent: {
    name: 'No consent',
    who: 'Mara, but nobody ever asked her whether she wants suggestions, questions or a profile.',
    doing: 'Look at the plans, then press “Export my data” in the account.',
    then: 'Nothing is sold and nothing is asked. Help with what does not work comes all the same.',
    start: '#/pricing',
    history: (now) => [accountCreated(now - 400 * DAY), ...consentsWithout(now, 'marketing', 'survey', 'profiling'), ...grown(now)],
  },

  noProfiling: {
    name: 'No profiling',
    who: 'Mara, who refused twenty days ago that we use what we know about her.',
    doing: 'Ask for a call on the contact page.',
    then: 'The call is arranged, but the form is not filled in with what we know. Nothing is sold.',
    start: '#/contact?topic=export',
    history: (now) => [...ready(now), refused(now, 'profiling')],
  },

  calledTwice: {
    name: 'Called twice already',
    who: 'Somebody who called about the export three days ago and again yesterday, was passed on both times, and has not heard back.',
    doing: 'Open the account, or the article about exports.',
    then: 'A person, without being asked for. No article and no chatbot, and the story need not be told a third time.',
    start: '#/account',
    history: (now) => [
      accountCreated(now - 120 * DAY),
      ...allConsents(now),
      { type: 'contact', id: 'call-1', at: now - 3 * DAY, source: 'contacts', contact: 'call-1', step: 'started', channel: 'phone', matter: 'export', waitMs: 18 * MINUTE },
      { type: 'contact', id: 'call-1-transferred', at: now - 3 * DAY + 6 * MINUTE, source: 'contacts', contact: 'call-1', step: 'transferred', channel: 'phone', matter: 'export' },
      { type: 'contact', id: 'call-1-ended', at: now - 3 * DAY + 14 * MINUTE, source: 'contacts', contact: 'call-1', step: 'ended', channel: 'phone', matter: 'export', solved: false },
      { type: 'contact', id: 'call-2', at: now - 20 * HOUR, source: 'contacts', contact: 'call-2', step: 'started', channel: 'phone', matter: 'export', waitMs: 25 * MINUTE },
      { type: 'contact', id: 'call-2-transferred', at: now - 20 * HOUR + 4 * MINUTE, source: 'contacts', contact: 'call-2', step: 'transferred', channel: 'phone', matter: 'export' },
      { type: 'ask', id: 'call-2-asked', at: now - 20 * HOUR, source: 'contacts', field: 'phone', step: 'answered', value: '+49 30 555 0142' },
    ],
  },

  outage: {
    name: 'Outage',
    who: 'Mara, on a day on which exports do not work for anybody.',
    doing: 'Press “Export my data” a few times.',
    then: 'She is told that it is known, and when there is news. No chat about a fault we already know, and nothing is sold.',
    start: '#/account',
    history: (now) => [
      ...ready(now),
      { type: 'incident', id: 'incident-7', at: now - 40 * MINUTE, source: 'incidents', incident: 'exports', step: 'started', topics: ['export'], affects: 'all', nextUpdateAt: now + 35 * MINUTE },
    ],
  },

  brokenPromise: {
    name: 'Broken promise',
    who: 'Mara was promised an answer about her export by yesterday. It did not come.',
    doing: 'Just open the account. Then look at the plans.',
    then: 'A person is offered without any trouble on the page: we owe it. Nothing is sold before it is settled.',
    start: '#/account',
    history: (now) => [
      ...ready(now),
      { type: 'promise', id: 'promise-31', at: now - 3 * DAY, source: 'promises', promise: 'P-31', step: 'made', kind: 'fasterHelp', due: now - 20 * HOUR, matter: 'export' },
    ],
  },

  spanish: {
    name: 'Spanish speaker',
    who: 'Nuria reads Spanish. The specialists speak it; the front desk and the assistant do not.',
    doing: 'Press “Export my data” a few times. Then ask for a person on the contact page.',
    then: 'The article comes in Spanish, the person is one who speaks it, and the English assistant is not offered.',
    start: '#/account',
    history: (now) => [accountCreated(now - 150 * DAY), ...allConsents(now)],
    host: () => ({ language: 'es', speaks: { human: ['en'], specialist: ['en', 'es'], chatbot: ['en'] } }),
  },
};

/** The situation the address names; anything else is the anonymous visitor. */
export const situationNow = () => {
  const named = new URLSearchParams(location.search).get('situation');
  return named !== null && Object.hasOwn(situations, named) ? named : 'new';
};
