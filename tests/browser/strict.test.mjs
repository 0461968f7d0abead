// A page that permits WebAssembly and nothing that is made out of strings.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bench } from './harness.mjs';

const its = bench();

test("the runtime decides under script-src 'self' 'wasm-unsafe-eval'", async () => {
  const { page } = await its.visit('strict.html');
  const answer = await page.evaluate(() => globalThis.answer);
  assert.equal(answer.error, undefined);
  assert.equal(answer.route, 'human');
  assert.equal(answer.evaluates, false, 'the page is as strict as it says');
  assert.deepEqual(answer.violations.filter((directive) => !directive.startsWith('script-src')), []);
});
