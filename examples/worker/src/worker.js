// A help center at the edge: every page is personalised by one decision, or left as it is.
import { readCloudEvents } from 'tactful/adapters';
import { TactfulError } from 'tactful';
import { engine } from './engine.js';
import { identify } from './identity.js';
import { momentOf } from './moment.js';
import { personalised } from './page.js';
import { archive, exported } from './records.js';
import { isBearer } from './token.js';
import { withoutLedger } from './without-ledger.js';

export { Ledger } from './ledger.js';

/** A page waits no longer than this for the ledger. */
const PATIENCE = 250;
/** What a visitor may say of an offer by pressing something in the page. */
const STEPS = ['dismissed'];

export default {
  async fetch(request, env, context) {
    const { pathname } = new URL(request.url);
    try {
      if (pathname === '/tactful/events') return await learned(request, env);
      if (pathname === '/tactful/outcome') return await told(request, env);
      if (pathname.startsWith('/tactful/records/')) return await exported(request, env);
      return await page(request, env, context);
    } catch (error) {
      if (!(error instanceof TactfulError)) throw error;
      return Response.json({ errors: error.all.map(({ code, path, reason, hint }) => ({ code, path, message: reason, hint })) }, { status: 400 });
    }
  },

  /** Decision records, as the queue hands them over. */
  queue: (batch, env) => archive(batch, env),
};

/** The same path and query at the origin; its host is the origin's, whatever the path looks like. */
function origin(request, env) {
  if (!env.ORIGIN) return env.ASSETS.fetch(request);
  const to = new URL(request.url);
  const { protocol, hostname, port } = new URL(env.ORIGIN);
  Object.assign(to, { protocol, hostname, port });
  return fetch(new Request(to, request));
}
const ledgerOf = (env, person) => env.LEDGER.get(env.LEDGER.idFromName(person));

async function page(request, env, context) {
  const response = await origin(request, env);
  if (request.method !== 'GET' || !response.headers.get('content-type')?.startsWith('text/html')) return response;
  const { person, cookie } = await identify(request, env.COOKIE_KEY);
  const decide = async (seen) => {
    if (env.DECIDES === 'off') return undefined;
    // Whatever goes wrong here, the page comes.
    try {
      const moment = momentOf(request, seen, Date.now());
      return (await fromLedger(person, { seen, moment }, env, context)) ?? (await withoutLedger({ seen, moment }));
    } catch (error) {
      console.error('nothing was decided', String(error));
      return undefined;
    }
  };
  return personalised(response, { decide, cookie });
}

/** The ledger's answer, with `offer` if there is one; nothing when there is no ledger, or none that answers in time. */
async function fromLedger(person, asked, env, context) {
  // A stranger has none until they come back with a cookie: crawlers never do.
  if (person === undefined) return undefined;
  const ledger = ledgerOf(env, person);
  const deciding = ledger.decide(person, { ...asked, recorded: env.RECORDS !== undefined });
  try {
    const { offer, record } = await within(PATIENCE, deciding);
    if (record) context.waitUntil(env.RECORDS.send(record));
    return { offer };
  } catch (error) {
    console.warn('the ledger cannot be reached', String(error));
    // Should it answer after all: nobody has seen that offer, so it does not count.
    const late = ({ offer }) => offer && ledger.unseen(person, { ...offer, now: Date.now() });
    context.waitUntil(Promise.resolve(deciding).then(late).catch(() => {}));
    return undefined;
  }
}

/** Events of other systems, as CloudEvents, each into the ledger of its person. */
async function learned(request, env) {
  if (request.method !== 'POST') return new Response(undefined, { status: 405, headers: { allow: 'POST' } });
  if (!isBearer(request, env.WEBHOOK_TOKEN)) return new Response(undefined, { status: 401 });
  const events = await readCloudEvents(request, { types: TYPES });
  const nobody = events.findIndex(({ person }) => typeof person !== 'string' || person === '');
  if (nobody >= 0) throw new TactfulError({ code: 'MISSING', path: `/${nobody}/subject`, message: 'this event is about nobody', hint: 'the subject is the customer' });
  // Refused here, with every mistake, before anybody's ledger has taken a part of it.
  const nobodys = (await engine()).person('nobody');
  try {
    nobodys.learn(events);
  } finally {
    nobodys.free();
  }
  const people = Map.groupBy(events, ({ person }) => person);
  await Promise.all([...people].map(([person, its]) => ledgerOf(env, person).learn(person, its)));
  return Response.json({ learned: events.length, people: people.size });
}

/** What the CRM calls things. Types of tactful itself need no line. */
const TYPES = {
  'com.example.crm.ticket.changed': {
    type: 'case', case: { from: 'ticket.id' }, matter: { from: 'ticket.topic' },
    step: { from: 'ticket.status', values: { new: 'opened', solved: 'resolved', closed: 'closed', reopened: 'reopened' }, required: true },
  },
};

/** The visitor pressed something in an offer. */
async function told(request, env) {
  if (request.method !== 'POST') return new Response(undefined, { status: 405, headers: { allow: 'POST' } });
  // Only pages of this site speak for the visitor.
  if (request.headers.get('origin') !== new URL(request.url).origin) return new Response(undefined, { status: 403 });
  const form = await request.formData().catch(() => undefined);
  const [touch, step, never] = ['touch', 'step', 'never'].map((name) => form?.get(name));
  const { person } = await identify(request, env.COOKIE_KEY);
  if (person === undefined || typeof touch !== 'string' || !STEPS.includes(step)) return new Response(undefined, { status: 400 });
  await ledgerOf(env, person).told(person, { touch, step, never: never !== null, now: Date.now() });
  return new Response(undefined, { status: 303, headers: { location: backTo(form.get('back')) } });
}

/** Back to where they were, on this site only. */
const backTo = (path) => (typeof path === 'string' && /^\/(?![/\\])/.test(path) ? path : '/');

function within(ms, promise) {
  let timer;
  const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error(`no answer in ${ms} ms`)), ms); });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
