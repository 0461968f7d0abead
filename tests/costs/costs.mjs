// What the hot paths cost in instructions, and what the editions weigh in bytes, against what was agreed
// (`costs.json`). Neither depends on the clock. `make costs` compares, `--write` agrees anew.
import { execFile, execFileSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';

const root = new URL('../../', import.meta.url).pathname;
const agreed = new URL('./costs.json', import.meta.url);
/** Compilers differ a little from machine to machine, and what is a percent faster need not be agreed anew. */
const TOLERANCE = { instructions: 0.1, bytes: 0.03 };
const TIMES = 200;

const built = execFileSync('cargo', ['bench', '--locked', '--quiet', '--no-run', '--profile', 'costs', '--bench', 'hot', '--message-format', 'json'], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26, stdio: ['ignore', 'pipe', 'inherit'] });
const program = built.split('\n').filter(Boolean).map((line) => JSON.parse(line)).findLast(({ executable }) => executable).executable;
const names = execFileSync(program, ['names'], { encoding: 'utf8' }).trim().split(' ');
const counted = async (work, times) => {
  const { stdout } = await promisify(execFile)('valgrind', ['--tool=callgrind', '--callgrind-out-file=/dev/null', '--log-fd=1', program, 'count', work, String(times)]);
  return Number(stdout.match(/Collected : (\d+)/)[1]);
};
/** Instructions each time: of many times less what it takes to begin. The two are counted side by side. */
const each = async (work) => {
  const [more, less] = await Promise.all([counted(work, 2 * TIMES), counted(work, TIMES)]);
  return Math.round((more - less) / TIMES);
};

const instructions = {};
for (const work of names) instructions[work] = await each(work);
const now = {
  instructions,
  bytes: Object.fromEntries(['runtime', 'page', 'studio'].map((edition) => [edition, statSync(`${root}pkg/wasm/${edition}_bg.wasm`).size])),
};
if (process.argv.includes('--write')) writeFileSync(agreed, `${JSON.stringify(now, null, 2)}\n`);
const before = JSON.parse(readFileSync(agreed, 'utf8'));
for (const [kind, costs] of Object.entries(now)) {
  for (const [what, cost] of Object.entries(costs)) {
    const was = before[kind][what];
    const share = cost / was - 1;
    const more = share > TOLERANCE[kind];
    console.log(`${more ? 'MORE' : share < -TOLERANCE[kind] ? 'less' : 'ok  '}  ${what}: ${cost.toLocaleString('en')} ${kind}, ${was.toLocaleString('en')} agreed`);
    if (more) process.exitCode = 1;
  }
}
if (process.exitCode) console.error('more than was agreed: find out why, or say so with `node tests/costs/costs.mjs --write`');
