// The packed package in every kind of project: each decides the same story, to the byte.
import assert from 'node:assert/strict';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { launch, serve } from '../browser/harness.mjs';
import { answered, bundled, project as inProject, root } from './project.mjs';

const here = fileURLToPath(new URL('./', import.meta.url));
const bin = (name) => `${here}node_modules/.bin/${name}`;
const { folder: project, run, install } = inProject('consumers');

let tarball, wanted, browser;
before(async () => {
  tarball = await install(`${here}projects`);
  [wanted, browser] = await Promise.all([run(`${root}target/debug/examples/decide`, ['story.json']), launch()]);
});
after(() => browser?.close());

const same = (decision, who) => assert.equal(decision, wanted, who);
/** What a page in a real Chromium came to. */
async function inPage(address) {
  const page = await browser.newPage();
  try {
    await page.goto(address);
    return await page.waitForFunction(() => globalThis.decision, undefined, { timeout: 20_000 }).then((it) => it.jsonValue());
  } finally {
    await page.close();
  }
}
async function served(folder, name) {
  const site = await serve(`${project}${folder}`);
  try {
    return await inPage(`${site.url}${name}`);
  } finally {
    site.stop();
  }
}

test('publint has nothing to say', async () => {
  const { publint } = await import('publint');
  const { messages } = await publint({ pkgDir: `${project}node_modules/tactful`, strict: true });
  assert.deepEqual(messages, []);
});

test('are the types wrong? No', async () => {
  // It fails when it finds anything.
  assert.match(await run(bin('attw'), [tarball, '--profile', 'esm-only', '--no-color']), /tactful v/);
});

test('nothing is packed that nobody needs', async () => {
  const files = (await readdir(`${project}node_modules/tactful`, { recursive: true })).filter((name) => /test|\.rs$|\.map$|node_modules|tsconfig/.test(name));
  assert.deepEqual(files, []);
});

test('Node, imported', async () => same(await run(process.execPath, ['server.mjs'])));
test('Node, required', async () => same(await run(process.execPath, ['--no-warnings', 'server.cjs'])));
test('Node without code from strings', async () => same(await run(process.execPath, ['--disallow-code-generation-from-strings', 'server.mjs'])));
test('Deno', async () => same(await run(bin('deno'), ['run', '--no-lock', '--node-modules-dir=manual', '--allow-read', 'server.mjs'])));
test('Bun', async () => same(await run(bin('bun'), ['server.mjs'])));

test('Vite, built and served', async () => {
  const { build } = await import('vite');
  await build({ root: project, logLevel: 'error', configFile: false, build: { outDir: 'out-vite', rollupOptions: { input: `${project}vite.html` } } });
  same(await served('out-vite/', 'vite.html'));
});

test('Vite while developing, without any setting', async () => {
  const { createServer } = await import('vite');
  const server = await createServer({ root: project, logLevel: 'error', configFile: false, server: { port: 0, host: '127.0.0.1' } });
  try {
    await server.listen();
    same(await inPage(`http://127.0.0.1:${server.httpServer.address().port}/vite.html`));
  } finally {
    await server.close();
  }
});

test('webpack, without any setting', async () => {
  await run(bin('webpack'), ['--mode', 'production', '--entry', './bundled.js', '--output-path', `${project}out-webpack`, '--output-clean']);
  await writeFile(`${project}out-webpack/index.html`, '<!doctype html><title>webpack</title><script src="main.js"></script>');
  same(await served('out-webpack/', ''));
});

test('esbuild, the engine imported as a file', async () => {
  const { build } = await import('esbuild');
  await build({
    entryPoints: [`${project}esbuild.js`], outdir: `${project}out-esbuild`, bundle: true, splitting: true, format: 'esm', logLevel: 'error',
    loader: { '.wasm': 'file', '.tactful': 'file' },
  });
  await writeFile(`${project}out-esbuild/index.html`, '<!doctype html><title>esbuild</title><script type="module" src="esbuild.js"></script>');
  same(await served('out-esbuild/', ''));
});

test('a single file, opened from the disk', async () => {
  const { build } = await import('esbuild');
  const { outputFiles: [{ text }] } = await build({
    entryPoints: [`${project}inline.js`], bundle: true, format: 'iife', minify: true, write: false, logLevel: 'error', logOverride: { 'empty-import-meta': 'silent' },
    loader: { '.tactful': 'binary' },
  });
  await writeFile(`${project}inline.html`, `<!doctype html><title>inline</title><script>${text.replaceAll('</script', '<\\/script')}</script>`);
  same(await inPage(pathToFileURL(`${project}inline.html`).href));
});

test('a page without a bundler, under a strict content security policy', async () => same(await served('', 'strict.html')));

test('workerd, the runtime of Cloudflare Workers', async () => same(await answered(await bundled(project, ['workerd', 'worker']))));

test('edge-light imports its module by the name that is asked for there', async () => {
  const out = await bundled(project, ['edge-light'], { external: ['*.wasm?module', '*.tactful'] });
  assert.match(await readFile(`${out}worker.mjs`, 'utf8'), /from "\.\/wasm\/runtime_bg\.wasm\?module"|runtime_bg\.wasm\?module/);
});
