import { fill, say } from '../site/dom.js';
import { assistantCard, endAssistant, mountAssistant } from './assistant.js';
import { setHandledBy } from './host.js';
import { noteCard, offerCard, spoken, takenCard } from './offer-card.js';
import { isAsked, offerFor } from './offer-words.js';
import { keepClearOfFocus } from './placement.js';
import { decideNow, leaveAlone, learnTouch, session, takeOver, tell } from './session.js';
import { words } from './words.js';

const card = document.querySelector('#offer');
const region = document.querySelector('#offer-status');
const main = document.querySelector('main');

let shown; // the offer on the screen, with its touch, the page it came on, and whether it is under way
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
  if (!shown) return;
  const backTo = hasFocus() ? (lastOutside?.isConnected ? lastOutside : main) : undefined;
  shown = undefined;
  card.hidden = true;
  card.dataset.route = 'none';
  delete card.dataset.offer;
  card.replaceChildren();
  say(region, '');
  backTo?.focus({ preventScroll: true });
};

/** After something of ours has ended: what the engine makes of it may be what it said before, and is not said twice. */
const lookAgain = () =>
  setTimeout(() => {
    const decision = decideNow();
    if (decision) follow(decision);
  });

const draw = (offer) => {
  card.dataset.route = offer.route;
  if (offer.purpose === 'pitch') card.dataset.offer = 'pitch';
  else delete card.dataset.offer;
  fill(card, offerCard(offer));
};

const show = (offer) => {
  touches += 1;
  shown = { ...offer, touch: `offer-${session.startedAt}-${touches}`, page: main.dataset.tactfulPage, underWay: false };
  draw(shown);
  card.hidden = false;
  place();
  say(region, spoken(shown));
  learnSoon(shown, 'shown');
};

const WORDS = ['title', 'text', 'promise', 'due', 'because', 'also', 'href'];

// The same offer with newer words: redrawn only where something changed, and not announced again.
const refresh = (offer) => {
  const same = WORDS.every((name) => JSON.stringify(offer[name]) === JSON.stringify(shown[name]));
  const opened = card.querySelector('details')?.open;
  shown = { ...shown, ...offer };
  if (same) return;
  draw(shown);
  if (opened) card.querySelector('details')?.setAttribute('open', '');
};

/** Whether the form of this very offer is open: then it need not be offered. */
const isTaken = ({ route }) => session.taken?.route === route;

function follow(decision) {
  const offer = isTaken(decision) ? undefined : offerFor(decision, main.dataset.tactfulTopic);
  const asked = isAsked(decision);
  // What is under way is the visitor's; only what they ask for themselves takes its place.
  if (shown?.underWay) {
    if (!offer || !asked || offer.route === shown.route) return;
    end();
  }
  // Neither pulled away from under the visitor's hands nor swapped for something else there.
  if (shown && hasFocus() && !asked) return;
  if (!offer || (session.leftAlone && !asked)) hide();
  else if (offer.key === shown?.key) refresh(offer);
  else show(offer);
}

/** The visitor refuses what is on the screen. */
const dismiss = () => {
  const gone = shown;
  hide();
  learnTouch(touchOf(gone), 'dismissed');
  tell('dismiss', gone.touch);
  lookAgain();
};

/** What was under way is over; `solved` as the visitor says, if they say. */
function end(solved) {
  const { route, contact } = shown;
  hide();
  if (contact) endAssistant(contact, solved);
  else if (route !== 'none') setHandledBy(undefined);
}

/** Keeps something of ours on the screen until the visitor closes it. */
const keep = (markup, changes = {}) => {
  shown = { ...shown, ...changes, underWay: true };
  fill(card, markup);
};

const acts = {
  later: dismiss,

  never() {
    const gone = shown;
    learnTouch(touchOf(gone), 'dismissed');
    tell('dismiss', gone.touch);
    leaveAlone(true);
    keep(noteCard(words().leftAlone), { route: 'none' });
    card.dataset.route = 'none';
    card.querySelector('button').focus();
    say(region, words().leftAlone);
  },

  accept() {
    const taken = shown;
    if (taken.href?.startsWith('#/contact')) {
      // The link leads to the form; who leaves it without sending has not taken anything up.
      takeOver(touchOf(taken));
      hide();
      return;
    }
    learnTouch(touchOf(taken), 'accepted');
    if (taken.href) {
      hide();
      return;
    }
    if (taken.route === 'chatbot') {
      keep(assistantCard());
      shown.contact = mountAssistant(card);
      return;
    }
    if (taken.route === 'human' || taken.route === 'specialist') setHandledBy({ route: taken.route });
    keep(takenCard(taken));
    card.querySelector('button').focus();
    say(region, `${taken.taken.title}. ${taken.taken.text}`);
  },

  close() {
    end();
    lookAgain();
  },

  solved() {
    end(true);
    say(region, words().assistant.glad);
    lookAgain();
  },

  unsolved() {
    end(false);
    lookAgain();
  },

  /** A person instead of what is offered: said once, and answered. */
  person() {
    const gone = shown;
    hide();
    learnTouch(touchOf(gone), 'accepted');
    tell('wish', 'person');
  },
};

/** A page was left on which something was asked for and not taken up: a quote is not carried after anybody. */
const onPage = () => {
  if (shown && !shown.underWay && shown.asked && shown.route === 'accountManager' && shown.page !== main.dataset.tactfulPage) dismiss();
  // A note has been read once the visitor goes on.
  else if (shown?.underWay && shown.route === 'none') hide();
  // A form was left that an offer had led to: what still stands is offered again, though nothing was decided anew.
  if (!shown) lookAgain();
};

const onFocusOut = ({ relatedTarget }) => {
  if (!shown || shown.underWay || card.contains(relatedTarget)) return;
  // After the focus has arrived where it is going.
  lookAgain();
};

export const startOffer = () => {
  place = keepClearOfFocus(card);
  document.addEventListener('tactful:decision', ({ detail }) => follow(detail));
  document.addEventListener('help:page', onPage);
  document.addEventListener('focusin', ({ target }) => {
    if (!card.contains(target)) lastOutside = target;
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented || !shown) return;
    if (shown.underWay) acts.close();
    else dismiss();
  });
  card.addEventListener('focusout', onFocusOut);
  card.addEventListener('click', (event) => {
    const act = event.target.closest('[data-act]')?.dataset.act;
    if (act && shown) acts[act]();
  });
};
