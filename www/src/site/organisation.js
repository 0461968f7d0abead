import { session } from '../help/session.js';
import { topicIn } from './content/index.js';
import { saidInstant } from './when.js';

/** The invented organisation, as the account page knows it. Kept for the life of the page. */
export const organisation = { name: 'Harbour Street Library', zone: 'Europe/Berlin', published: true, open: false };

export const SEATS = { taken: 10, all: 10 };

/** Each case, promise, incident or contact as its latest event left it, with when it began. */
const stories = (type) => {
  const all = new Map();
  for (const event of session.history.filter((one) => one.type === type).sort((a, b) => a.at - b.at)) {
    const known = all.get(event[type]) ?? { began: event.at, steps: [] };
    all.set(event[type], { ...known, ...event, steps: [...known.steps, event.step] });
  }
  return [...all.values()];
};

/** The outage that is on, if one is. */
export const incidentNow = () => stories('incident').find(({ step }) => step === 'started');

const CASE_OPEN = new Set(['opened', 'reopened']);
const casesOpen = () => stories('case').filter(({ step }) => CASE_OPEN.has(step));

/** The open case about a topic, if there is one. */
export const caseAbout = (topic) => casesOpen().find(({ matter }) => matter === topic);

const WORDS = {
  en: {
    phone: 'You called us', email: 'You wrote to us', chatbot: 'You asked the assistant', other: 'You got in touch',
    about: (topic) => ` about “${topic}”`,
    passed: ', and were passed on',
    case: (number) => `Your case ${number} is open`,
    promise: 'We promised you an answer',
    by: (due) => `, by ${due}`,
    late: '. That has passed, and we are sorry',
  },
  es: {
    phone: 'Nos llamaste', email: 'Nos escribiste', chatbot: 'Preguntaste al asistente', other: 'Te pusiste en contacto',
    about: (topic) => ` sobre «${topic}»`,
    passed: ', y te pasaron a otra persona',
    case: (number) => `Tu caso ${number} está abierto`,
    promise: 'Te prometimos una respuesta',
    by: (due) => `, a más tardar ${due}`,
    late: '. Ya ha pasado, y lo sentimos',
  },
};

/** What is under way between the visitor and the house, oldest first: what they asked, and what they were promised. */
export const underWay = (language = 'en') => {
  const said = WORDS[language] ?? WORDS.en;
  const about = ({ matter }) => (matter ? said.about(topicIn(matter, language)) : '');
  const contacts = stories('contact').filter(({ solved }) => solved !== true).map((one) => ({ began: one.began, what: `${said[one.channel] ?? said.other}${about(one)}${one.steps.includes('transferred') ? said.passed : ''}` }));
  const cases = casesOpen().map((one) => ({ began: one.began, what: `${said.case(one.case)}${about(one)}` }));
  const promises = stories('promise').filter(({ step }) => step === 'made').map((one) => ({
    began: one.began,
    what: `${said.promise}${about(one)}${said.by(saidInstant(one.due))}${one.due < Date.now() ? said.late : ''}`,
  }));
  return [...contacts, ...cases, ...promises].sort((a, b) => a.began - b.began);
};

/** The same as lines with their dates, for whoever takes over. */
export const soFar = (language) => underWay(language).map(({ began, what }) => `${saidInstant(began)}: ${what}`);
