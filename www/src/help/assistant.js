import { articleById, articleIn } from '../site/content/index.js';
import { element, html } from '../site/dom.js';
import { find } from '../site/search.js';
import { deskIsOpen, languageNow } from './host.js';
import { head } from './offer-card.js';
import { beginContact, learnContact, tell } from './session.js';
import { words } from './words.js';

const FOUND_MOST = 3;

/** The assistant: it searches the articles, says when it found nothing, and always leads to a person. */
export const assistantCard = () => {
  const said = words().assistant;
  return html`
    <div class="assistant" lang="${languageNow()}">
      ${head('chat', said.title)}
      <div class="assistant-log" role="log">
        <p>${said.hello}</p>
      </div>
      <form class="assistant-form" novalidate>
        <label for="assistant-question">${said.ask}</label>
        <div class="search-row">
          <input id="assistant-question" name="question" autocomplete="off" maxlength="160" />
          <button class="button button-strong" type="submit">${said.send}</button>
        </div>
      </form>
      <div class="offer-decline">
        <button class="button" type="button" data-act="solved">${said.solved}</button>
        <button class="button" type="button" data-act="unsolved">${deskIsOpen() ? said.person : said.leave}</button>
      </div>
    </div>`;
};

const answer = (question) => {
  const said = words().assistant;
  const ids = find(question).slice(0, FOUND_MOST);
  if (ids.length === 0) return html`<p>${said.nothing}</p>`;
  const titles = ids.map((id) => articleIn(articleById(id), languageNow()));
  return html`<div><p>${said.found}</p><ul>${titles.map(({ id, title, language }) => html`<li><a href="#/article/${id}" lang="${language}">${title}</a></li>`)}</ul></div>`;
};

/** Brings the assistant in the card to life, and gives the name of the contact. */
export const mountAssistant = (card) => {
  const log = card.querySelector('.assistant-log');
  const form = card.querySelector('.assistant-form');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const field = form.elements.question;
    const question = field.value.trim();
    field.focus();
    if (question === '') return;
    log.append(element(html`<p class="assistant-question">${question}</p>`), element(answer(question)));
    log.scrollTop = log.scrollHeight;
    field.value = '';
  });
  form.elements.question.focus();
  return beginContact('chatbot');
};

/** It ends: well, or with a person instead, who then knows that it did not help; or it is merely closed. */
export const endAssistant = (contact, solved) => {
  learnContact(contact, 'chatbot', 'ended', solved === undefined ? {} : { solved });
  if (solved === false) tell('wish', 'person');
};
