import { topics } from '../content/index.js';
import { element, html, say } from '../dom.js';
import { learnAnswer, learnContact, session, tell } from '../session.js';
import { saidInstant } from '../when.js';

const FIELDS = {
  email: { label: 'Your e-mail', type: 'email', autocomplete: 'email', problem: 'Please write an e-mail address we can answer, such as name@example.org.' },
  phone: { label: 'Your phone number', type: 'tel', autocomplete: 'tel', problem: 'Please write a number we can call.', pattern: '[+0-9 ()/-]{6,}' },
  topic: { label: 'What is it about?', type: 'text', autocomplete: 'off', problem: 'A few words are enough.' },
};

const SAID = { email: 'E-mail', phone: 'Phone', topic: 'Topic', name: 'Name' };

const topicName = (id) => topics.find((topic) => topic.id === id)?.name ?? id;

/** What is passed on, so that nobody has to say it again. */
const passedOn = ({ handoff }) => {
  const known = (handoff?.answered ?? []).map(({ field, value }) => [SAID[field] ?? field, field === 'topic' ? topicName(value) : value]);
  const tried = (handoff?.tried ?? []).map((what) => ['So far', what]);
  return [...known, ...tried];
};

const question = ({ ask }) => {
  const field = ask && (FIELDS[ask.field] ?? { label: ask.field, type: 'text', autocomplete: 'off', problem: 'A few words are enough.' });
  return field && html`
    <div class="field">
      <label for="handoff-answer">${field.label}</label>
      <p class="form-note" id="handoff-why">${ask.why}</p>
      <input id="handoff-answer" name="answer" type="${field.type}" autocomplete="${field.autocomplete}" ${field.pattern ? html`pattern="${field.pattern}"` : ''} required aria-describedby="handoff-why handoff-problem" />
      <p class="field-problem" id="handoff-problem" hidden></p>
    </div>`;
};

/** The form of whoever was handed over: what is known is filled in, and at most one thing is asked. */
export const handoffForm = (taken) => {
  const lines = passedOn(taken);
  return html`
    <form class="panel form" id="handoff-form" novalidate aria-labelledby="handoff-title">
      <h2 id="handoff-title">${taken.route === 'callback' ? 'We call you' : 'Leave this with us'}</h2>
      ${taken.promise && html`<p>${taken.promise}${taken.dueBy ? ` That is ${saidInstant(taken.dueBy)} at the latest.` : ''}</p>`}
      ${lines.length > 0 && html`
        <section class="passed-on" aria-labelledby="passed-title">
          <h3 id="passed-title">We pass this on, so you need not say it again</h3>
          <dl>${lines.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
        </section>`}
      ${question(taken)}
      <div class="form-end">
        <button class="button button-strong" type="submit">${taken.route === 'callback' ? 'Call me' : 'Pass it on'}</button>
        <p class="form-note">This is a demonstration: it stays in your browser.</p>
      </div>
    </form>`;
};

const confirmation = ({ dueBy }) => html`
  <div class="panel done" id="handoff-done" tabindex="-1">
    <h2>It is with us now</h2>
    <p>In a real help center somebody would have it${dueBy ? `, and you would hear from them by ${saidInstant(dueBy)}` : ''}. Here nothing was sent.</p>
    <p><a href="#/">Back to the articles</a></p>
  </div>`;

export const mountHandoff = (form, taken) => {
  const answer = form.querySelector('#handoff-answer');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (answer && !answer.checkValidity()) {
      const problem = form.querySelector('#handoff-problem');
      problem.hidden = false;
      say(problem, (FIELDS[taken.ask.field] ?? FIELDS.topic).problem);
      answer.setAttribute('aria-invalid', 'true');
      tell('form', form, 'failed');
      answer.focus();
      return;
    }
    tell('form', form, 'ok');
    if (answer) learnAnswer(taken.ask.field, answer.value.trim());
    learnContact(taken);
    session.taken = undefined;
    const done = element(confirmation(taken));
    form.replaceWith(done);
    done.focus();
  });
};
