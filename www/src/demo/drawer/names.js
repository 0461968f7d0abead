/** What the parts of a decision are called in the drawer, where they are read by people who look into it. */
export const ROUTES = {
  none: 'Stay silent',
  status: 'Tell about the known problem',
  article: 'Suggest an article',
  chatbot: 'Offer the assistant',
  callback: 'Offer a call',
  human: 'Offer a person',
  specialist: 'Offer a specialist',
  accountManager: 'Account manager',
  messageForm: 'Offer the message form',
};

export const PURPOSES = {
  answer: 'Answer what was asked',
  assist: 'Offer help on this page',
  serviceNotice: 'Send a service notice',
  reachOutHelp: 'Reach out with help',
  survey: 'Invite to a survey',
  pitch: 'Suggest a larger plan',
};

/** Every guard of the policy, by the beginning of its name in a blocker. */
export const GUARDS = {
  consent: 'Permission',
  suppression: 'Asked not to be contacted',
  caps: 'Not too often',
  minGapMs: 'Not too soon again',
  quietHours: 'Quiet hours',
  'windows.openCase': 'Window: open case',
  'windows.onboarding': 'Window: onboarding',
  'windows.renewal': 'Window: renewal',
  'windows.friction': 'Window: trouble right now',
  'windows.badExperience': 'Window: bad experience',
  'windows.incident': 'Window: incident',
  'windows.sensitive': 'Window: sensitive moment',
  'windows.identity': 'Window: identity unsure',
  survey: 'Survey rules',
  phrases: 'Honest words',
  offers: 'Meant for this person',
  handledBy: 'A person is on it',
  automated: 'A person, not a program',
  clock: 'Clocks agree',
  templates: 'What it says it is',
  promises: 'Something to promise',
  keptRate: 'Promises are kept',
  readiness: 'Readiness proven',
  rules: 'Rules of the organisation',
};

/** The guard of a blocker, as one of the names above; its own name where there is none. */
export const guardOf = ({ guard }) => Object.keys(GUARDS).find((name) => guard === name || guard.startsWith(`${name}.`) || guard.startsWith(`${name}:`)) ?? guard;
