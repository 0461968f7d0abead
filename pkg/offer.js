// <tactful-offer>: shows what was decided, and tells what became of it. It never takes the focus, never goes away
// by itself, and weighs both ways to refuse it the same.
import { STYLE } from './offer-style.js';
import { WORDS } from './offer-words.js';
import { keepClear } from './offer-place.js';

/** Long enough for every screen reader to have taken it up. */
const SAID = 5000;
/** Where a person waits by a date, it is a message that is left. */
const PEOPLE = ['human', 'specialist'];
const filled = (text, values, as = String) => text.replace(/\{(\w+)\}/g, (_, name) => as(values[name] ?? ''));

function node(tag, { text, part, ...more } = {}, ...inside) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (part) made.setAttribute('part', part);
  for (const [name, value] of Object.entries(more)) {
    if (name === 'onclick') made.addEventListener('click', value);
    else if (value !== undefined) made.setAttribute(name, value);
  }
  fill(made, ...inside);
  return made;
}
function fill(into, ...inside) {
  if (inside.length > 0) into.replaceChildren(...inside.filter(Boolean));
}

function when(at, lang) {
  const day = { weekday: 'long', day: 'numeric', month: 'long', hour: 'numeric', minute: '2-digit' };
  try {
    return new Intl.DateTimeFormat(lang, day).format(at);
  } catch {
    // The site's name for it is none.
    return new Intl.DateTimeFormat(undefined, day).format(at);
  }
}

export class TactfulOffer extends (globalThis.HTMLElement ?? Object) {
  /** Words by language; a site adds its own: `TactfulOffer.words.fr = { … }`. What is missing is English. */
  static words = WORDS;

  #card = node('section', { part: 'card', class: 'card', 'aria-labelledby': 'title', hidden: '' });
  #said = node('p', { class: 'said', role: 'status' });
  #offer;
  #outside;
  #over;
  #clear;
  #quieten;
  /** What was decided while somebody had their hands on the card. */
  #meanwhile;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    root.append(this.#said, this.#card);
    this.#card.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      event.preventDefault();
      if (this.#offer) this.#dismiss(false);
      else this.#hide();
    });
  }

  connectedCallback() {
    // What happens in here is no signal of the page.
    this.setAttribute('data-tactful-ignore', '');
    this.#over = new AbortController();
    const { signal } = this.#over;
    const page = this.ownerDocument;
    page.addEventListener('tactful:decision', (event) => this.#decided(event), { signal });
    page.addEventListener('tactful:withdrawn', ({ detail }) => detail.touch === this.#offer?.touch && this.#hide(), { signal });
    page.addEventListener('focusin', ({ target }) => {
      if (target !== this) this.#outside = target;
    }, { signal });
    // Once they have let go.
    this.addEventListener('focusout', ({ relatedTarget }) => {
      if (this.#meanwhile && relatedTarget !== this) setTimeout(() => this.#meanwhile && this.#follow(this.#meanwhile.offer));
    }, { signal });
    this.#clear = keepClear(this, this.#card, signal);
    // What was decided before it came.
    if (!this.#offer) this.dispatchEvent(new CustomEvent('tactful:ready', { detail: { show: (offer) => this.#follow(offer) }, bubbles: true, composed: true }));
  }

  disconnectedCallback() {
    this.#over.abort();
    // A card that is only moved keeps what it shows.
    queueMicrotask(() => this.isConnected || this.#hide());
  }

  /** Whether an offer is on the screen. */
  get open() {
    return this.#offer !== undefined;
  }

  get #language() {
    return this.closest('[lang]')?.lang || navigator.language;
  }

  /** The words of the page's language, each of them or the English one; and which language that is. */
  get #words() {
    const known = new Map(Object.entries(TactfulOffer.words).map(([name, words]) => [name.toLowerCase(), words]));
    const asked = this.#language.toLowerCase();
    const lang = [asked, asked.split('-')[0]].find((name) => known.has(name)) ?? 'en';
    const own = known.get(lang);
    const each = Object.entries(TactfulOffer.words.en).map(([name, english]) => [name, typeof english === 'string' ? (own[name] ?? english) : { ...english, ...own[name] }]);
    return { ...Object.fromEntries(each), lang };
  }

  #decided(event) {
    const { touch, detail: decision } = event;
    // After everybody on the page has heard it: one of them may not want it to be shown.
    queueMicrotask(() => {
      const silent = event.defaultPrevented || decision.route === 'none' || touch === undefined;
      this.#follow(silent ? undefined : { touch, decision });
    });
  }

  /** Neither taken away nor swapped nor drawn anew under somebody's hands, unless they asked. */
  #follow(offer) {
    const busy = this.#offer && this.matches(':focus-within') && !(offer && isAsked(offer.decision));
    this.#meanwhile = busy ? { offer } : undefined;
    if (busy) return;
    if (offer) this.#show(offer);
    else if (this.#offer) this.#hide();
  }

  #show(offer) {
    const led = ({ decision: { route, target } }) => `${route} ${target?.article} ${target?.dueBy === undefined}`;
    const known = this.#offer?.touch === offer.touch && led(this.#offer) === led(offer);
    this.#offer = offer;
    const lines = this.#draw(offer.decision);
    if (known) return;
    this.#card.hidden = false;
    this.#clear();
    if (!this.#tell('shown')) return this.#hide();
    this.#say(lines.join(' '));
  }

  #draw(decision) {
    const words = this.#words;
    const { route, target = {}, promise, also = [], because } = decision;
    const dated = target.dueBy !== undefined;
    const said = (dated && PEOPLE.includes(route) && words.dated) || words[route];
    const due = dated && filled(words.by, { due: when(target.dueBy, words.lang) });
    const lines = [`${said.title}${/[.?!]$/.test(said.title) ? '' : '.'}`, said.text, promise?.text, due].filter(Boolean);
    this.#card.lang = words.lang;
    const href = this.getAttribute(`${route.replace(/[A-Z]/g, '-$&').toLowerCase()}-href`);
    const accept = { part: 'accept', class: 'act accept wide', text: said.accept, onclick: (event) => this.#accept(event) };
    const asked = isAsked(decision);
    const open = this.#card.querySelector('details')?.open;
    fill(this.#card,
      node('h2', { id: 'title', part: 'title', text: said.title }),
      said.text && node('p', { part: 'text', text: said.text }),
      (promise || due) && node('p', { part: 'promise', class: 'promise', text: [promise?.text, due].filter(Boolean).join(' ') }),
      node('div', { class: 'acts' },
        href ? node('a', { ...accept, href: filled(href, target, encodeURIComponent) }) : node('button', { ...accept, type: 'button' }),
        also.some((other) => PEOPLE.includes(other)) && node('button', { part: 'person', class: 'wide', type: 'button', text: words.person, onclick: () => this.#person() }),
        node('button', { part: 'later', type: 'button', class: asked ? 'wide' : undefined, text: words.later, onclick: () => this.#dismiss(false) }),
        // What was asked for is not refused for good.
        !asked && node('button', { part: 'never', type: 'button', text: words.never, onclick: () => this.#dismiss(true) }),
      ),
      node('slot'),
      node('details', { part: 'why', ...(open && { open: '' }) },
        node('summary', { text: words.why }),
        node('ul', {}, ...because.map(({ words: why }) => node('li', { text: why }))),
        node('p', { text: words.local }),
      ),
    );
    return lines;
  }

  #accept(event) {
    const goesOn = this.#tell('accepted');
    if (!goesOn) event.preventDefault();
    this.#hide();
  }

  #person() {
    this.dispatchEvent(new CustomEvent('tactful:wish', { detail: { for: 'person', touch: this.#offer.touch }, bubbles: true, composed: true }));
    this.#hide();
  }

  #dismiss(never) {
    const words = this.#words;
    const { touch } = this.#offer;
    this.#tell('dismissed', { never });
    this.#hide(never);
    if (never) this.#note(words.left, words.undo, () => {
      this.dispatchEvent(new CustomEvent('tactful:never', { detail: { on: false, touch }, bubbles: true, composed: true }));
      this.#note(words.back);
    });
  }

  /** Something that was understood, and how to take it back; it was pressed for, so it has the focus. */
  #note(text, undo, act) {
    const close = node('button', { part: 'close', type: 'button', class: undo ? undefined : 'wide', text: this.#words.close, onclick: () => this.#hide() });
    fill(this.#card,
      node('h2', { id: 'title', part: 'title', text }),
      node('div', { class: 'acts' }, undo && node('button', { part: 'undo', type: 'button', text: undo, onclick: act }), close),
    );
    // Read with the focus, as the name of the region it comes into.
    this.#card.hidden = false;
    close.focus({ preventScroll: true });
  }

  /** `stays`: what comes next takes the focus. */
  #hide(stays = false) {
    const focused = this.matches(':focus-within');
    this.#offer = undefined;
    this.#meanwhile = undefined;
    this.#card.hidden = true;
    this.#card.replaceChildren();
    this.#say('');
    if (focused && !stays) (this.#outside?.isConnected ? this.#outside : this.ownerDocument.body).focus({ preventScroll: true });
  }

  /** Announced; and then gone, since it stands in the card as well. */
  #say(text) {
    clearTimeout(this.#quieten);
    this.#said.textContent = text;
    if (text) this.#quieten = setTimeout(() => this.#say(''), SAID);
  }

  #tell(step, more) {
    const detail = { touch: this.#offer.touch, decision: this.#offer.decision, ...more };
    return this.dispatchEvent(new CustomEvent(`tactful:${step}`, { detail, bubbles: true, composed: true, cancelable: true }));
  }
}

const isAsked = ({ because }) => because.some(({ code }) => code === 'customer_asked' || code === 'asked_for_person');

if (globalThis.customElements && !customElements.get('tactful-offer')) customElements.define('tactful-offer', TactfulOffer);
