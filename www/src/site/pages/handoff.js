import { languageNow } from '../../help/host.js';
import { beginContact, learnAnswer, learnTouch, session, tell } from '../../help/session.js';
import { words } from '../../help/words.js';
import { topicIn } from '../content/index.js';
import { element, html } from '../dom.js';
import { EMAIL_PATTERN, PHONE_PATTERN, TEXT_PATTERN, checked } from '../fields.js';
import { soFar } from '../organisation.js';
import { saidInstant } from '../when.js';

const INPUTS = {
  email: { type: 'email', autocomplete: 'email', pattern: EMAIL_PATTERN },
  phone: { type: 'tel', autocomplete: 'tel', pattern: PHONE_PATTERN },
};
const PLAIN = { type: 'text', autocomplete: 'off', pattern: TEXT_PATTERN };

const titled = (said, { route }) => said[route] ?? said.other;

/** What is passed on, so that nobody has to say it again: what was answered, and what has been. */
const passedOn = ({ handoff }) => {
  if (!handoff) return [];
  const { fields, soFar: name } = words().form;
  const known = handoff.answered.map(({ field, value }) => [fields[field] ?? field, field === 'topic' ? topicIn(value, languageNow()) : value]);
  return [...known, ...soFar(languageNow()).map((line) => [name, line])];
};

const question = ({ ask }) => {
  if (!ask) return undefined;
  const { type, autocomplete, pattern } = INPUTS[ask.field] ?? PLAIN;
  return html`
    <div class="field">
      <label for="handoff-answer">${words().form.labels[ask.field] ?? ask.field}</label>
      <p class="form-note" id="handoff-why">${ask.why}</p>
      <input id="handoff-answer" name="answer" type="${type}" autocomplete="${autocomplete}" pattern="${pattern}" maxlength="120" required aria-describedby="handoff-why handoff-problem" />
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
    const { problems } = words().form;
    if (answer && !checked(answer, form.querySelector('#handoff-problem'), problems[taken.ask.field] ?? problems.topic)) {
      tell('form', form, 'failed');
      answer.focus();
      return;
    }
    tell('form', form, 'ok');
    if (answer) learnAnswer(taken.ask.field, answer.value.trim());
    // Only now it was taken up, and from now on a person owes an answer.
    learnTouch(taken.touch, 'accepted');
    beginContact(taken.route === 'callback' ? 'phone' : 'email');
    session.taken = undefined;
    const done = element(confirmation(taken));
    form.replaceWith(done);
    done.focus();
  });
};
