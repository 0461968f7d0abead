import { html } from './dom.js';
import { icon } from './icons.js';

const accept = ({ href, accept: label }) =>
  href
    ? html`<a class="button button-strong" href="${href}" data-act="accept">${label}</a>`
    : html`<button class="button button-strong" type="button" data-act="accept">${label}</button>`;

const head = (name, title) => html`
  <div class="offer-head">
    <span class="offer-icon">${icon(name)}</span>
    <h2 id="offer-title">${title}</h2>
  </div>`;

const promise = ({ promise: text }) => text && html`<p class="offer-promise">${text}</p>`;

// What was asked for can be called off; what was not can also be refused for good.
const decline = ({ asked }) =>
  asked
    ? html`<p class="offer-accept"><button class="button" type="button" data-act="later">Cancel</button></p>`
    : html`
      <div class="offer-decline">
        <button class="button" type="button" data-act="later">Not now</button>
        <button class="button" type="button" data-act="never">Don’t offer help here again</button>
      </div>`;

/** The offer, with two ways to refuse it that weigh the same. */
export const offerCard = (offer) => html`
  ${head(offer.icon, offer.title)}
  ${offer.text && html`<p class="offer-text">${offer.text}</p>`}
  ${promise(offer)}
  <p class="offer-accept">${accept(offer)}</p>
  ${offer.also.includes('human') && html`<p class="offer-accept"><button class="button" type="button" data-act="person">Talk to a person instead</button></p>`}
  ${decline(offer)}
  ${offer.because.length > 0 && html`
    <details class="offer-why">
      <summary>Why am I seeing this?</summary>
      <ul>${offer.because.map((words) => html`<li>${words}</li>`)}</ul>
      <p>Decided in this page. Nothing about your visit was sent.</p>
    </details>`}`;

const passedOn = (handoff) => [
  ...(handoff?.timeline ?? []),
  ...(handoff?.tried ?? []).map((what) => `Tried: ${what}`),
  ...(handoff?.answered ?? []).map(({ field, value }) => `${field}: ${value}`),
];

/** After a yes: what happens now, and what need not be said twice. */
export const takenCard = (offer) => {
  const lines = passedOn(offer.handoff);
  return html`
    ${head(offer.icon, offer.taken)}
    <p class="offer-text">${offer.takenText}</p>
    ${lines.length > 0 && html`<p class="offer-text">This is passed on, so you need not say it again:</p><ul class="offer-passed">${lines.map((line) => html`<li>${line}</li>`)}</ul>`}
    ${promise(offer)}
    <p class="offer-accept"><button class="button" type="button" data-act="close">Close</button></p>`;
};

export const spoken = (offer) =>
  ['Help offer:', offer.title, offer.text, offer.promise, 'It is at the end of this page. Escape closes it.']
    .filter(Boolean)
    .join(' ');
