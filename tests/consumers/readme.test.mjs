// What a newcomer copies out of the package's README, unchanged.
import assert from 'node:assert/strict';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { launch, serve } from '../browser/harness.mjs';
import { answered, bundled, project as inProject, root } from './project.mjs';

const { folder: project, run, install } = inProject('newcomer');

/** Every block with a file's name, by that name. */
const blocks = (text) => Object.fromEntries([...text.matchAll(/```\w+ (\S+)\n([\s\S]*?)```/g)].map(([, name, block]) => [name, block]));

let files, browser;
before(async () => {
  files = blocks(await readFile(`${root}pkg/README.md`, 'utf8'));
  await install();
  for (const [name, block] of Object.entries(files)) await writeFile(project + name, block);
  browser = await launch();
});
after(() => browser?.close());

/** Presses a button that does nothing, as somebody would who wants it to. */
async function helpIn(address, heading) {
  const page = await browser.newPage();
  const problems = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  await page.goto(address);
  await page.waitForTimeout(1000);
  for (let i = 0; i < 6; i++) {
    await page.getByRole('button', { name: 'Export' }).click();
    await page.waitForTimeout(120);
  }
  await page.locator('tactful-offer').getByRole('heading', { name: heading }).waitFor({ timeout: 10_000 });
  assert.deepEqual(problems, []);
  await page.close();
}

test('every start of the README is tried here', () => {
  assert.deepEqual(Object.keys(files).sort(), ['decide.mjs', 'help.js', 'index.html', 'main.js', 'worker.js', 'wrangler.jsonc']);
});

test('a plain page', async () => {
  const site = await serve(project);
  try {
    await helpIn(`${site.url}index.html`, 'Would you like to talk to a person?');
  } finally {
    site.stop();
  }
});

test('the example page is that page', async () => {
  for (const name of ['index.html', 'help.js']) assert.equal(await readFile(`${root}examples/page/${name}`, 'utf8'), files[name]);
});

test('Vite', async () => {
  const { build } = await import('vite');
  await writeFile(`${project}vite.html`, files['index.html'].replace('help.js', 'main.js'));
  await build({ root: project, logLevel: 'error', configFile: false, build: { outDir: 'out', rollupOptions: { input: `${project}vite.html` } } });
  const site = await serve(`${project}out/`);
  try {
    await helpIn(`${site.url}vite.html`, 'Shall we look at this together?');
  } finally {
    site.stop();
  }
});

test('a Worker', async () => {
  const { route, promise } = JSON.parse(await answered(await bundled(project, ['workerd', 'worker', 'browser'])));
  assert.equal(route, 'human');
  assert.equal(promise.kind, 'fasterHelp');
});

test('Node', async () => {
  assert.match(await run(process.execPath, ['decide.mjs']), /^open_case - /m);
});

test('the types agree with every start and every example, strictly', async () => {
  for (const name of ['survey.mjs', 'events.ndjson']) await copyFile(`${root}examples/node/${name}`, project + name);
  // What Vite itself declares for its projects.
  await writeFile(`${project}vite-env.d.ts`, "declare module '*?url' { const url: string; export default url; }\n");
  await writeFile(`${project}tsconfig.json`, JSON.stringify({
    compilerOptions: {
      target: 'es2022', module: 'esnext', moduleResolution: 'bundler', lib: ['es2022', 'dom', 'dom.iterable'], types: ['node'], typeRoots: [`${root}tests/consumers/node_modules/@types`],
      strict: true, exactOptionalPropertyTypes: true, skipLibCheck: true, allowJs: true, checkJs: true, noEmit: true,
    },
    files: ['help.js', 'main.js', 'worker.js', 'decide.mjs', 'survey.mjs', 'vite-env.d.ts'],
  }));
  assert.equal(await run(`${root}tests/consumers/node_modules/.bin/tsc`, ['-p', '.']), '');
});

test('the example on a server says who may be asked', async () => {
  for (const name of ['survey.mjs', 'events.ndjson']) await copyFile(`${root}examples/node/${name}`, project + name);
  const said = await run(process.execPath, ['survey.mjs', 'events.ndjson', '2026-09-16T10:00:00Z']);
  assert.match(said, /ada: may be asked/);
  assert.match(said, /bert: no, open_case/);
  assert.match(said, /clara: no, .*survey_fatigue.*not before 2026-/);
  assert.match(said, /dora: no, unknown_consent/);
});
