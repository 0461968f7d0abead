import { deskIsOpen } from '../../help/host.js';
import { beginContact, session, tell } from '../../help/session.js';
import { topicById, topics } from '../content/index.js';
import { element, fill, html, say } from '../dom.js';
import { EMAIL_PATTERN, TEXT_PATTERN, checked } from '../fields.js';
import { incidentNow } from '../organisation.js';
import { saidInstant } from '../when.js';
import { handoffForm, mountHandoff } from './handoff.js';

const PROBLEMS = {
  name: 'Please write your name.',
  email: 'Please write an e-mail address we can answer, such as name@example.org.',
  topic: 'Please choose what it is about.',
  message: 'Please write at least a sentence, so that we can help with the first answer.',
};

const field = (name, label, control) => html`
  <div class="field">
    <label for="contact-${name}">${label}</label>
    ${control}
    <p class="field-problem" id="contact-${name}-problem" hidden></p>
  </div>`;

const described = (name) => html`id="contact-${name}" name="${name}" required aria-describedby="contact-${name}-problem"`;

const form = (topic) => html`
  <form class="panel form" id="contact-form" novalidate aria-labelledby="write-title">
    <h2 id="write-title">Write to us</h2>
    <p class="form-summary" id="contact-summary" role="alert"></p>
    ${field('name', 'Your name', html`<input ${described('name')} autocomplete="name" maxlength="80" pattern="${TEXT_PATTERN}" />`)}
    ${field('email', 'E-mail', html`<input ${described('email')} type="email" autocomplete="email" maxlength="120" pattern="${EMAIL_PATTERN}" />`)}
    ${field('topic', 'Topic', html`
      <select ${described('topic')}>
        <option value="">Choose a topic</option>
        ${topics.map(({ id, name }) => html`<option value="${id}" ${id === topic ? 'selected' : ''}>${name}</option>`)}
        <option value="other">Something else</option>
      </select>`)}
    ${field('message', 'What happened, and what did you expect?', html`
      <textarea ${described('message')} rows="6" minlength="12" maxlength="4000"></textarea>`)}
    <div class="form-end">
      <button class="button button-strong" type="submit">Send message</button>
      <p class="form-note">This is a demonstration: the message stays in your browser.</p>
    </div>
  </form>`;

const confirmation = (name) => html`
  <div class="panel done" id="contact-done" tabindex="-1">
    <h2>Thank you, ${name}</h2>
    <p>In a real help center your message would be with us now, and you would have a copy in your inbox.
      Here nothing was sent.</p>
    <p><a href="#/">Back to the articles</a></p>
  </div>`;

/** Shows what is wrong, beside each field and in one sentence, and gives the first such field. */
const showProblems = (target) => {
  const wrong = Object.keys(PROBLEMS)
    .map((name) => target.elements[name])
    .filter((control) => !checked(control, target.querySelector(`#${control.id}-problem`), PROBLEMS[control.name]));
  say(
    target.querySelector('#contact-summary'),
    wrong.length === 0 ? '' : `${wrong.length === 1 ? 'One field needs' : `${wrong.length} fields need`} your attention.`,
  );
  return wrong[0];
};

const mountForm = (target) => {
  target.addEventListener('submit', (event) => {
    event.preventDefault();
    const wrong = showProblems(target);
    if (wrong) {
      tell('form', target, 'failed');
      wrong.focus();
      return;
    }
    tell('form', target, 'ok');
    beginContact('email');
    const done = element(confirmation(target.elements.name.value.trim()));
    target.replaceWith(done);
    done.focus();
  });
};

const deskLine = () =>
  deskIsOpen()
    ? html`<span class="tag tag-good">Somebody is here</span> The support desk is open now.`
    : html`<span class="tag">Nobody is here right now</span> What you write is read when the desk opens again.`;

document.addEventListener('help:host', () => {
  const line = document.querySelector('#desk-line');
  if (line) fill(line, deskLine());
});

export const contact = ({ query }) => {
  const topic = topicById(query.get('topic'))?.id ?? '';
  const incident = incidentNow();
  // Whoever was handed over does not begin again.
  const taken = session.taken?.route === query.get('handoff') ? session.taken : undefined;
  return {
    page: 'contact',
    role: 'contact',
    topic,
    title: 'Contact us',
    markup: html`
      <div class="wrap narrow">
        <h1>Contact us</h1>
        <p class="lead">A person reads every message. We are here every day from eight to eight, Berlin time.</p>
        <p class="desk-line" id="desk-line">${deskLine()}</p>
        ${incident && html`<p class="desk-line"><span class="tag tag-bad">Known problem</span> Exports do not start at the moment. <a href="#/status">News by ${saidInstant(incident.nextUpdateAt)}</a></p>`}
        <div class="ways">
          <button class="button" type="button" id="ask-person" data-wish="person">Talk to a person</button>
          <button class="button" type="button" id="ask-callback" data-wish="callback">Ask for a call</button>
          <p class="form-note" role="status" id="wish-note"></p>
        </div>
        ${taken ? handoffForm(taken) : form(topic)}
      </div>`,
    mount(root) {
      if (taken) mountHandoff(root.querySelector('#handoff-form'), taken);
      else mountForm(root.querySelector('#contact-form'));
      for (const button of root.querySelectorAll('[data-wish]')) {
        button.addEventListener('click', () => {
          say(root.querySelector('#wish-note'), 'Understood.');
          tell('wish', button.dataset.wish);
        });
      }
    },
  };
};
