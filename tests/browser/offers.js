// A page that remembers a person, gets them into trouble on demand, and shows what it is told to.
import { load, observe, openStore } from '/pkg/page.js';

const asked = new URLSearchParams(location.search);
// One offer a day; or as the starter has it, two a visit with ten minutes between them.
const tactful = await load(asked.has('starter') ? '/pkg/starter.tactful' : '/tests/browser/offers.tactful', { unsigned: true });
let store, visit, observer, host;
/** What has passed meanwhile, as far as this page is concerned. */
let passed = 0;
const clock = () => Date.now() + passed;
/** Whether the page has a card of its own, instead of <tactful-offer>. */
const OWN = asked.has('own');
if (!OWN) {
  await import('/pkg/offer.js');
  document.querySelector('#place').innerHTML = '<tactful-offer corner human-href="#contact" article-href="#articles/{article}"></tactful-offer>';
}
const told = [];
/** What is on the screen of this tab. */
let screen;

document.addEventListener('tactful:decision', (event) => {
  const { route, because } = event.detail;
  told.push({ event: 'decision', route, touch: event.touch, because: because.map(({ code }) => code) });
  screen = undefined;
  if (globalThis.refuses) return event.preventDefault();
  if (!OWN || route === 'none') return;
  screen = event.touch;
  document.dispatchEvent(new CustomEvent('tactful:shown', { detail: { touch: event.touch } }));
});
document.addEventListener('tactful:withdrawn', ({ detail }) => {
  told.push({ event: 'withdrawn', ...detail });
  if (screen === detail.touch) screen = undefined;
});
for (const step of ['shown', 'accepted', 'dismissed']) document.addEventListener(`tactful:${step}`, ({ detail }) => told.push({ event: step, touch: detail.touch }));
document.addEventListener('tactful:error', ({ detail }) => told.push({ event: 'error', message: String(detail) }));

const routes = (each) => each.map((route) => ({ asOf: clock(), ...route }));
const moment = () => ({ now: clock(), matter: 'export', ...host, routes: routes(host?.routes ?? [{ route: 'chatbot', open: true }]) });

globalThis.tab = {
  async begin(id, { history = [], moment: more, ...options } = {}) {
    observer?.stop();
    store?.close();
    told.length = 0;
    screen = undefined;
    host = more;
    store = await openStore(tactful, id, options);
    store.person.learn(history);
    visit = store.visit();
    observer = observe(visit, { store, moment });
  },
  /** As if somebody had pressed a button that does nothing, again and again. */
  trouble() {
    const t = clock() - visit.startedAt;
    for (const i of [0, 1, 2, 3, 4]) visit.track({ type: 'click', t: t + i, downT: t + i, target: 'export', control: 'button', x: 1, y: 1 });
  },
  outcome: (step, more) => document.dispatchEvent(new CustomEvent(`tactful:${step}`, { detail: { touch: screen, ...more } })),
  expire: () => observer.offerWas('expired'),
  pass: (ms) => { passed += ms; },
  ask: () => observer.wish('person'),
  host: (more) => { host = more; },
  stop: () => observer.stop(),
  state: (all = true) => ({ kind: store.kind, failure: store.failure && String(store.failure), screen, told, offer: observer.offer, privacy: all ? visit.decide(moment()).verdicts : undefined }),
  learn: (events) => store.learn(events),
  forget: () => store.forget(),
  keep: () => store.keep(),
  close: () => store.close(),
};
document.documentElement.dataset.engine = 'ready';
