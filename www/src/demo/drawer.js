import { fill, html, say } from '../site/dom.js';
import { decideNow, session, signalsNow } from '../help/session.js';
import { decisionSection } from './drawer/decision.js';
import { explainSection } from './drawer/explain.js';
import { guardSection } from './drawer/guards.js';
import { handoffSection } from './drawer/handoff.js';
import { hostSection } from './drawer/host.js';
import { recordSection, replayBar } from './drawer/record.js';
import { scoreSection } from './drawer/scores.js';
import { signalSection } from './drawer/signals.js';
import { visitorSection } from './drawer/visitor.js';
import { storyNow } from './story.js';

const EVERY_MS = 1000;
const sections = [decisionSection, visitorSection, handoffSection, signalSection, scoreSection, guardSection, explainSection, hostSection, recordSection];

const drawer = document.querySelector('#drawer');
const button = document.querySelector('#drawer-toggle');
let timer;
let asked = false;

const stateWords = () => {
  if (session.state === 'loading') return 'The engine is loading.';
  if (session.state === 'off') return 'The page was opened without the engine, for comparison.';
  const { code, message } = session.failure ?? {};
  const reason = [code, message].filter(Boolean).join(': ');
  if (session.state === 'ready') return reason && `Something went wrong, and what it concerned was left out. (${reason})`;
  return `The engine did not start, so nothing is decided and nothing is offered. The help center does not need it. (${reason || 'unknown reason'})`;
};

/** What the sections show: a step of a replayed story, or the visit as it is now. */
const seenNow = () => {
  const replayed = recordSection.shown();
  if (replayed) return replayed;
  const decision = decideNow();
  return decision && { decision, signals: signalsNow(), startedAt: session.startedAt, now: Date.now(), replayed: 'live', story: storyNow };
};

const refresh = () => {
  if (drawer.hidden) return;
  say(drawer.querySelector('.drawer-state'), stateWords());
  drawer.querySelector('.drawer-body').hidden = session.state !== 'ready';
  if (session.state !== 'ready') return;
  const seen = seenNow();
  if (!seen) return;
  for (const section of sections) section.update(drawer, seen);
};

/** Several decisions in one frame are one picture; and the engine has returned by the next frame. */
const refreshSoon = () => {
  if (asked || drawer.hidden) return;
  asked = true;
  requestAnimationFrame(() => {
    asked = false;
    refresh();
  });
};

const setOpen = (open) => {
  drawer.hidden = !open;
  button.setAttribute('aria-expanded', String(open));
  clearInterval(timer);
  if (!open) return;
  refresh();
  timer = setInterval(refresh, EVERY_MS);
};

const close = () => {
  const inside = drawer.contains(document.activeElement);
  setOpen(false);
  if (inside) button.focus();
};

export const startDrawer = () => {
  fill(drawer, html`
    <div class="drawer-head">
      <h2>What tactful sees</h2>
      <button type="button" class="drawer-close" aria-label="Close">×</button>
    </div>
    <p class="drawer-state"></p>
    <div class="drawer-body" hidden>${replayBar}${sections.map(({ markup }) => markup)}</div>`);
  for (const section of sections) section.mount?.(drawer, refreshSoon);

  button.addEventListener('click', () => setOpen(drawer.hidden));
  drawer.querySelector('.drawer-close').addEventListener('click', close);
  drawer.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    // Meant for the drawer: an offer beside it stays.
    event.preventDefault();
    close();
  });
  document.addEventListener('tactful:decision', refreshSoon);
  document.addEventListener('help:session', refreshSoon);
};
