import { languageNow } from '../../help/host.js';
import { learnAnswer, learnContact, session, tell } from '../../help/session.js';
import { words } from '../../help/words.js';
import { topicById } from '../content/index.js';
import { element, html, say } from '../dom.js';
import { PHONE_PATTERN } from '../fields.js';
import { saidInstant } from '../when.js';

const INPUTS = {
  email: { type: 'email', autocomplete: 'email' },
  phone: { type: 'tel', autocomplete: 'tel', pattern: PHONE_PATTERN },
};
const PLAIN = { type: 'text', autocomplete: 'off' };

const titled = (said, { route }) => said[route] ?? said.other;

/** What is passed on, so that nobody has to say it again. */
const passedOn = ({ handoff }) => {
  const { fields, tried } = words().form;
  const known = (handoff?.answered ?? []).map(({ field, value }) => [fields[field] ?? field, field === 'topic' ? (topicById(value)?.name ?? value) : value]);
  return [...known, ...(handoff?.tried ?? []).map((what) => [tried, what])];
};

const question = ({ ask }) => {
  if (!ask) return undefined;
  const { type, autocomplete, pattern } = INPUTS[ask.field] ?? PLAIN;
  return html`
    <div class="field">
      <label for="handoff-answer">${words().form.labels[ask.field] ?? ask.field}</label>
      <p class="form-note" id="handoff-why">${ask.why}</p>
      <input id="handoff-answer" name="answer" type="${type}" autocomplete="${autocomplete}" ${pattern && html`pattern="${pattern}"`} required aria-describedby="handoff-why handoff-problem" />
      <p class="field-problem" id="handoff-problem" hidden></p>
    </div>`;
};

/** The form of whoever was handed over: what is known is filled in, and at most one thing is asked. */
export const handoffForm = (taken) => {
  const said = words().form;
  const lines = passedOn(taken);
  return html`
    <form class="panel form" id="handoff-form" lang="${languageNow()}" novalidate aria-labelledby="handoff-title">
      <h2 id="handoff-title">${titled(said.titles, taken)}</h2>
      ${taken.promise && html`<p>${taken.promise}${taken.dueBy && ` ${said.due(saidInstant(taken.dueBy))}`}</p>`}
      ${lines.length > 0 && html`
        <section class="passed-on" aria-labelledby="passed-title">
          <h3 id="passed-title">${said.passedOn}</h3>
          <dl>${lines.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
        </section>`}
      ${question(taken)}
      <div class="form-end">
        <button class="button button-strong" type="submit">${titled(said.send, taken)}</button>
        <p class="form-note">${said.demo}</p>
      </div>
    </form>`;
};

const confirmation = ({ dueBy }) => {
  const said = words().form;
  return html`
    <div class="panel done" id="handoff-done" lang="${languageNow()}" tabindex="-1">
      <h2>${said.done}</h2>
      <p>${said.doneText(dueBy && saidInstant(dueBy))}</p>
      <p><a href="#/">${said.back}</a></p>
    </div>`;
};

export const mountHandoff = (form, taken) => {
  const answer = form.querySelector('#handoff-answer');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (answer && !answer.checkValidity()) {
      const problem = form.querySelector('#handoff-problem');
      const { problems } = words().form;
      problem.hidden = false;
      say(problem, problems[taken.ask.field] ?? problems.topic);
      answer.setAttribute('aria-invalid', 'true');
      tell('form', form, 'failed');
      answer.focus();
      return;
    }
    tell('form', form, 'ok');
    if (answer) learnAnswer(taken.ask.field, answer.value.trim());
    // From now on a person owes an answer.
    learnContact('form', taken.route === 'callback' ? 'phone' : 'email', 'started');
    session.taken = undefined;
    const done = element(confirmation(taken));
    form.replaceWith(done);
    done.focus();
  });
};
