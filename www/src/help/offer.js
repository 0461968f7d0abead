import { fill, say } from '../site/dom.js';
import { assistantCard, endAssistant, mountAssistant } from './assistant.js';
import { setHandledBy } from './host.js';
import { offerCard, spoken, takenCard } from './offer-card.js';
import { isAsked, offerFor } from './offer-words.js';
import { keepClearOfFocus } from './placement.js';
import { leaveAlone, learnTouch, session, takeOver, tell } from './session.js';
import { words } from './words.js';

const card = document.querySelector('#offer');
const region = document.querySelector('#offer-status');
const main = document.querySelector('main');

let shown; // the offer on the screen, with its touch and whether it was accepted
let later; // what the engine said while the visitor's focus was inside the card
let lastOutside;
let place;
let touches = 0;

const hasFocus = () => card.contains(document.activeElement);

const touchOf = ({ route, purpose, offer, touch, matter }) => ({
  touch,
  route,
  purpose,
  ...(matter && { matter }),
  ...(offer && { offer }),
});

// The decision arrives from inside the engine; it must have returned before it is called again.
const learnSoon = (offer, step) => queueMicrotask(() => learnTouch(touchOf(offer), step));

const hide = () => {
  const backTo = hasFocus() ? lastOutside : undefined;
  const returns = hasFocus();
  shown = undefined;
  later = undefined;
  card.hidden = true;
  card.dataset.route = 'none';
  delete card.dataset.offer;
  card.replaceChildren();
  say(region, '');
  if (returns) (backTo?.isConnected ? backTo : main).focus({ preventScroll: true });
};

const draw = (offer) => {
  card.dataset.route = offer.route;
  if (offer.purpose === 'pitch') card.dataset.offer = 'pitch';
  else delete card.dataset.offer;
  fill(card, offerCard(offer));
};

const show = (offer) => {
  touches += 1;
  shown = {
    ...offer,
    touch: `offer-${session.startedAt}-${touches}`,
    matter: main.dataset.tactfulTopic,
    accepted: false,
  };
  draw(shown);
  card.hidden = false;
  place();
  say(region, spoken(shown));
  learnSoon(shown, 'shown');
};

// The same offer with newer words: redrawn only where something changed, and not announced again.
const refresh = (offer) => {
  const same = ['title', 'text', 'promise', 'due', 'because'].every(
    (name) => JSON.stringify(offer[name]) === JSON.stringify(shown[name]),
  );
  const opened = card.querySelector('details')?.open;
  shown = { ...shown, ...offer };
  if (same) return;
  draw(shown);
  if (opened) card.querySelector('details')?.setAttribute('open', '');
};

const follow = (decision) => {
  const offer = offerFor(decision, main.dataset.tactfulTopic);
  if (shown && (shown.accepted || hasFocus())) {
    // Neither pulled away from under the visitor's hands nor swapped for something else there.
    later = decision;
    return;
  }
  if (!offer) hide();
  else if (offer.key === shown?.key) refresh(offer);
  else show(offer);
};

const onDecision = (event) => {
  const decision = event.detail;
  if (session.leftAlone && !isAsked(decision)) {
    // Tells the engine that this will not be seen, so that it is not counted as shown.
    if (decision.route !== 'none') event.preventDefault();
    hide();
    return;
  }
  follow(decision);
};

const dismiss = () => {
  const gone = shown;
  hide();
  learnTouch(touchOf(gone), 'dismissed');
  tell('dismiss', gone.touch);
};

/** What was begun is over. */
const close = () => {
  const { route } = shown;
  hide();
  if (route === 'chatbot') endAssistant();
  else setHandledBy(undefined);
};

const acts = {
  later: dismiss,

  never() {
    dismiss();
    leaveAlone(true);
    say(region, words().leftAlone);
  },

  accept() {
    const taken = shown;
    if (taken.href?.startsWith('#/contact')) takeOver(taken.route);
    learnTouch(touchOf(taken), 'accepted');
    if (taken.href) {
      // The link itself leads on; the new page takes the focus.
      hide();
      return;
    }
    taken.accepted = true;
    if (taken.route === 'chatbot') {
      fill(card, assistantCard(taken));
      mountAssistant(card);
      return;
    }
    if (taken.route === 'human' || taken.route === 'specialist') setHandledBy({ route: taken.route });
    fill(card, takenCard(taken));
    card.querySelector('button').focus();
    say(region, `${taken.taken.title}. ${taken.taken.text}`);
  },

  close,

  solved() {
    hide();
    endAssistant(true);
    say(region, words().assistant.glad);
  },

  unsolved() {
    hide();
    endAssistant(false);
  },

  /** A person instead of what is offered: said once, and answered. */
  person() {
    const gone = shown;
    hide();
    learnTouch(touchOf(gone), 'accepted');
    tell('wish', 'person');
  },
};

const onFocusOut = ({ relatedTarget }) => {
  if (!later || shown?.accepted || card.contains(relatedTarget)) return;
  const decision = later;
  later = undefined;
  // After the focus has arrived where it is going.
  queueMicrotask(() => shown && !hasFocus() && follow(decision));
};

export const startOffer = () => {
  place = keepClearOfFocus(card);
  document.addEventListener('tactful:decision', onDecision);
  document.addEventListener('focusin', ({ target }) => {
    if (!card.contains(target)) lastOutside = target;
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented || !shown) return;
    if (shown.accepted) close();
    else dismiss();
  });
  card.addEventListener('focusout', onFocusOut);
  card.addEventListener('click', (event) => {
    const act = event.target.closest('[data-act]')?.dataset.act;
    if (act && shown) acts[act]();
  });
};
