import { element, html, keep, say } from '../../site/dom.js';
import { saidAge } from '../../site/when.js';
import { bar, plain, setBar } from './bar.js';

// Signals carry times of the visit; a value this large can only be a wall clock.
const WALL_CLOCK_FROM = 100_000_000_000;
const wallClock = (at, startedAt) => (at >= WALL_CLOCK_FROM ? at : startedAt + at);

const row = html`
  <li class="signal">
    <span class="signal-kind"></span> <span class="signal-count"></span>
    ${bar} <span class="signal-grade"></span>
    <span class="signal-age"></span>
  </li>`;

export const signalSection = {
  markup: html`
    <section class="see see-signals" aria-labelledby="see-signals">
      <h3 id="see-signals">Signals</h3>
      <p class="see-none">No signal yet. Press a button that does nothing, or search for something that is not there.</p>
      <ul class="signals"></ul>
    </section>`,

  update(root, { signals, startedAt, now }) {
    const section = root.querySelector('.see-signals');
    const newestFirst = [...signals].sort((a, b) => b.at - a.at);
    section.querySelector('.see-none').hidden = newestFirst.length > 0;
    keep(
      section.querySelector('.signals'),
      newestFirst,
      ({ kind, at, target, page }) => [kind, at, target, page].join('|'),
      () => element(row),
      (item, { kind, at, count, grade, definition }) => {
        say(item.querySelector('.signal-kind'), plain(kind));
        say(item.querySelector('.signal-count'), count > 1 ? `× ${count}` : '');
        say(item.querySelector('.signal-grade'), String(grade ?? ''));
        say(item.querySelector('.signal-age'), saidAge(now - wallClock(at, startedAt)));
        if (definition) item.title = `Definition ${definition}`;
        setBar(item, grade);
      },
    );
  },
};
