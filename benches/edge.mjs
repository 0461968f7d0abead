// What a decision costs at the edge: requests a second and CPU time a page, with the decision and without. With --write
// the table goes into benches/README.md.
import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle, cookie, host, inPlaceOfLedger } from '../tests/consumers/edge.mjs';

const PEOPLE = 200;
const AT_ONCE = 8;
const SECONDS = 8;
const ROUNDS = 3;
/** Kernel ticks of processor time a second. */
const TICKS = Number(execFileSync('getconf', ['CLK_TCK']));

const cookies = await Promise.all(Array.from({ length: PEOPLE }, (_, i) => cookie(`customer-${i}`)));
const out = await bundle(mkdtempSync(join(tmpdir(), 'edge-')));

/** Processor time of the runtime itself, in ms: what the load costs is not in it. */
function cpu() {
  const runtimes = readdirSync('/proc').filter((pid) => /^\d+$/.test(pid)).flatMap((pid) => {
    try {
      return readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'workerd' ? [readFileSync(`/proc/${pid}/stat`, 'utf8')] : [];
    } catch {
      return [];
    }
  });
  const ticks = runtimes.map((stat) => stat.slice(stat.lastIndexOf(')') + 2).split(' ')).map((fields) => Number(fields[11]) + Number(fields[12]));
  return (ticks.reduce((sum, each) => sum + each, 0) * 1000) / TICKS;
}

async function measured(how) {
  const edge = host(out, { ...how, host: '127.0.0.1', port: 0, persist: mkdtempSync(join(tmpdir(), 'edge-')) });
  try {
    const url = new URL('/export', await edge.ready);
    let asked = 0;
    const ask = async (until) => {
      while (performance.now() < until) {
        const response = await fetch(url, { headers: { cookie: cookies[asked++ % PEOPLE] } });
        await response.arrayBuffer();
      }
    };
    const load = async (seconds) => {
      const until = performance.now() + seconds * 1000;
      await Promise.all(Array.from({ length: AT_ONCE }, () => ask(until)));
    };
    await load(2);
    asked = 0;
    const [before, began] = [cpu(), performance.now()];
    await load(SECONDS);
    const [spent, took] = [cpu() - before, performance.now() - began];
    return { rate: (asked * 1000) / took, ms: spent / asked };
  } finally {
    await edge.dispose();
  }
}

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const VARIANTS = {
  'without the decision': { bindings: { DECIDES: 'off' } },
  'with an object that does nothing': { ...inPlaceOfLedger('return {}'), records: false },
  'with decision and ledger': { records: false },
  'with records through a queue, too': {},
};
const runs = Object.fromEntries(Object.keys(VARIANTS).map((name) => [name, []]));
for (let round = 0; round < ROUNDS; round++) for (const [name, how] of Object.entries(VARIANTS)) runs[name].push(await measured(how));
const rows = Object.entries(runs).map(([name, list]) => ({ name, rate: median(list.map(({ rate }) => rate)), ms: median(list.map(({ ms }) => ms)) }));
const [off] = rows;
const table = [
  `${AT_ONCE} connections, ${PEOPLE} people, median of ${ROUNDS} runs of ${SECONDS} s.`,
  '',
  '| page | requests a second | ratio | CPU of the runtime a page | ratio | more than without |',
  '| --- | ---: | ---: | ---: | ---: | ---: |',
  ...rows.map(({ name, rate, ms }) => `| ${name} | ${rate.toFixed(0)} | ${(rate / off.rate).toFixed(2)} | ${ms.toFixed(2)} ms | ${(ms / off.ms).toFixed(2)} | ${(ms - off.ms).toFixed(2)} ms |`),
].join('\n');
console.log(table);
if (process.argv.includes('--write')) {
  const readme = new URL('README.md', import.meta.url);
  const [before, rest] = readFileSync(readme, 'utf8').split('<!-- edge -->\n');
  const [, after] = rest.split('<!-- /edge -->');
  writeFileSync(readme, `${before}<!-- edge -->\n${table}\n<!-- /edge -->${after}`);
}
