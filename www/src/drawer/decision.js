import { element, html, keep, say } from '../dom.js';
import { saidInstant } from '../when.js';
import { plain } from './bar.js';

const ROUTES = {
  none: 'Stay silent',
  status: 'Tell about the known problem',
  article: 'Suggest an article',
  chatbot: 'Offer the assistant',
  callback: 'Offer a call',
  human: 'Offer a person',
  specialist: 'Offer a specialist',
  accountManager: 'Account manager',
  messageForm: 'Offer the message form',
};

const target = ({ target: to }) =>
  [to?.article && `article ${to.article}`, to?.offer && `offer ${to.offer}`, to?.dueBy && `answer by ${saidInstant(to.dueBy)}`]
    .filter(Boolean)
    .join(', ');

export const decisionSection = {
  markup: html`
    <section class="see see-decision" aria-labelledby="see-decision">
      <h3 id="see-decision">Decision</h3>
      <p class="see-route"><strong></strong> <code></code></p>
      <p class="see-target"></p>
      <p class="see-promise"></p>
      <ul class="see-because"></ul>
    </section>`,

  update(root, { decision }) {
    const section = root.querySelector('.see-decision');
    say(section.querySelector('.see-route strong'), ROUTES[decision.route] ?? decision.route);
    say(section.querySelector('.see-route code'), decision.route);
    say(section.querySelector('.see-target'), target(decision));
    const { promise } = decision;
    const due = promise?.due === undefined ? '' : ` (due ${saidInstant(promise.due)})`;
    say(section.querySelector('.see-promise'), promise ? `Promise: ${promise.text}${due}` : '');
    keep(
      section.querySelector('.see-because'),
      decision.because ?? [],
      ({ code }) => code,
      () => element(html`<li><span></span> <code></code></li>`),
      (item, { code, words }) => {
        say(item.querySelector('span'), words ?? plain(code));
        say(item.querySelector('code'), code);
      },
    );
  },
};
