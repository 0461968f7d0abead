/** What an offer says, in English. Dates stand beside the promise, where the engine puts them. */
export const en = {
  human: {
    offer: () => ({ title: 'Would you like to talk to a person?', accept: 'Talk to a person' }),
    asked: () => ({ title: 'A person can take this now', accept: 'Start' }),
    taken: () => ({ title: 'A person is on the way', text: 'In a real help center the conversation would open here now, and this is what the person would have read:' }),
  },
  specialist: {
    offer: () => ({ title: 'Talk to somebody who knows this well?', accept: 'Talk to a specialist' }),
    asked: () => ({ title: 'A specialist can take this now', accept: 'Start' }),
    taken: () => ({ title: 'A specialist is on the way', text: 'In a real help center the conversation would open here now, and this is what the specialist would have read:' }),
  },
  /** Nobody is there: an answer with a date. Nothing about it may look as if somebody were waiting. */
  dated: () => ({ title: 'Leave this with us', text: 'Nobody who can take this is here right now. Write down what happened.', accept: 'Write a message' }),
  chatbot: () => ({ title: 'Shall the assistant have a look?', accept: 'Open the assistant' }),
  article: ({ title, summary }, minutes) => ({ title: 'This may be what you need', text: `${title}. ${summary}`, accept: `Read it, ${minutes} min` }),
  callback: () => ({ title: 'We call you', accept: 'Arrange the call' }),
  messageForm: () => ({ title: 'Write to us about this?', accept: 'Write a message' }),
  status: () => ({ title: 'It is not you: we have a known problem', accept: 'See service status' }),
  pitch: {
    offer: () => ({ title: 'All ten seats are taken', text: 'New people have had to wait twice in the last days. Tapestry has room for forty.', accept: 'Ask my account manager' }),
    asked: () => ({ title: 'Your quote', text: 'You asked for it, so somebody who may decide prices answers.', accept: 'Go ahead' }),
    taken: () => ({ title: 'Your account manager knows', text: 'Nothing changes before you say so.' }),
  },
  by: (due) => `By ${due}`,

  personInstead: 'Talk to a person instead',
  cancel: 'Cancel',
  later: 'Not now',
  never: 'Don’t offer help here again',
  close: 'Close',
  why: 'Why am I seeing this?',
  local: 'Decided in this page. Nothing about your visit was sent.',
  passedOn: 'This is passed on, so you need not say it again:',
  leftAlone: 'Understood. No more offers here. “Contact us” stays at the top of the page.',
  spoken: (...parts) => ['Help offer:', ...parts, 'It is at the end of this page. Escape closes it.'].filter(Boolean).join(' '),

  assistant: {
    title: 'Assistant',
    hello: 'I look through the articles for you. If they do not have it, I say so and fetch a person.',
    ask: 'What are you trying to do?',
    send: 'Ask',
    found: 'This is what I found:',
    nothing: 'I found nothing about that, and I will not guess.',
    solved: 'That solved it',
    glad: 'Good. I will leave you to it.',
    person: 'Talk to a person',
  },

  form: {
    titles: { callback: 'We call you', other: 'Leave this with us' },
    due: (due) => `That is ${due} at the latest.`,
    passedOn: 'We pass this on, so you need not say it again',
    fields: { email: 'E-mail', phone: 'Phone', topic: 'Topic', name: 'Name' },
    tried: 'So far',
    labels: { email: 'Your e-mail', phone: 'Your phone number', topic: 'What is it about?' },
    problems: {
      email: 'Please write an e-mail address we can answer, such as name@example.org.',
      phone: 'Please write a number we can call.',
      topic: 'A few words are enough.',
    },
    send: { callback: 'Call me', other: 'Pass it on' },
    demo: 'This is a demonstration: it stays in your browser.',
    done: 'It is with us now',
    doneText: (due) => `In a real help center somebody would have it${due ? `, and you would hear from them by ${due}` : ''}. Here nothing was sent.`,
    back: 'Back to the articles',
  },
};
