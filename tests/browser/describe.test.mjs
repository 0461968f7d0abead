// The page of a policy's definitions, as it is opened, read aloud and printed.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { describe } from '../../pkg/studio-node.js';
import { inaccessible, launch } from './harness.mjs';

const policy = JSON.parse(await readFile(new URL('../../www/policy.json', import.meta.url), 'utf8'));

test('the definitions can be read on any screen, by anybody, without a network, and printed', async () => {
  const browser = await launch();
  try {
    const html = await describe(policy);
    for (const colorScheme of ['light', 'dark'])
      for (const width of [360, 1280]) {
        const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme, offline: true });
        const page = await context.newPage();
        const requests = [];
        page.on('request', ({ url }) => requests.push(url));
        await page.setContent(html);
        assert.equal(await page.locator('h1').innerText(), 'dayloom version 1');
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), `${width} px`);
        assert.deepEqual(await inaccessible(page), [], `${width} px, ${colorScheme}`);
        assert.deepEqual(requests, []);
        if (width === 1280) {
          const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
          const pages = Number(/\/Type \/Pages[^]*?\/Count (\d+)|\/Count (\d+)/.exec(pdf)?.slice(1).find(Boolean));
          assert.ok(pages >= 4 && pages <= 30, `${pages} pages`);
        }
        await context.close();
      }
  } finally {
    await browser.close();
  }
});
