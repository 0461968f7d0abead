// What adding tactful costs the demo page, in Chromium: transfer, main-thread time, time to the first
// decision, layout shift. The same page with and without, alternating in one run; nothing from a cache.
import { launch, serve } from '../tests/browser/harness.mjs';

const ROUNDS = 9;
const SETTLED = 2500;
const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];

// A page on which something is offered, so that its coming is measured too.
const ADDRESS = '?situation=ready#/pricing';
const MODES = { without: ADDRESS.replace('#', '&tactful=off#'), with: ADDRESS };

const [browser, site] = await Promise.all([launch(), serve(undefined, { compressed: true })]);

/** One visit from nothing. */
async function visit(mode, slower) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, serviceWorkers: 'block' });
  await context.addInitScript(() => {
    localStorage.setItem('dayloom.tour', 'seen');
    globalThis.seen = { shift: 0, long: 0, first: undefined };
    new PerformanceObserver((list) => { for (const { value } of list.getEntries()) globalThis.seen.shift += value; }).observe({ type: 'layout-shift', buffered: true });
    new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) globalThis.seen.long += duration; }).observe({ type: 'longtask', buffered: true });
    document.addEventListener('tactful:decision', () => { globalThis.seen.first = performance.now(); }, { once: true });
  });
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  let bytes = 0;
  let requests = 0;
  cdp.on('Network.loadingFinished', ({ encodedDataLength }) => { bytes += encodedDataLength; requests += 1; });
  await cdp.send('Network.enable');
  await cdp.send('Performance.enable');
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: slower });
  await page.goto(`${site.url}${MODES[mode]}`);
  await page.waitForTimeout(SETTLED);
  const { metrics } = await cdp.send('Performance.getMetrics');
  const of = (wanted) => metrics.find(({ name }) => name === wanted).value * 1000;
  const seen = await page.evaluate(() => ({ ...globalThis.seen, paint: performance.getEntriesByName('first-contentful-paint')[0].startTime, offered: !document.querySelector('#offer').hidden }));
  await context.close();
  if (seen.offered !== (mode === 'with')) throw new Error(`${mode}: ${seen.offered ? 'something' : 'nothing'} was offered`);
  return { ...seen, bytes, requests, task: of('TaskDuration'), script: of('ScriptDuration') };
}

const kb = (bytes) => `${(bytes / 1024).toFixed(1)} KB`;
const ms = (value) => `${value.toFixed(0)} ms`;
const ROWS = [
  ['transfer, gzip', 'bytes', kb],
  ['requests', 'requests', String],
  ['first contentful paint', 'paint', ms],
  ['main thread, all tasks', 'task', ms],
  ['of that, script', 'script', ms],
  ['long tasks (over 50 ms), sum', 'long', ms],
  ['first decision after', 'first', ms],
  ['layout shift', 'shift', (value) => value.toFixed(4)],
];

for (const [slower, name] of [[1, 'this machine'], [4, 'four times slower']]) {
  const all = { without: [], with: [] };
  for (let round = 0; round <= ROUNDS; round++)
    for (const mode of round % 2 === 0 ? ['without', 'with'] : ['with', 'without']) {
      const one = await visit(mode, slower);
      // The first round warms the browser up.
      if (round > 0) all[mode].push(one);
    }
  const cell = (mode, what, show) => (all[mode][0][what] === undefined ? '' : show(median(all[mode].map((one) => one[what]))));
  console.log(`| ${name} | without | with |\n| --- | ---: | ---: |`);
  for (const [label, what, show] of ROWS) console.log(`| ${label} | ${cell('without', what, show)} | ${cell('with', what, show)} |`);
  console.log('');
}
await browser.close();
site.stop();
