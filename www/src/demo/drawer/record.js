import { html, say } from '../../site/dom.js';
import { languageNow } from '../../help/host.js';
import { downloadStory, momentOf, policyPatch, storyNow } from '../story.js';
import { readStory, replay } from '../replay.js';
import { plain } from './bar.js';
import { ROUTES } from './names.js';

const recorded = import.meta.glob('../../../../examples/stories/recorded-*.json', { query: '?raw', import: 'default' });
const nameOf = (path) => plain(path.replace(/^.*recorded-|\.json$/g, '').replaceAll('-', ' '));

let playing; // { story, steps, at }
let wanted = 0; // which of several choices was the last

const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

/** The story up to a step: what explains that decision, and not the last one. */
const upTo = (story, at) => {
  const now = Math.max(story.visit.startedAt + at, story.visit.startedAt);
  return {
    ...story,
    history: story.history.filter((event) => event.at <= now),
    visit: { ...story.visit, events: story.visit.events.filter(({ t }) => Math.ceil(t) <= at) },
    moment: momentOf(story, now),
  };
};

/** Stands above the sections while they show a replayed story. */
export const replayBar = html`
  <div class="replaying" hidden>
    <p><strong class="replay-name"></strong></p>
    <label for="replay-at">Instant</label>
    <input type="range" id="replay-at" min="0" value="0" />
    <p class="replay-step" role="status"></p>
    <ol class="replay-turns"></ol>
    <button type="button" class="button button-small" id="replay-end">Back to the live visit</button>
  </div>`;

/** Keeps a visit as a file, and plays one again: decided anew, event by event, in this page. */
export const recordSection = {
  markup: html`
    <section class="see see-record" aria-labelledby="see-record">
      <h3 id="see-record">Record and replay</h3>
      <p class="see-none">Every visit here is a story: a file that decides the same on any machine.</p>
      <div class="button-row">
        <button type="button" class="button button-small" id="record">Download this visit</button>
        <button type="button" class="button button-small" id="replay-this">Replay this visit</button>
      </div>
      <div class="field">
        <label for="replay-recorded">Replay a recorded visit</label>
        <select id="replay-recorded"><option value="">Choose …</option>${Object.keys(recorded).map((path) => html`<option value="${path}">${nameOf(path)}</option>`)}</select>
      </div>
      <div class="field">
        <label for="replay-file">or a story file</label>
        <input type="file" id="replay-file" accept=".json,application/json" />
      </div>
      <p class="field-problem" id="replay-problem" role="alert" hidden></p>
    </section>`,

  mount(root, changed) {
    const section = root.querySelector('.see-record');
    const bar = root.querySelector('.replaying');
    const slider = bar.querySelector('#replay-at');
    const problem = section.querySelector('#replay-problem');

    const show = (at) => {
      playing.at = at;
      slider.value = String(at);
      const { what, at: time, decision } = playing.steps[at];
      const said = `${at + 1} of ${playing.steps.length}: ${plain(what)} at ${seconds(time)}, ${ROUTES[decision.route]}`;
      say(bar.querySelector('.replay-step'), said);
      slider.setAttribute('aria-valuetext', said);
      root.dataset.replay = 'on';
      changed();
    };

    /** Does something that may go wrong, and says so. */
    const attempt = async (what, act) => {
      try {
        await act();
        problem.hidden = true;
        return true;
      } catch (error) {
        problem.hidden = false;
        say(problem, `${what}: ${error.message}`);
        return false;
      }
    };

    const begin = async (told) => {
      wanted += 1;
      const mine = wanted;
      let next;
      const worked = await attempt('This story cannot be replayed', async () => {
        const story = await readStory(await told());
        next = { story, steps: await replay(story, await policyPatch(languageNow())), at: 0 };
      });
      if (!worked || mine !== wanted) return;
      playing = next;
      const { steps } = playing;
      bar.hidden = false;
      say(bar.querySelector('.replay-name'), playing.story.name);
      slider.max = String(steps.length - 1);
      const turns = steps.map(({ decision: { route } }, at) => ({ at, route })).filter(({ at, route }) => at === 0 || route !== steps[at - 1].decision.route);
      bar.querySelector('.replay-turns').replaceChildren(...turns.map(({ at, route }) => {
        const item = document.createElement('li');
        const button = document.createElement('button');
        button.type = 'button';
        button.textContent = `${seconds(steps[at].at)}: ${ROUTES[route]}`;
        button.addEventListener('click', () => show(at));
        item.append(button);
        return item;
      }));
      show(steps.length - 1);
      slider.focus();
    };

    section.querySelector('#record').addEventListener('click', () => attempt('This visit cannot be kept', downloadStory));
    section.querySelector('#replay-this').addEventListener('click', () => begin(async () => JSON.stringify(await storyNow())));
    section.querySelector('#replay-recorded').addEventListener('change', ({ target }) => target.value && begin(recorded[target.value]));
    section.querySelector('#replay-file').addEventListener('change', ({ target }) => target.files[0] && begin(() => target.files[0].text()));
    slider.addEventListener('input', () => show(Number(slider.value)));
    bar.querySelector('#replay-end').addEventListener('click', () => {
      playing = undefined;
      delete root.dataset.replay;
      bar.hidden = true;
      section.querySelector('#replay-recorded').value = '';
      section.querySelector('#replay-file').value = '';
      section.querySelector('#record').focus();
      changed();
    });
  },

  /** The step that is looked at, as the other sections take it; nothing while the visit is live. */
  shown() {
    if (!playing) return undefined;
    const { story, steps, at } = playing;
    const step = steps[at];
    const { startedAt } = story.visit;
    return { ...step, startedAt, now: startedAt + step.at, replayed: `${story.name} ${at}`, story: async () => upTo(story, step.at) };
  },

  update() {},
};
