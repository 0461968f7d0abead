import { html } from '../dom.js';

const PARTS = ['Rosters and shifts', 'Calendars', 'E-mail and text messages', 'Sign-in'];

export const status = () => ({
  page: 'status',
  role: 'status',
  title: 'Service status',
  markup: html`
    <div class="wrap narrow">
      <h1>Service status</h1>
      <p class="lead">Everything we measure works at the moment.</p>
      <ul class="panel status-list">
        ${PARTS.map((part) => html`<li><span>${part}</span> <span class="tag tag-good">Working</span></li>`)}
      </ul>
    </div>`,
});
