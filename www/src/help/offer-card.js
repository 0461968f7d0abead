import { html } from '../site/dom.js';
import { icon } from '../site/icons.js';
import { soFar } from '../site/organisation.js';
import { languageNow } from './host.js';
import { words } from './words.js';

const accept = ({ href, accept: label }) =>
  href
    ? html`<a class="button button-strong" href="${href}" data-act="accept">${label}</a>`
    : html`<button class="button button-strong" type="button" data-act="accept">${label}</button>`;

export const head = (name, title) => html`
  <div class="offer-head">
    <span class="offer-icon">${icon(name)}</span>
    <h2 id="offer-title">${title}</h2>
  </div>`;

const promise = ({ promise: text, due }) => text && html`<p class="offer-promise">${text}${due && html` <strong>${due}.</strong>`}</p>`;

const closing = () => html`<p class="offer-accept"><button class="button" type="button" data-act="close">${words().close}</button></p>`;

// What was asked for can be called off; what was not can also be refused for good.
const decline = ({ asked }) =>
  asked
    ? html`<p class="offer-accept"><button class="button" type="button" data-act="later">${words().cancel}</button></p>`
    : html`
      <div class="offer-decline">
        <button class="button" type="button" data-act="later">${words().later}</button>
        <button class="button" type="button" data-act="never">${words().never}</button>
      </div>`;

/** The offer, with two ways to refuse it that weigh the same. */
export const offerCard = (offer) => html`
  <div lang="${languageNow()}">
    ${head(offer.icon, offer.title)}
    ${offer.text && html`<p class="offer-text">${offer.text}</p>`}
    ${promise(offer)}
    <p class="offer-accept">${accept(offer)}</p>
    ${offer.also.includes('human') && html`<p class="offer-accept"><button class="button" type="button" data-act="person">${words().personInstead}</button></p>`}
    ${decline(offer)}
    ${offer.because.length > 0 && html`
      <details class="offer-why">
        <summary>${words().why}</summary>
        <ul>${offer.because.map((why) => html`<li>${why}</li>`)}</ul>
        <p>${words().local}</p>
      </details>`}
  </div>`;

const passedOn = ({ handoff }) => {
  const { fields } = words().form;
  return [...soFar(languageNow()), ...(handoff?.answered ?? []).map(({ field, value }) => `${fields[field] ?? field}: ${value}`)];
};

/** After a yes: what happens now, and what need not be said twice. */
export const takenCard = (offer) => {
  const lines = offer.handoff ? passedOn(offer) : [];
  return html`
    <div lang="${languageNow()}">
      ${head(offer.icon, offer.taken.title)}
      <p class="offer-text">${offer.taken.text}</p>
      ${promise(offer)}
      ${lines.length > 0 && html`<p class="offer-text">${words().passedOn}</p><ul class="offer-passed">${lines.map((line) => html`<li>${line}</li>`)}</ul>`}
      ${closing()}
    </div>`;
};

/** Something that was understood, and where to take it back. */
export const noteCard = (text) => html`
  <div lang="${languageNow()}">
    <p class="offer-text" id="offer-title">${text} <a href="#/offers">${words().choice}</a></p>
    ${closing()}
  </div>`;

export const spoken = (offer) => words().spoken(offer.title, offer.text, offer.promise, offer.due && `${offer.due}.`);
