// The same story gives the same decision bytes in Chromium as natively.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { launch, serve } from './harness.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

test('the same story gives the same decision bytes natively and in Chromium', async () => {
  const folder = `${root}examples/stories/`;
  const files = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort().map((name) => folder + name);
  const native = await promisify(execFile)(`${root}target/debug/examples/decide`, files, { maxBuffer: 1 << 26 });
  const stories = await Promise.all(files.map(async (file) => JSON.parse(await readFile(file, 'utf8'))));
  const [browser, site] = await Promise.all([launch(), serve(root)]);
  try {
    const page = await browser.newPage();
    await page.goto(`${site.url}tests/browser/empty.html`);
    for (const edition of ['page.js', 'web.js']) {
      const lines = await page.evaluate(
        async ([edition, stories]) => {
          const { load } = await import(`/pkg/${edition}`);
          const { replay } = await import('/tests/package/replay.mjs');
          const tactful = await load('/pkg/starter.tactful', { unsigned: true });
          // A story may bring a policy of its own.
          const own = (story) => (story.policy ? load(story.policy, { unsigned: true }) : tactful);
          return Promise.all(stories.map(async (story) => replay(await own(story), story)));
        },
        [edition, stories],
      );
      assert.deepEqual(lines, native.stdout.trim().split('\n'), edition);
    }
  } finally {
    await browser.close();
    site.stop();
  }
});
