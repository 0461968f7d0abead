import { element, html, keep, say } from '../../site/dom.js';

/** What stands in the packet, under names for whoever takes over. */
const parts = ({ matter, timeline, tried, answered, open, consent, effort, doNotAsk }) =>
  [
    ['About', matter],
    ['So far', timeline.join(' → ')],
    ['Tried', tried.join('; ')],
    ['Known', answered.map(({ field, value }) => `${field} ${value}`).join('; ')],
    ['Still open', open.join(', ')],
    ['Not to be asked', doNotAsk.join(', ')],
    ['Effort so far', effort],
    ['Allowed', consent.join(', ')],
  ].filter(([, text]) => text);

/** The packet for whoever takes over, so that nobody tells their story twice. */
export const handoffSection = {
  markup: html`
    <section class="see see-handoff" aria-labelledby="see-handoff" hidden>
      <h3 id="see-handoff">What whoever takes over reads</h3>
      <dl class="packet"></dl>
    </section>`,

  update(root, { decision: { handoff } }) {
    const section = root.querySelector('.see-handoff');
    section.hidden = !handoff;
    keep(
      section.querySelector('.packet'),
      handoff ? parts(handoff) : [],
      ([name]) => name,
      () => element(html`<div><dt></dt><dd></dd></div>`),
      (item, [name, text]) => {
        say(item.querySelector('dt'), name);
        say(item.querySelector('dd'), text);
      },
    );
  },
};
