import { trusted } from './dom.js';

const PATHS = {
  person: '<circle cx="12" cy="8" r="3.6"/><path d="M4.8 20c.7-4 3.6-6 7.2-6s6.5 2 7.2 6"/>',
  chat: '<path d="M4 5.5h16v11H11l-4.5 3.5v-3.5H4z"/><path d="M8 9.7h8M8 12.7h5"/>',
  article: '<path d="M6 3.5h8.5L18.5 8v12.5H6z"/><path d="M14 3.5V8.5h4.5M9 12.5h6.5M9 16h6.5"/>',
  letter: '<path d="M3.5 6h17v12.5h-17z"/><path d="m4 6.7 8 6.3 8-6.3"/>',
  call: '<path d="M5.5 4h4l1.5 4.5-2.2 1.7a12 12 0 0 0 5 5l1.7-2.2 4.5 1.5v4A1.5 1.5 0 0 1 18.3 20 14.3 14.3 0 0 1 4 5.7 1.5 1.5 0 0 1 5.5 4z"/>',
  status: '<path d="M3 12.5h4l2.5-7 4.5 13 2.5-6H21"/>',
  grid: '<path d="M4 8h16M4 12h16M4 16h16M8 4v16M16 4v16"/>',
  start: '<path d="M5 20V4.5c4-2 7 2 14 0v9c-7 2-10-2-14 0"/>',
  roster: '<path d="M4 6.5h7M14 6.5h6M4 12h3M10 12h10M4 17.5h9M16 17.5h4"/>',
  clock: '<circle cx="12" cy="12" r="8.5"/><path d="M12 7.2V12l3.4 2.2"/>',
  calendar: '<path d="M4 6h16v14H4zM4 10.5h16M8.5 3.5V7M15.5 3.5V7"/>',
  people: '<circle cx="9" cy="8.5" r="3"/><path d="M3.2 19c.5-3.4 2.8-5.2 5.8-5.2s5.3 1.8 5.8 5.2M15.5 5.8a3 3 0 0 1 0 5.4M17.3 14.3c2 .7 3.2 2.3 3.5 4.7"/>',
  key: '<circle cx="8" cy="14.5" r="4.2"/><path d="m11 11.5 8-8M16 6.5l2.8 2.8M13.3 9.2l2 2"/>',
  invoice: '<path d="M6 3.5h12v17l-3-2-3 2-3-2-3 2z"/><path d="M9 8.5h6M9 12h6"/>',
  box: '<path d="M4 8.2 12 4l8 4.2v7.6L12 20l-8-4.2zM4 8.2l8 4.1 8-4.1M12 12.3V20"/>',
  arrow: '<path d="M5 12h13M13 7l5 5-5 5"/>',
};

/** A decorative line icon; the words beside it carry the meaning. */
export const icon = (name) =>
  trusted(`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${PATHS[name]}</svg>`);
