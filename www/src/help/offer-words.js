import { articleById, articleIn, readingMinutes } from '../site/content/index.js';
import { caseAbout } from '../site/organisation.js';
import { saidInstant } from '../site/when.js';
import { languageNow } from './host.js';
import { words } from './words.js';

/** The form of a handover: what is known is filled in. */
const contactPage = (topic, route) => `#/contact?${new URLSearchParams({ ...(topic && { topic }), handoff: route })}`;

/** What the visitor asked for is an answer, whatever it is about; it is never counted as a pitch. */
export const isAsked = (decision) =>
  (decision.because ?? []).some(({ code }) => code === 'customer_asked' || code === 'asked_for_person');

// Whoever asked for a person is not asked whether they want one.
const person = (decision, topic) => {
  const { [decision.route]: said, dated } = words();
  if (decision.target?.dueBy) return { icon: 'letter', href: contactPage(topic, decision.route), ...dated() };
  return { icon: 'person', ...(isAsked(decision) ? said.asked() : said.offer()), taken: said.taken() };
};

const KINDS = {
  human: person,
  specialist: person,
  chatbot: () => ({ icon: 'chat', ...words().chatbot() }),

  article: ({ target }) => {
    const found = articleById(target?.article);
    // An article this site does not have cannot be offered.
    if (!found) return undefined;
    const article = articleIn(found, languageNow());
    return { icon: 'article', href: `#/article/${found.id}`, ...words().article(article, readingMinutes(article)) };
  },

  callback: (_decision, topic) => ({ icon: 'call', href: contactPage(topic, 'callback'), ...words().callback() }),
  messageForm: (_decision, topic) => ({ icon: 'letter', href: contactPage(topic, 'messageForm'), ...words().messageForm() }),
  status: () => ({ icon: 'status', href: '#/status', ...words().status() }),

  accountManager: (decision) => {
    const { pitch } = words();
    return { ...(isAsked(decision) ? { icon: 'person', ...pitch.asked() } : { icon: 'grid', ...pitch.offer() }), taken: pitch.taken() };
  },
};

const purposeOf = (decision) => {
  if (isAsked(decision)) return 'answer';
  return decision.route === 'accountManager' ? 'pitch' : 'assist';
};

// The same help is the same offer, even when its promise moves by a minute.
const keyOf = ({ route, target }, purpose) =>
  [route, purpose, target?.article, target?.offer, target?.dueBy ? 'dated' : 'now'].join(' ');

/** The words for a decision, or nothing when there is nothing to offer. */
export const offerFor = (decision, topic) => {
  const said = KINDS[decision.route]?.(decision, topic);
  if (!said) return undefined;
  const purpose = purposeOf(decision);
  const { promise } = decision;
  const known = caseAbout(topic);
  return {
    ...said,
    // Whoever has a case about this is not met as a stranger.
    text: [said.text, known && words().yourCase(known.case)].filter(Boolean).join(' '),
    matter: topic,
    route: decision.route,
    purpose,
    offer: decision.target?.offer,
    key: keyOf(decision, purpose),
    promise: promise?.text,
    // What begins at once needs no date; everything else says when.
    due: decision.target?.dueBy === undefined ? undefined : words().by(saidInstant(decision.target.dueBy)),
    asked: isAsked(decision),
    also: decision.also ?? [],
    because: (decision.because ?? []).map(({ words: why }) => why).filter(Boolean),
    handoff: decision.handoff,
  };
};
