import { session } from '../help/session.js';

/** The invented organisation, as the account page knows it. Kept for the life of the page. */
export const organisation = { name: 'Harbour Street Library', zone: 'Europe/Berlin', published: true, open: false };

export const SEATS = { taken: 10, all: 10 };

const latest = (type, id) => {
  const last = new Map();
  for (const event of session.history.filter((one) => one.type === type).sort((a, b) => a.at - b.at)) last.set(event[id], { ...last.get(event[id]), ...event });
  return [...last.values()];
};

/** The outage that is on, if one is. */
export const incidentNow = () => {
  const on = latest('incident', 'incident').find(({ step }) => step === 'started');
  return on && { since: on.at, nextUpdateAt: on.nextUpdateAt };
};

const SAID = { phone: 'You called us', email: 'You wrote to us', chatbot: 'You asked the assistant', chat: 'You chatted with us' };

/** What is under way between the visitor and the house, newest first: what they asked, and what they were promised. */
export const underWay = () => {
  const cases = latest('case', 'case').filter(({ step }) => step === 'opened' || step === 'reopened');
  const promises = latest('promise', 'promise').filter(({ step }) => step === 'made');
  const contacts = session.history.filter(({ type, step }) => type === 'contact' && step === 'started');
  return [
    ...cases.map(({ at, case: number }) => ({ at, what: `Case ${number}: “The export does not start”. We are working on it.` })),
    ...promises.map(({ at, due }) => ({ at, what: 'We promised you an answer.', due })),
    ...contacts.map(({ at, channel }) => ({ at, what: `${SAID[channel] ?? 'You got in touch'}.` })),
  ].sort((a, b) => b.at - a.at);
};
