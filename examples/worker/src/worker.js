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
const STEPS = ['accepted', 'dismissed'];

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

const origin = (request, env) => (env.ORIGIN ? fetch(new Request(new URL(new URL(request.url).pathname, env.ORIGIN), request)) : env.ASSETS.fetch(request));
const ledgerOf = (env, person) => env.LEDGER.get(env.LEDGER.idFromName(person));

async function page(request, env, context) {
  const response = await origin(request, env);
  if (request.method !== 'GET' || !response.headers.get('content-type')?.startsWith('text/html')) return response;
  const { person, cookie } = identify(request);
  const decide = async (seen) => {
    if (env.DECIDES === 'off') return undefined;
    const moment = momentOf(request, seen, Date.now());
    try {
      const { offer, record } = await within(PATIENCE, ledgerOf(env, person).decide(person, { seen, moment, recorded: env.RECORDS !== undefined }));
      if (record) context.waitUntil(env.RECORDS.send(record));
      return offer;
    } catch (error) {
      console.warn('the ledger cannot be reached', String(error));
      return withoutLedger(person, { seen, moment });
    }
  };
  return personalised(response, { decide, cookie });
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
  const form = await request.formData();
  const [touch, step, never] = ['touch', 'step', 'never'].map((name) => form.get(name));
  const { person, known } = identify(request);
  if (!known || typeof touch !== 'string' || !STEPS.includes(step)) return new Response(undefined, { status: 400 });
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
