import { articleById, readingMinutes } from './content/index.js';
import { saidInstant } from './when.js';

/** The form of a handover: what is known is filled in. */
const contactPage = (topic, route) => `#/contact?${new URLSearchParams({ ...(topic && { topic }), handoff: route })}`;

const answerDue = ({ target, promise }) => {
  const due = target?.dueBy ?? promise?.due;
  return due === undefined ? undefined : saidInstant(due);
};

// A closed desk: the offer is a dated answer. Nothing about it may look as if somebody were waiting.
const dated = (decision, topic, desk) => ({
  icon: 'letter',
  title: 'Leave this with us',
  text: `${desk} is not here right now. Write down what happened, and you have an answer by ${answerDue(decision)}.`,
  accept: 'Write a message',
  href: contactPage(topic, decision.route),
});

const live = (title, accept) => ({
  icon: 'person',
  title,
  accept,
  taken: 'A person is on the way',
  takenText: 'In your product the conversation would open here now.',
});

// Whoever asked for a person is not asked whether they want one.
const person = (decision, title, accept) =>
  isAsked(decision) ? live('A person can take this now', 'Start') : live(title, accept);

const WORDS = {
  human: (decision, topic) =>
    decision.target?.dueBy ? dated(decision, topic, 'Our support desk') : person(decision, 'Would you like to talk to a person?', 'Talk to a person'),

  specialist: (decision, topic) =>
    decision.target?.dueBy
      ? dated(decision, topic, 'The specialist for this')
      : person(decision, 'Talk to somebody who knows this well?', 'Talk to a specialist'),

  chatbot: () => ({
    icon: 'chat',
    title: 'Shall the assistant have a look?',
    accept: 'Open the chat',
    taken: 'The assistant is ready',
    takenText: 'In your product the chat would open here now. You can ask it for a person at any time.',
  }),

  article: (decision) => {
    const article = articleById(decision.target?.article);
    // An article this site does not have cannot be offered.
    return article && {
      icon: 'article',
      title: 'This may be what you need',
      text: `${article.title}. ${article.summary}`,
      accept: `Read it, ${readingMinutes(article)} min`,
      href: `#/article/${article.id}`,
    };
  },

  callback: (decision, topic) => ({
    icon: 'call',
    title: 'We call you',
    text: answerDue(decision) && `You hear from us by ${answerDue(decision)}.`,
    accept: 'Arrange the call',
    href: contactPage(topic, 'callback'),
  }),

  messageForm: (decision, topic) => ({
    icon: 'letter',
    title: 'Write to us about this?',
    text: answerDue(decision) && `You have an answer by ${answerDue(decision)}.`,
    accept: 'Write a message',
    href: contactPage(topic, 'messageForm'),
  }),

  status: () => ({
    icon: 'status',
    title: 'It is not you: we have a known problem',
    accept: 'See service status',
    href: '#/status',
  }),

  accountManager: (decision) =>
    isAsked(decision)
      ? {
          icon: 'person',
          title: 'Your quote',
          text: `You asked for it, so somebody who may decide prices answers, by ${answerDue(decision)}.`,
          accept: 'Go ahead',
          taken: 'Asked for',
          takenText: `You have it by ${answerDue(decision)}.`,
        }
      : {
          icon: 'seats',
          title: 'All ten seats are taken',
          text: `New people have had to wait twice in the last days. Tapestry has room for forty. Ask, and your account manager shows you what would change, by ${answerDue(decision)}.`,
          accept: 'Ask my account manager',
          taken: 'Your account manager knows',
          takenText: `You hear from them by ${answerDue(decision)}. Nothing changes before you say so.`,
        },
};

/** What the visitor asked for is an answer, whatever it is about; it is never counted as a pitch. */
export const isAsked = (decision) =>
  (decision.because ?? []).some(({ code }) => code === 'customer_asked' || code === 'asked_for_person');

const purposeOf = (decision) => {
  if (isAsked(decision)) return 'answer';
  return decision.route === 'accountManager' ? 'pitch' : 'assist';
};

// The same help is the same offer, even when its promise moves by a minute.
const keyOf = ({ route, target }, purpose) =>
  [route, purpose, target?.article, target?.offer, target?.dueBy ? 'dated' : 'now'].join(' ');

/** The words for a decision, or nothing when there is nothing to offer. */
export const offerFor = (decision, topic) => {
  const words = WORDS[decision.route]?.(decision, topic);
  if (!words) return undefined;
  const purpose = purposeOf(decision);
  const { promise } = decision;
  return {
    ...words,
    route: decision.route,
    purpose,
    offer: decision.target?.offer,
    key: keyOf(decision, purpose),
    // A date is in the words themselves; only what begins now is promised in the engine's.
    promise: decision.target?.dueBy ? undefined : promise?.text,
    asked: isAsked(decision),
    also: decision.also ?? [],
    because: (decision.because ?? []).map(({ words: said }) => said).filter(Boolean),
    handoff: decision.handoff,
  };
};
