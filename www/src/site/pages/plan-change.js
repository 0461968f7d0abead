import { tell } from '../../help/session.js';
import { currentPlan, planById, plans, priceOf } from '../content/plans.js';
import { element, fill, html, say } from '../dom.js';
import { SEATS } from '../organisation.js';
import { askServer } from '../service.js';

const choice = (one) => html`
  <label class="choice">
    <input type="radio" name="plan" value="${one.id}" ${one.id === currentPlan ? html`checked` : ''} ${one.seats < SEATS.taken ? html`disabled` : ''} />
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

const mountReview = (form, chosen) => {
  const button = form.querySelector('#book');
  const note = form.querySelector('#book-note');
  button.addEventListener('click', async () => {
    button.disabled = true;
    say(note, 'Booking …');
    try {
      await askServer('book');
    } catch {
      say(note, 'The payment service did not answer. Nothing was booked and nothing was charged; please try again.');
      tell('form', form, 'failed');
      return;
    } finally {
      button.disabled = false;
    }
    tell('form', form, 'ok');
    const done = element(booked(chosen));
    form.replaceWith(done);
    done.focus();
  });
};

export const planChange = () => ({
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
          ${plans.map(choice)}
        </fieldset>
        <div class="form-end">
          <button class="button button-strong" type="submit">Review the change</button>
          <p class="form-note" role="status" id="plan-note"></p>
        </div>
        <div id="plan-review"></div>
      </form>
      <p><a href="#/pricing">Compare the plans</a> · <a href="#/article/change-plan">What happens when you change</a></p>
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
      tell('wish', 'buy');
    });
  },
});
