/** Markup that was written by this site (or already escaped), as opposed to a value that must be escaped. */
class Markup {
  constructor(text) {
    this.text = text;
  }
  toString() {
    return this.text;
  }
}

const ESCAPES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (value) => String(value).replace(/[&<>"']/g, (sign) => ESCAPES[sign]);

const part = (value) => {
  if (value === null || value === undefined || value === false) return '';
  if (Array.isArray(value)) return value.map(part).join('');
  return value instanceof Markup ? value.text : escape(value);
};

/** A template whose values are escaped unless they come from another template. */
export const html = (strings, ...values) =>
  new Markup(strings.reduce((text, string, index) => text + part(values[index - 1]) + string));

/** For text of our own that already is markup, such as the bodies of articles. */
export const trusted = (text) => new Markup(text);

// The one gate to innerHTML: the page's security policy refuses every other (`require-trusted-types-for`).
const gate = globalThis.trustedTypes?.createPolicy('dayloom', { createHTML: (text) => text });
const checked = (markup) => {
  if (!(markup instanceof Markup)) throw new TypeError('only markup made by html`` or trusted() is shown');
  return gate ? gate.createHTML(markup.text) : markup.text;
};

export const fill = (element, markup) => {
  element.innerHTML = checked(markup);
};

export const element = (markup) => {
  const template = document.createElement('template');
  template.innerHTML = checked(markup);
  return template.content.firstElementChild;
};

/**
 * Brings the children of a list in line with the items, keeping the nodes of items that stay: a
 * list rebuilt every second would close opened details, lose selections and restart screen readers.
 */
export const keep = (list, items, keyOf, create, update) => {
  const known = new Map([...list.children].map((child) => [child.dataset.key, child]));
  items.forEach((item, index) => {
    const key = String(keyOf(item));
    let child = known.get(key);
    known.delete(key);
    if (!child) {
      child = create(item);
      child.dataset.key = key;
    }
    update(child, item);
    if (list.children[index] !== child) list.insertBefore(child, list.children[index] ?? null);
  });
  for (const child of known.values()) child.remove();
};

/** Writes text only when it differs, so that an unchanged line causes no mutation. */
export const say = (node, text) => {
  if (node.textContent !== text) node.textContent = text;
};
