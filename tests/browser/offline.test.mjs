// After the first load the network may go: the demo works on the plane.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { launch, offer, angryClicks, open, openDrawer, serve } from './harness.mjs';

test('after the first load everything works without a network, and without the server', async () => {
  const [browser, site] = await Promise.all([launch(), serve()]);
  try {
    const { page, context, problems } = await open(browser, `${site.url}?situation=new#/`);
    await page.evaluate(() => navigator.serviceWorker.ready.then(({ active }) => active.state === 'activated' || new Promise((done) => active.addEventListener('statechange', done))));
    site.stop();
    await context.setOffline(true);

    await page.goto(`${site.url}?situation=openCase#/account`);
    await page.waitForFunction(() => document.documentElement.dataset.engine === 'ready');
    await angryClicks(page);
    await offer(page).waitFor({ timeout: 2500 });
    await openDrawer(page);
    await page.locator('#explain').click();
    await page.locator('.see-found h4').first().waitFor({ timeout: 15_000 });
    await page.locator('#replay-recorded').selectOption({ index: 1 });
    await page.locator('.replaying').waitFor();

    await page.goto(`${site.url}?situation=spanish#/article/export-data`);
    await page.locator('h1[lang=es]').waitFor();
    const fonts = await page.evaluate(() => document.fonts.ready.then((all) => [...all].filter(({ status }) => status === 'loaded').map(({ family }) => family)));
    assert.ok(fonts.some((family) => family.includes('Figtree')), `fonts: ${fonts}`);
    assert.deepEqual(problems, []);
    await context.close();
  } finally {
    await browser.close();
  }
});

test('it can be installed: name, icons and start are there, and lead where they say', async () => {
  const [browser, site] = await Promise.all([launch(), serve()]);
  try {
    const { page, context } = await open(browser, site.url);
    const client = await context.newCDPSession(page);
    await page.evaluate(() => navigator.serviceWorker.ready);
    const { installabilityErrors } = await client.send('Page.getInstallabilityErrors');
    assert.deepEqual(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito'), []);
    const { errors, data } = await client.send('Page.getAppManifest');
    assert.deepEqual(errors, []);
    const { icons, start_url: start } = JSON.parse(data);
    await page.goto(new URL(start, site.url).href);
    await page.locator('h1', { hasText: 'Who works when' }).waitFor();
    for (const { src, sizes } of icons) {
      const size = await page.evaluate(async (address) => {
        const image = new Image();
        image.src = address;
        await image.decode();
        return `${image.naturalWidth}x${image.naturalHeight}`;
      }, src);
      assert.equal(size, sizes, src);
    }
    await context.close();
  } finally {
    await browser.close();
    site.stop();
  }
});
