import { element, html, keep, say } from '../dom.js';
import { saidInstant } from '../when.js';
import { plain } from './bar.js';

const PURPOSES = {
  answer: 'Answer what was asked',
  assist: 'Offer help on this page',
  serviceNotice: 'Send a service notice',
  reachOutHelp: 'Reach out with help',
  survey: 'Invite to a survey',
  pitch: 'Suggest a larger plan',
};

const HOLDS = { true: 'yes', false: 'no', unknown: 'not known' };

const row = html`
  <li class="guard">
    <p><span class="guard-name"></span> <span class="guard-verdict"></span></p>
    <ul class="blockers"></ul>
  </li>`;

const verdictWords = ({ allowed, deferUntil, blockers = [] }) => {
  if (allowed) return 'allowed';
  // A date is one of release only if every objection ends.
  return deferUntil === undefined || blockers.some(({ until }) => until === undefined) ? 'refused' : `not before ${saidInstant(deferUntil)}`;
};

const updateBlockers = (list, blockers) =>
  keep(
    list,
    blockers,
    ({ guard, code }) => `${guard}|${code}`,
    () => element(html`<li><span></span> <code></code></li>`),
    (item, { guard, code, words, until }) => {
      const end = until === undefined ? '' : ` Until ${saidInstant(until)}.`;
      const permission = guard?.startsWith('consent.') ? ` (${guard.slice(8)})` : '';
      say(item.querySelector('span'), `${words ?? plain(code)}${permission}${end}`);
      say(item.querySelector('code'), code);
    },
  );

const updateReadiness = (box, readiness) => {
  box.hidden = !readiness;
  say(box.querySelector('.readiness-proven'), readiness?.proven ? 'proven' : 'not proven');
  keep(
    box.querySelector('ul'),
    readiness?.proofs ?? [],
    ({ proof }) => proof,
    () => element(html`<li><span></span> <strong></strong></li>`),
    (item, { proof, holds }) => {
      say(item.querySelector('span'), plain(proof));
      say(item.querySelector('strong'), HOLDS[String(holds)] ?? String(holds));
      item.dataset.holds = String(holds);
    },
  );
};

export const guardSection = {
  markup: html`
    <section class="see see-guards" aria-labelledby="see-guards">
      <h3 id="see-guards">Guards</h3>
      <ul class="guards"></ul>
      <details class="readiness" hidden>
        <summary>Readiness to expand: <span class="readiness-proven"></span></summary>
        <ul></ul>
      </details>
    </section>`,

  update(root, { decision }) {
    const section = root.querySelector('.see-guards');
    const verdicts = Object.entries(PURPOSES)
      .filter(([purpose]) => decision.verdicts?.[purpose])
      .map(([purpose, name]) => ({ purpose, name, ...decision.verdicts[purpose] }));
    keep(
      section.querySelector('.guards'),
      verdicts,
      ({ purpose }) => purpose,
      () => element(row),
      (item, verdict) => {
        item.dataset.purpose = verdict.purpose;
        item.dataset.allowed = String(verdict.allowed);
        say(item.querySelector('.guard-name'), verdict.name);
        say(item.querySelector('.guard-verdict'), verdictWords(verdict));
        updateBlockers(item.querySelector('.blockers'), verdict.blockers ?? []);
      },
    );
    updateReadiness(section.querySelector('.readiness'), decision.scores?.readiness);
  },
};
