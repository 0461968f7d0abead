import { currentPlan, planById, plans, priceOf } from '../content/plans.js';
import { html, say } from '../dom.js';
import { tell } from '../session.js';

const USED = 10;

const choice = (one) => html`
  <label class="choice">
    <input type="radio" name="plan" value="${one.id}" ${one.id === currentPlan ? 'checked' : ''} ${one.seats < USED ? 'disabled' : ''} />
    <span class="choice-text">
      <strong>${one.name}</strong>
      <span>${one.seats} seats · ${priceOf(one)}${one.price > 0 && ' a month'}</span>
      ${one.seats < USED && html`<span class="choice-note">You have ${USED} active people. Archive ${USED - one.seats} first.</span>`}
      ${one.id === currentPlan && html`<span class="choice-note">Your plan today</span>`}
    </span>
  </label>`;

export const planChange = () => ({
  page: 'plan-change',
  role: 'planChange',
  topic: 'plans',
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
      </form>
      <p><a href="#/pricing">Compare the plans</a></p>
    </div>`,
  mount(root) {
    const form = root.querySelector('#plan-form');
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const chosen = planById(form.elements.plan.value);
      const changed = chosen.id !== currentPlan;
      say(
        root.querySelector('#plan-note'),
        changed
          ? `${chosen.name} would cost ${priceOf(chosen)} a month from today. In this demo nothing is booked.`
          : `You are on ${chosen.name} already; nothing changes.`,
      );
      tell('form', form, 'ok');
      if (changed) tell('wish', 'buy');
    });
  },
});
