import { html } from '../../site/dom.js';

const FULL = 1000;

/** A bar for a value of 0..1000. The number stands beside it in text, so the bar itself says nothing. */
export const bar = html`<span class="bar" aria-hidden="true"><span class="bar-fill"></span></span>`;

export const setBar = (root, value) => {
  const share = Math.min(FULL, Math.max(0, value ?? 0)) / FULL;
  root.querySelector('.bar-fill').style.setProperty('inline-size', `${share * 100}%`);
};

/** `zeroResultSearch` and `zero_result_search` both as "zero result search". */
export const plain = (name) =>
  String(name).replace(/_/g, ' ').replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
