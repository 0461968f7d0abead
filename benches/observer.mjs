// What observing costs a page, in Chromium: main-thread time per real click, decisions included, and
// per mutation while no click is undecided. With and without the observer alternate in one run.
import { fileURLToPath } from 'node:url';
import { launch, open, serve } from '../tests/browser/harness.mjs';

const CLICKS = 60;
const ROUNDS = 9;
const MUTATIONS = 20_000;
const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];

const [browser, site] = await Promise.all([launch(), serve(fileURLToPath(new URL('../', import.meta.url)))]);
const { page, context } = await open(browser, `${site.url}benches/observer/index.html`);
const cdp = await context.newCDPSession(page);
await cdp.send('Performance.enable');
const metrics = async () => Object.fromEntries((await cdp.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value * 1000]));
const start = () => page.evaluate(() => globalThis.bench.start());
const stop = () => page.evaluate(() => globalThis.bench.stop());

/** Main-thread milliseconds a click takes, everything that follows from it included. */
async function clicked() {
  const box = await page.locator('#live').boundingBox();
  const before = await metrics();
  for (let i = 0; i < CLICKS; i++) {
    await page.mouse.click(box.x + 5, box.y + 5);
    await page.waitForTimeout(25);
  }
  const after = await metrics();
  return { script: (after.ScriptDuration - before.ScriptDuration) / CLICKS, task: (after.TaskDuration - before.TaskDuration) / CLICKS };
}

const mutated = () => page.evaluate((count) => globalThis.bench.mutate(count), MUTATIONS);

const clicks = { without: [], listeners: [], with: [] };
const mutations = { with: [], without: [], ratio: [] };
await clicked();
await mutated();
for (let round = 0; round < ROUNDS; round++) {
  clicks.without.push(await clicked());
  for (const which of ['listeners', 'with']) {
    await page.evaluate((only) => globalThis.bench.listenersOnly(only), which === 'listeners');
    await start();
    await page.waitForTimeout(100);
    clicks[which].push(await clicked());
    await stop();
  }
  // Alternating order, so that a page that grows slower is not the observer's fault.
  const order = round % 2 === 0 ? ['with', 'without'] : ['without', 'with'];
  const ms = {};
  for (const which of order) {
    if (which === 'with') await start();
    await page.waitForTimeout(300);
    ms[which] = await mutated();
    mutations[which].push(ms[which]);
    if (which === 'with') await stop();
  }
  mutations.ratio.push(ms.with / ms.without);
}
await browser.close();
site.stop();

const of = (which, what) => median(clicks[which].map((each) => each[what]));
const us = (ms) => `${(ms * 1000).toFixed(0)} µs`;
const ns = (ms) => `${((ms / MUTATIONS) * 1e6).toFixed(0)} ns`;
const row = (name, what) => {
  const [without, listeners, all] = ['without', 'listeners', 'with'].map((which) => of(which, what));
  return `| ${name} | ${us(without)} | + ${us(listeners - without)} | + ${us(all - without)} |`;
};
console.log(`| per real click, main thread | page alone | observing | observing and deciding |
| --- | ---: | ---: | ---: |
${row('script', 'script')}
${row('all tasks', 'task')}

| per mutation while no click is undecided | page alone | observed | ratio |
| --- | ---: | ---: | ---: |
| | ${ns(median(mutations.without))} | ${ns(median(mutations.with))} | ${median(mutations.ratio).toFixed(3)} |`);
