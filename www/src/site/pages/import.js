import { tell } from '../../help/session.js';
import { element, html, say } from '../dom.js';
import { askServer } from '../service.js';

const ADDRESS = /^[^\s@,]+@[^\s@,]+\.[^\s@,]+$/;

/** A line as a person, or what is wrong with it. */
const read = (line) => {
  const [name, ...rest] = line.split(',').map((each) => each.trim());
  if (name === '' || ADDRESS.test(name)) return { problem: 'the name is missing' };
  if (rest.length > 1) return { problem: 'there is more than a name and an address' };
  if (rest.length === 1 && !ADDRESS.test(rest[0])) return { problem: `“${rest[0]}” is no e-mail address` };
  return { name, email: rest[0] };
};

const SHOWN_MOST = 6;

const check = (text) => {
  const lines = text.split('\n').map((line, at) => ({ number: at + 1, line: line.trim() })).filter(({ line }) => line !== '');
  const all = lines.map(({ number, line }) => ({ number, ...read(line) }));
  const people = all.filter(({ problem }) => !problem);
  const addresses = people.filter(({ email }) => email).map(({ email }) => email.toLowerCase());
  return { people, problems: all.filter(({ problem }) => problem), twice: addresses.length - new Set(addresses).size };
};

const problemList = (problems) => html`
  <div>
    <p>${problems.length === 1 ? 'One line does' : `${problems.length} lines do`} not fit yet. Nothing was added.</p>
    <ul>${problems.slice(0, SHOWN_MOST).map(({ number, problem }) => html`<li>Line ${number}: ${problem}</li>`)}</ul>
    ${problems.length > SHOWN_MOST && html`<p>and ${problems.length - SHOWN_MOST} more</p>`}
  </div>`;

const added = ({ people, twice }) => html`
  <div class="panel done" id="import-done" tabindex="-1">
    <h2>${people.length - twice === 1 ? 'One person was' : `${people.length - twice} people were`} added</h2>
    <p>${twice > 0 && `${twice === 1 ? 'One address is' : `${twice} addresses are`} in your list twice, and ${twice === 1 ? 'was' : 'were'} added once. `}All ten seats are taken, so they wait for one. In this demo nobody was really added.</p>
    <p><a href="#/article/seats-and-roles">What waiting means</a></p>
  </div>`;

const mountImport = (form) => {
  const { people: field } = form.elements;
  const problem = form.querySelector('#import-problem');
  const note = form.querySelector('#import-note');
  const button = form.querySelector('[type=submit]');

  const refuse = (...lines) => {
    problem.replaceChildren(...lines);
    problem.hidden = false;
    field.setAttribute('aria-invalid', 'true');
    say(note, '');
    tell('form', form, 'failed');
    field.focus();
  };

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const list = check(field.value);
    if (list.problems.length > 0) return refuse(element(problemList(list.problems)));
    if (list.people.length === 0) return refuse('Please paste at least one name.');
    problem.hidden = true;
    field.removeAttribute('aria-invalid');
    say(note, 'Adding them …');
    button.disabled = true;
    const worked = await askServer(form);
    button.disabled = false;
    if (worked === undefined) return;
    if (!worked) {
      say(note, 'The server did not answer, so nobody was added. Your list is still here; please try again.');
      return;
    }
    const done = element(added(list));
    form.replaceWith(done);
    done.focus();
  });
};

export const importPeople = () => ({
  page: 'import',
  role: 'onboarding',
  topic: 'setup',
  title: 'Add people from a list',
  markup: html`
    <div class="wrap narrow">
      <h1>Add people from a list</h1>
      <p class="lead">One person to a line: a name, and after a comma the e-mail address if you have it.
        <a href="#/article/import-people">How this works</a></p>
      <form class="panel form" id="import-form" novalidate>
        <div class="field">
          <label for="import-people">Your people</label>
          <textarea id="import-people" name="people" rows="8" spellcheck="false" placeholder="Noor Haddad, noor@harbour.example" aria-describedby="import-problem"></textarea>
          <div class="field-problem" id="import-problem" role="alert" hidden></div>
        </div>
        <div class="form-end">
          <button class="button button-strong" type="submit">Add these people</button>
          <p class="form-note" role="status" id="import-note"></p>
        </div>
      </form>
    </div>`,
  mount(root) {
    mountImport(root.querySelector('#import-form'));
  },
});
