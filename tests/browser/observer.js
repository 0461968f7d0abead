// A page with the controls that make observers stumble, and the engine watching it.
import { load, observe } from '/pkg/page.js';

class Shadowed extends HTMLElement {
  connectedCallback() {
    const button = this.localName === 'x-offer';
    this.attachShadow({ mode: 'open' }).innerHTML = button ? '<button type="button">Not now</button>' : '<b>★</b>';
  }
}
customElements.define('x-icon', class extends Shadowed {});
customElements.define('x-offer', class extends Shadowed {});

const $ = (id) => document.getElementById(id);
$('alive').addEventListener('click', ({ target }) => target.setAttribute('aria-pressed', String(target.ariaPressed !== 'true')));
$('slow').addEventListener('click', ({ target }) => setTimeout(() => (target.textContent += '!'), 1000));
$('press').addEventListener('pointerdown', () => ($('menu').hidden = false));

const tactful = await load('/pkg/starter.tactful', { unsigned: true });
const person = tactful.person('visitor');
let order = [];
const begin = () => {
  const visit = person.visit({ salt: 0 });
  const observer = observe(visit, { moment: () => ({ now: Date.now() }), record: true });
  return { visit, observer };
};
document.addEventListener('tactful:error', ({ detail }) => order.push(String(detail)));
globalThis.test = { tactful, person, begin, observe, errors: () => order, ...begin() };
document.documentElement.dataset.engine = 'ready';
