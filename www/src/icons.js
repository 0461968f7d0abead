import { trusted } from './dom.js';

const PATHS = {
  person: '<circle cx="12" cy="8" r="3.6"/><path d="M4.8 20c.7-4 3.6-6 7.2-6s6.5 2 7.2 6"/>',
  chat: '<path d="M4 5.5h16v11H11l-4.5 3.5v-3.5H4z"/><path d="M8 9.7h8M8 12.7h5"/>',
  article: '<path d="M6 3.5h8.5L18.5 8v12.5H6z"/><path d="M14 3.5V8.5h4.5M9 12.5h6.5M9 16h6.5"/>',
  letter: '<path d="M3.5 6h17v12.5h-17z"/><path d="m4 6.7 8 6.3 8-6.3"/>',
  call: '<path d="M5.5 4h4l1.5 4.5-2.2 1.7a12 12 0 0 0 5 5l1.7-2.2 4.5 1.5v4A1.5 1.5 0 0 1 18.3 20 14.3 14.3 0 0 1 4 5.7 1.5 1.5 0 0 1 5.5 4z"/>',
  status: '<path d="M3 12.5h4l2.5-7 4.5 13 2.5-6H21"/>',
  seats: '<path d="M4 8h16M4 12h16M4 16h16M8 4v16M16 4v16"/>',
};

/** A decorative line icon; the words beside it carry the meaning. */
export const icon = (name) =>
  trusted(`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${PATHS[name]}</svg>`);
