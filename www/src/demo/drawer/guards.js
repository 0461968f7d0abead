import { element, html, keep, say } from '../../site/dom.js';
import { saidInstant } from '../../site/when.js';
import { session } from '../../help/session.js';
import { plain } from './bar.js';
import { GUARDS, PURPOSES, guardOf } from './names.js';

const HOLDS = { true: 'yes', false: 'no', unknown: 'not known' };

const purposeRow = html`
  <li class="guard">
    <p><span class="guard-name"></span> <span class="guard-verdict"></span></p>
    <ul class="blockers"></ul>
  </li>`;

const guardRow = html`<li class="guard"><p><span class="guard-name"></span> <span class="guard-verdict"></span></p></li>`;

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
    (item, { guard, code, words, until, evidence }) => {
      const end = until === undefined ? '' : ` Until ${saidInstant(until)}.`;
      const permission = guard?.startsWith('consent.') ? ` (${guard.slice(8)})` : '';
      say(item.querySelector('span'), `${session.tactful?.words(code)?.staff ?? words ?? plain(code)}${permission}${end}`);
      say(item.querySelector('code'), code);
      item.title = evidence.join(', ');
    },
  );

/** Every guard with what it holds back, and until when; those without an objection too. */
const guardStates = (verdicts) => {
  const closed = new Map();
  for (const [purpose, { blockers = [] }] of Object.entries(verdicts)) {
    for (const blocker of blockers) {
      const name = guardOf(blocker);
      const { purposes = [], ends = [] } = closed.get(name) ?? {};
      closed.set(name, { purposes: [...purposes, purpose], ends: [...ends, blocker.until] });
    }
  }
  const unnamed = [...closed.keys()].filter((name) => !Object.hasOwn(GUARDS, name));
  return [...Object.keys(GUARDS), ...unnamed].map((name) => ({ name, said: GUARDS[name] ?? plain(name), ...closed.get(name) }));
};

const stateWords = ({ purposes, ends }) => {
  if (!purposes) return 'no objection';
  const until = ends.includes(undefined) ? '' : `, until ${saidInstant(Math.max(...ends))}`;
  return `holds back ${[...new Set(purposes)].map(plain).join(', ')}${until}`;
};

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
      <details class="all-guards">
        <summary>All guards, one by one</summary>
        <ul></ul>
      </details>
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
      () => element(purposeRow),
      (item, verdict) => {
        item.dataset.purpose = verdict.purpose;
        item.dataset.allowed = String(verdict.allowed);
        say(item.querySelector('.guard-name'), verdict.name);
        say(item.querySelector('.guard-verdict'), verdictWords(verdict));
        updateBlockers(item.querySelector('.blockers'), verdict.blockers ?? []);
      },
    );
    keep(
      section.querySelector('.all-guards ul'),
      guardStates(decision.verdicts),
      ({ name }) => name,
      () => element(guardRow),
      (item, state) => {
        item.dataset.guard = state.name;
        item.dataset.allowed = String(!state.purposes);
        say(item.querySelector('.guard-name'), state.said);
        say(item.querySelector('.guard-verdict'), stateWords(state));
      },
    );
    updateReadiness(section.querySelector('.readiness'), decision.scores?.readiness);
  },
};
