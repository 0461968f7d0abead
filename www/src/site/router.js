import { fill } from './dom.js';
import { tellPage } from '../help/session.js';

const main = document.querySelector('main');
const scrolls = new Map();

/** A malformed address is one that leads nowhere, not an error. */
const decoded = (part) => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

/** `#/article/export-data?x=1` as its parts; nothing is the home page. */
export const parse = (hash) => {
  const [, path, query = ''] = /^#?\/?([^?]*)\??(.*)$/s.exec(hash);
  const [name = '', id = ''] = path.split('/').map(decoded);
  return { name: name || 'home', id, query: new URLSearchParams(query) };
};

// The Navigation API tells back from forward; where it is missing, our own list of addresses does.
let navigationType;
window.navigation?.addEventListener('navigate', ({ navigationType: type, destination }) => {
  const from = window.navigation.currentEntry?.index ?? 0;
  navigationType = type === 'traverse' ? (destination.index < from ? 'back' : 'forward') : type;
});

const trail = [];
const wayHere = (hash) => {
  const known = navigationType;
  navigationType = undefined;
  const guessed = trail.at(-2) === hash ? 'back' : 'push';
  if (trail.at(-2) === hash) trail.pop();
  else trail.push(hash);
  return known === 'reload' ? 'load' : (known ?? guessed);
};

const markCurrent = (page) => {
  for (const link of document.querySelectorAll('.site-nav a')) {
    if (link.dataset.nav === page) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
};

/** Shows one view. The attributes are set before the observer is told, and in the same task. */
const show = (view, nav) => {
  main.dataset.tactfulPage = view.page;
  main.dataset.tactfulRole = view.role;
  main.dataset.tactfulTopic = view.topic ?? '';
  main.dataset.tactfulReadMs = String(view.readMs ?? 0);
  fill(main, view.markup);
  document.title = view.page === 'home' ? 'Dayloom help' : `${view.title} · Dayloom help`;
  markCurrent(view.page);
  // First the page, then what happens on it: a search belongs to the results that show it.
  tellPage(nav);
  view.mount?.(main, nav);
  document.dispatchEvent(new Event('help:page'));
  if (nav === 'load') return;
  // A new page in one document: put the reader where a new document would have put them.
  const heading = main.querySelector('h1');
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  const moved = nav === 'back' || nav === 'forward';
  window.scrollTo({ top: moved ? (scrolls.get(location.hash) ?? 0) : 0, behavior: 'instant' });
};

export const startRouter = (pages) => {
  const render = (nav) => {
    const route = parse(location.hash);
    const page = Object.hasOwn(pages, route.name) ? pages[route.name] : pages.notFound;
    show(page(route) ?? pages.notFound(route), nav);
  };

  let shown = location.hash;
  trail.push(shown);
  render('load');

  addEventListener('scroll', () => scrolls.set(shown, scrollY), { passive: true });
  addEventListener('hashchange', () => {
    shown = location.hash;
    render(wayHere(shown));
  });
};
