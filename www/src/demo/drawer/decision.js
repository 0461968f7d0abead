import { element, html, keep, say } from '../../site/dom.js';
import { saidInstant } from '../../site/when.js';
import { session } from '../../help/session.js';
import { plain } from './bar.js';
import { ROUTES } from './names.js';

const KINDS = { fasterHelp: 'faster help', clearerNextStep: 'a clearer next step', smarterPersonalization: 'smarter personalization' };

const target = ({ target: to }) =>
  [to?.article && `article ${to.article}`, to?.offer && `offer ${to.offer}`, to?.dueBy && `answer by ${saidInstant(to.dueBy)}`]
    .filter(Boolean)
    .join(', ');

const promised = ({ promise }) =>
  promise ? `Promise, ${KINDS[promise.kind] ?? promise.kind}: ${promise.text} Due ${saidInstant(promise.due)}, kept when: ${promise.check}.` : '';

/** For staff; what the visitor reads stands in a section of its own. */
const forStaff = ({ code, words }) => session.tactful?.words(code)?.staff ?? words ?? plain(code);

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
    say(section.querySelector('.see-promise'), promised(decision));
    keep(
      section.querySelector('.see-because'),
      decision.because ?? [],
      ({ code }) => code,
      () => element(html`<li><span></span> <code></code></li>`),
      (item, reason) => {
        say(item.querySelector('span'), forStaff(reason));
        say(item.querySelector('code'), reason.code);
        item.title = reason.evidence.join(', ');
      },
    );
  },
};
