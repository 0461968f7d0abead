// The decision of the bench as a tactful policy: its fields are facts (fractions times 1000), its score
// an own sum, its guards and routes own rules; what the starter would add is switched off.
import { ACTIONS, FIELDS, GUARDS, POLICY, WEIGHTS_PCT } from '../policy.mjs';

const FRACTIONS = new Set(FIELDS.filter((name) => /^(f_|intent_|urgency|value|readiness|article_match)/.test(name)));
const ROUTE = { human: 'human', specialist: 'specialist', chatbot: 'chatbot', article: 'article', csm: 'accountManager' };
const what = (name) => (name in POLICY.derived ? `bench.${name}` : `fact:bench.${name}`);
const scaled = (name, value) => (FRACTIONS.has(name) || name === 'friction' ? Math.round(value * 1000) : value);

function comparison([name, op, value]) {
  const x = scaled(name, value);
  const bound = { '>=': { atLeast: x }, '<': { atMost: x - 1 }, '<=': { atMost: x }, '>': { atLeast: x + 1 }, '==': { is: x } }[op];
  return { what: what(name), ...bound };
}
const any = (tests) => (tests.length === 1 ? comparison(tests[0]) : { any: tests.map(comparison) });

/** The policy as JSON. */
export const policy = {
  id: 'bench',
  facts: Object.fromEntries(FIELDS.map((name) => [`bench.${name}`, { unit: FRACTIONS.has(name) ? 'permille' : 'as in the bench' }])),
  scores: {
    sums: {
      'bench.friction': { of: Object.fromEntries(Object.entries(WEIGHTS_PCT).map(([name, w]) => [`fact:bench.${name}`, w])), per: 100 },
      'bench.since_touch': { of: { 'fact:bench.now_min': 1, 'fact:bench.last_touch_min': -1 }, per: 1 },
    },
  },
  guards: {
    consent: null, suppression: null, clock: null, caps: null, minGapMs: null, quietHours: null,
    windows: { openCase: null, onboarding: null, renewal: null, friction: null, sensitive: null },
    rules: Object.fromEntries(GUARDS.map((code, order) => [code, { order, when: any(POLICY.guards[code]), blocks: ['pitch'], words: code }])),
  },
  routes: {
    rules: Object.fromEntries(
      POLICY.routes.map(({ action, all }, order) => [action, { order, when: { all: all.map(any) }, route: ROUTE[action], words: action }]),
    ),
  },
  readiness: null,
};

const NOW = 1_789_552_800_000;
/** Who is on duty is the bench's own business (`chat_up`, `human_wait_min` …): here, everybody is. */
const moment = {
  now: NOW,
  routes: ['human', 'specialist', 'chatbot'].map((route) => ({ route, asOf: NOW, open: true, staffed: true })),
  articles: [{ id: 'a', matter: 'm', solves: 500 }],
};

/** A person about whom nothing is known, in a visit at the bench's moment. */
export function begin(tactful, id = 'bench') {
  const person = tactful.person(id);
  const visit = person.visit({ startedAt: NOW, salt: 0 });
  visit.moment(moment);
  visit.bits(NOW);
  return { person, visit };
}

/** The slots of the fields, and what the numbers of the hot call are in the bench's words. */
export function words(tactful) {
  const codes = tactful.ownGuards;
  const sets = Array.from({ length: 1 << codes.length }, (_, mask) => Object.freeze(codes.filter((_, i) => mask >> i & 1)));
  const actions = new Map(ACTIONS.map((action) => [ROUTE[action] ?? 'none', action]));
  return { slots: FIELDS.map((name) => tactful.slot(`bench.${name}`)), actions, sets, byRoute: [] };
}

/** The fields of a context into the slots of a person. */
export function put(facts, c, s, at = 0) {
  facts[at + s[0]] = c.f_rage * 1000 + 0.5; facts[at + s[1]] = c.f_err * 1000 + 0.5; facts[at + s[2]] = c.f_search * 1000 + 0.5;
  facts[at + s[3]] = c.f_loop * 1000 + 0.5; facts[at + s[4]] = c.f_form * 1000 + 0.5; facts[at + s[5]] = c.f_wait * 1000 + 0.5;
  facts[at + s[6]] = c.intent_support * 1000 + 0.5; facts[at + s[7]] = c.intent_buy * 1000 + 0.5; facts[at + s[8]] = c.urgency * 1000 + 0.5;
  facts[at + s[9]] = c.value * 1000 + 0.5; facts[at + s[10]] = c.readiness * 1000 + 0.5; facts[at + s[11]] = c.article_match * 1000 + 0.5;
  facts[at + s[12]] = c.open_case ? 1 : 0; facts[at + s[13]] = c.days_since_renewal; facts[at + s[14]] = c.onboarding_day;
  facts[at + s[15]] = c.consent_marketing ? 1 : 0; facts[at + s[16]] = c.suppressed ? 1 : 0; facts[at + s[17]] = c.touches_7d;
  facts[at + s[18]] = c.now_min; facts[at + s[19]] = c.last_touch_min; facts[at + s[20]] = c.local_hour;
  facts[at + s[21]] = c.chat_up ? 1 : 0; facts[at + s[22]] = c.human_wait_min; facts[at + s[23]] = c.csm_up ? 1 : 0;
}

/** The bench's action of a hot answer. */
export const action = (map, bits, Tactful) => (map.byRoute[bits & 0xff] ??= map.actions.get(Tactful.answer(bits).route));
export { NOW };
