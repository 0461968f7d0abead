import { element, fill, html } from '../site/dom.js';

const KEY = 'dayloom.tour';

/** A minute's worth: each step says one thing, and where to look. */
const STEPS = [
  { title: 'A help center that knows when to be quiet', text: 'Dayloom is invented; what decides here is real. It runs in this page, and nothing about you is sent.' },
  { title: 'Make some trouble', text: 'In the account, “Export my data” is broken on purpose. Press it a few times, as one does.', go: '#/account', point: '#export-data' },
  { title: 'Then help comes, or it does not', text: 'An offer says why it is there, promises something, and has two equal ways to say no. Closed stays closed.', point: '#offer' },
  { title: 'Look behind it', text: 'This button shows signals, scores, every guard with its reason, the promise, and what the visitor would be told.', point: '#drawer-toggle' },
  { title: 'Be somebody else', text: 'An open case, a broken promise, the middle of the night: choose a visitor, and the same page behaves otherwise.', point: '#situation' },
];

/** Kept in the browser; where that is not allowed, for as long as the page is open. */
let over = false;
const seen = () => {
  try {
    return over || localStorage.getItem(KEY) !== null;
  } catch {
    return over;
  }
};
const remember = () => {
  over = true;
  try {
    localStorage.setItem(KEY, 'seen');
  } catch {
    // Then it is offered again with the next page, and can be skipped again.
  }
};

const card = ({ title, text }, at) => html`
  <div>
    <p class="tour-count">${at + 1} of ${STEPS.length}</p>
    <h2 id="tour-title" tabindex="-1">${title}</h2>
    <p>${text}</p>
    <div class="button-row">
      <button type="button" class="button button-strong button-small" data-tour="next">${at === STEPS.length - 1 ? 'Done' : 'Next'}</button>
      ${at < STEPS.length - 1 && html`<button type="button" class="button button-small" data-tour="skip">Skip the tour</button>`}
    </div>
  </div>`;

/** Offered once, at the first visit; skipped or finished, it never returns. */
export const startTour = () => {
  if (seen()) return;
  const tour = element(html`<aside class="tour" aria-labelledby="tour-title" data-tactful-ignore></aside>`);
  let at = 0;

  const point = (selector) => {
    for (const pointed of document.querySelectorAll('.pointed-at')) pointed.classList.remove('pointed-at');
    if (selector) document.querySelector(selector)?.classList.add('pointed-at');
  };
  const end = () => {
    remember();
    point();
    const inside = tour.contains(document.activeElement);
    tour.remove();
    if (inside) document.querySelector('main').focus();
  };
  const show = (focus) => {
    const step = STEPS[at];
    if (step.go) location.hash = step.go;
    fill(tour, card(step, at));
    // After the page has been exchanged, which puts the focus on its heading.
    setTimeout(() => {
      point(step.point);
      if (focus) tour.querySelector('h2')?.focus({ preventScroll: true });
    });
  };

  tour.addEventListener('click', ({ target }) => {
    const act = target.closest('[data-tour]')?.dataset.tour;
    if (!act) return;
    at += 1;
    if (act === 'skip' || at === STEPS.length) end();
    else show(true);
  });
  tour.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    end();
  });
  document.querySelector('.demobar').after(tour);
  show(false);
};
