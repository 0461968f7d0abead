// The schema an editor reads says what the reader of policies says.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import Ajv from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { check, starter } from 'tactful/studio';

const root = new URL('../../', import.meta.url);
const read = (path) => JSON.parse(readFileSync(new URL(path, root), 'utf8'));
const schema = read('pkg/policy.schema.json');
const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true });
formats(ajv);
const valid = ajv.compile(schema);
/** Places of mistakes; what is wrong with a name is wrong in its place. */
const places = (policy) => {
  if (valid(policy)) return [];
  return [...new Set(valid.errors.filter(({ keyword }) => !['anyOf', 'oneOf'].includes(keyword)).map(({ instancePath, params }) => `${instancePath}${params.additionalProperty ? `/${params.additionalProperty}` : ''}`))];
};

test('every policy of the project is one by the schema, whole or as what differs', async () => {
  const policies = { starter: await starter(), demo: read('www/policy.json'), spanish: read('examples/words/es.json'), claims: read('examples/assemble/claims.policy.json') };
  for (const name of readdirSync(new URL('examples/presets/', root))) policies[name] = read(`examples/presets/${name}`);
  for (const folder of ['examples/stories/', 'tests/stories/'])
    for (const name of readdirSync(new URL(folder, root))) policies[name] = read(`${folder}${name}`).policy ?? {};
  assert.ok(Object.keys(policies).length > 150);
  for (const [name, policy] of Object.entries(policies)) assert.deepEqual(places(policy), [], name);
});

test('what the reader refuses by its form, the schema refuses in the same place', async () => {
  const wrong = {
    '/guards/caps/pitchWeek/limit': { guards: { caps: { pitchWeek: { limit: -1 } } } },
    '/guards/caps/pitchWeek/windw': { guards: { caps: { pitchWeek: { windw: {} } } } },
    '/guards/caps/pitchWeek/purposes/0': { guards: { caps: { pitchWeek: { purposes: ['pich'] } } } },
    '/guards/quietHours/night/from': { guards: { quietHours: { night: { from: '9pm' } } } },
    '/gaurds': { gaurds: {} },
    '/routes/thresholds/offerHelp': { routes: { thresholds: { offerHelp: 'much' } } },
    '/status': { status: 'alive' },
    '/readiness/minActiveDays': { readiness: { minActiveDays: 1.5 } },
    '/scores/effort/indicators/wait/points': { scores: { effort: { indicators: { wait: { points: '5' } } } } },
    '/outcomes/fasterResolution/better': { outcomes: { fasterResolution: { better: 'more' } } },
    '/translations/es/friction/visitor': { translations: { es: { friction: { visitor: 3, staff: '' } } } },
    '/routes/calendars/desk/zone': { routes: { calendars: { desk: { zone: 1, open: {} } } } },
    '/guards/rules/mine/blocks/0': { guards: { rules: { mine: { order: 1, when: { what: 'friction', atLeast: 1 }, blocks: ['sell'], words: 'x' } } } },
    '/effectiveFrom': { effectiveFrom: true },
  };
  for (const [place, policy] of Object.entries(wrong)) {
    const { errors } = await check(policy);
    assert.ok(errors.some(({ path }) => path === place), `the reader: ${place} in ${errors.map(({ path }) => path)}`);
    assert.ok(places(policy).includes(place), `the schema: ${place} in ${places(policy)}`);
  }
});

test('an editor knows what the starter says, and what it means', () => {
  const { offerHelp } = schema.properties.routes.properties.thresholds.properties;
  assert.equal(offerHelp.default, 300);
  assert.match(offerHelp.description, /\w+ \w+/);
  assert.deepEqual(schema.properties.guards.properties.caps.properties.pitchWeek.default.limit, 2);
});
