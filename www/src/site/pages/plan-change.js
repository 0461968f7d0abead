import { currentPlan, planById, plans, priceOf } from '../content/plans.js';
import { element, fill, html, say } from '../dom.js';
import { SEATS } from '../organisation.js';
import { askServer } from '../service.js';

const choice = (one, chosen) => html`
  <label class="choice">
    <input type="radio" name="plan" value="${one.id}" ${one.id === chosen && html`checked`} ${one.seats < SEATS.taken && html`disabled`} />
    <span class="choice-text">
      <strong>${one.name}</strong>
      <span>${one.seats} seats · ${priceOf(one)}${one.price > 0 && ' a month'}</span>
      ${one.seats < SEATS.taken && html`<span class="choice-note">You have ${SEATS.taken} active people. Archive ${SEATS.taken - one.seats} first.</span>`}
      ${one.id === currentPlan && html`<span class="choice-note">Your plan today</span>`}
    </span>
  </label>`;

const review = (chosen) => html`
  <div class="review" tabindex="-1">
    <h2>From ${planById(currentPlan).name} to ${chosen.name}</h2>
    <p>${chosen.seats} seats from today, for ${priceOf(chosen)} a month. For the days left in this month the difference is on your next invoice.</p>
    <div class="form-end">
      <button class="button button-strong" type="button" id="book">Book the change</button>
      <p class="form-note" role="status" id="book-note"></p>
    </div>
  </div>`;

const booked = (chosen) => html`
  <div class="panel done" id="plan-done" tabindex="-1">
    <h2>You are on ${chosen.name}</h2>
    <p>In this demo nothing was booked, and nothing will be on your invoice.</p>
    <p><a href="#/account">Back to the account</a></p>
  </div>`;

/** The plan a link asked for, where it can be had; today's otherwise. */
const preselected = (id) => (planById(id)?.seats >= SEATS.taken ? id : currentPlan);

const mountReview = (form, chosen) => {
  const button = form.querySelector('#book');
  const note = form.querySelector('#book-note');
  button.addEventListener('click', async () => {
    button.disabled = true;
    say(note, 'Booking …');
    const worked = await askServer(form);
    button.disabled = false;
    // Left, or another plan was chosen meanwhile.
    if (worked === undefined || !button.isConnected) return;
    if (!worked) {
      say(note, 'The payment service did not answer. Nothing was booked and nothing was charged; please try again.');
      return;
    }
    const done = element(booked(chosen));
    form.replaceWith(done);
    done.focus();
  });
};

export const planChange = ({ query }) => ({
  page: 'plan-change',
  role: 'planChange',
  topic: 'billing',
  title: 'Change plan',
  markup: html`
    <div class="wrap narrow">
      <h1>Change plan</h1>
      <p class="lead">The new plan starts at once. What you have paid for this month is counted to the day.</p>
      <form class="panel form" id="plan-form">
        <fieldset class="choices">
          <legend>Plan</legend>
          ${plans.map((one) => choice(one, preselected(query.get('to'))))}
        </fieldset>
        <div class="form-end">
          <button class="button button-strong" type="submit">Review the change</button>
          <p class="form-note" role="status" id="plan-note"></p>
        </div>
        <div id="plan-review"></div>
      </form>
      <p><a href="#/pricing">Compare the plans</a> · <a href="#/article/change-plan">What happens when you change</a></p>
      <section class="panel" aria-labelledby="close-title">
        <h2 id="close-title">Close the account</h2>
        <p>You can use everything until the end of the month you have paid for. <a href="#/article/export-data">Take your data with you</a> first.</p>
        <button class="button" type="button" id="close-account">Close the account</button>
        <p class="form-note" role="status" id="close-note"></p>
      </section>
    </div>`,
  mount(root) {
    const form = root.querySelector('#plan-form');
    const place = root.querySelector('#plan-review');
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const chosen = planById(form.elements.plan.value);
      const changed = chosen.id !== currentPlan;
      say(root.querySelector('#plan-note'), changed ? '' : `You are on ${chosen.name} already; nothing changes.`);
      fill(place, changed ? review(chosen) : html``);
      if (!changed) return;
      mountReview(form, chosen);
      place.firstElementChild.focus();
    });
    // What was reviewed is what is booked: another choice is reviewed anew.
    form.addEventListener('change', () => fill(place, html``));
    root.querySelector('#close-account').addEventListener('click', () => say(root.querySelector('#close-note'), 'In this demo nothing is closed.'));
  },
});
