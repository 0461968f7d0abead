import { tell } from '../../help/session.js';
import { currentPlan, plans, priceOf } from '../content/plans.js';
import { html, say } from '../dom.js';
import { SEATS } from '../organisation.js';

const plan = (one) => html`
  <section class="card plan ${one.id === currentPlan ? 'plan-current' : ''}" aria-labelledby="plan-${one.id}">
    <h2 id="plan-${one.id}">${one.name}</h2>
    ${one.id === currentPlan && html`<p class="tag">Your plan</p>`}
    <p class="price"><strong>${priceOf(one)}</strong>${one.price > 0 && html` <span>a month</span>`}</p>
    <p>${one.forWhom}</p>
    <ul class="ticks">${one.points.map((point) => html`<li>${point}</li>`)}</ul>
    <p class="plan-end"><a class="button ${one.seats > SEATS.taken && 'button-strong'}" href="#/plan-change?to=${one.id}">
      ${one.id === currentPlan ? 'Manage plan' : `Change to ${one.name}`}</a></p>
  </section>`;

export const pricing = () => ({
  page: 'pricing',
  role: 'pricing',
  topic: 'billing',
  readMs: 40_000,
  title: 'Plans',
  markup: html`
    <div class="wrap">
      <h1>Plans</h1>
      <p class="lead">Priced by how many people you plan. Change at any time; it counts to the day.</p>
      <div class="cards plans">${plans.map(plan)}</div>
      <section class="panel quote" aria-labelledby="quote-title">
        <div>
          <h2 id="quote-title">More than forty people?</h2>
          <p>Tell us roughly how many, and we answer with a written quote.</p>
        </div>
        <div>
          <button class="button" type="button" id="ask-quote">Ask for a quote</button>
          <p class="form-note" role="status" id="quote-note"></p>
        </div>
      </section>
    </div>`,
  mount(root) {
    root.querySelector('#ask-quote').addEventListener('click', () => {
      say(root.querySelector('#quote-note'), 'Noted. Leave your address on the contact page and the quote comes by e-mail.');
      tell('wish', 'quote');
    });
  },
});
