import { element, html, keep, say } from '../../site/dom.js';

/** The plain words somebody who asks "why am I seeing this", or "why not", would get. */
export const visitorSection = {
  markup: html`
    <section class="see see-visitor" aria-labelledby="see-visitor">
      <h3 id="see-visitor">What the visitor is told</h3>
      <blockquote>
        <p class="see-question"></p>
        <ul class="see-words"></ul>
        <p class="see-next"></p>
      </blockquote>
    </section>`,

  update(root, { decision }) {
    const section = root.querySelector('.see-visitor');
    say(section.querySelector('.see-question'), decision.route === 'none' ? 'Why am I not offered anything?' : 'Why am I seeing this?');
    keep(section.querySelector('.see-words'), decision.because, ({ code }) => code, () => element(html`<li></li>`), (item, { words }) => say(item, words));
    say(section.querySelector('.see-next'), decision.promise?.text ?? '');
  },
};
