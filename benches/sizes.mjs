// What a browser downloads, by edition: the wasm and its bundled JavaScript, raw, gzip -9 and brotli 11.
// With --write the table goes into the README, with --check it is compared with the one there.
import { readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from '../tests/package/node_modules/esbuild/lib/main.js';

const pkg = new URL('../pkg/', import.meta.url);
const readme = new URL('../README.md', import.meta.url);
const EDITIONS = [['runtime', 'web.js'], ['page', 'page.js'], ['studio', 'studio.js']];
/** Compilers and compressors differ a little between machines. */
const TOLERANCE = 0.03;
const sizes = (bytes) => [
  bytes.length,
  gzipSync(bytes, { level: 9 }).length,
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 } }).length,
];

const rows = [];
for (const [name, entry] of EDITIONS) {
  const bundle = await build({
    entryPoints: [new URL(entry, pkg).pathname], bundle: true, minify: true, write: false, format: 'esm', target: 'es2022',
    external: ['./studio.js', 'node:*'], logLevel: 'silent',
  });
  const wasm = sizes(readFileSync(new URL(`wasm/${name}_bg.wasm`, pkg)));
  const js = sizes(Buffer.from(bundle.outputFiles[0].contents));
  rows.push([name, wasm[0], wasm[1], js[1], wasm[1] + js[1], wasm[2] + js[2]]);
}
const show = (cell) => (typeof cell === 'number' ? cell.toLocaleString('en') : cell);
const table = [
  '| edition | wasm raw | wasm gzip | JS gzip | together gzip | together brotli |',
  '| --- | ---: | ---: | ---: | ---: | ---: |',
  ...rows.map((row) => `| ${row.map(show).join(' | ')} |`),
].join('\n');
console.log(table);

const text = readFileSync(readme, 'utf8');
const [open, close] = ['<!-- sizes -->\n', '<!-- /sizes -->'];
const [from, to] = [text.indexOf(open) + open.length, text.indexOf(close)];
if (from < open.length || to < from) throw new Error('the README has lost its markers');
const [before, kept, after] = [text.slice(0, from), text.slice(from, to), text.slice(to)];
if (process.argv.includes('--write')) writeFileSync(readme, `${before}${table}\n${after}`);
if (process.argv.includes('--check')) {
  const numbers = (part) => [...part.matchAll(/[\d,]{3,}/g)].map(([n]) => Number(n.replaceAll(',', '')));
  const [said, measured] = [numbers(kept), numbers(table)];
  const off = measured.filter((n, i) => !(Math.abs(n - said[i]) <= n * TOLERANCE));
  if (off.length > 0 || said.length !== measured.length) {
    console.error('the sizes in the README are not those of this build: run `make readme`');
    process.exitCode = 1;
  }
}
