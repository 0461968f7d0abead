// The page's own rules: what may run in it, and that nothing of ours needs an exception.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PAGES, demo } from './harness.mjs';

const its = demo();

const refused = (page, run) =>
  page.evaluate(async (code) => {
    const seen = [];
    const listen = ({ effectiveDirective }) => seen.push(effectiveDirective);
    document.addEventListener('securitypolicyviolation', listen);
    const act = {
      inline: () => { const script = document.createElement('script'); script.text = 'window.ran = true'; document.body.append(script); },
      style: () => { document.body.insertAdjacentElement('beforeend', Object.assign(document.createElement('p'), { id: 'styled' })).setAttribute('style', 'color: red'); },
      markup: () => { document.body.innerHTML += '<p>'; },
      image: () => { new Image().src = 'https://example.org/x.png'; },
      request: () => fetch('https://example.org/x').catch(() => {}),
      // Later, because what a debugger runs itself is let through.
      code: () => new Promise((done, refuse) => setTimeout(() => { try { done(new Function('window.ran = true')()); } catch (error) { refuse(error); } })),
    }[code];
    try { await act(); } catch (error) { seen.push(error.name); }
    await new Promise((done) => setTimeout(done, 200));
    document.removeEventListener('securitypolicyviolation', listen);
    return { seen, ran: window.ran === true };
  }, run);

test('the security policy refuses what the page does not need', async () => {
  const { page, context } = await its.visit('new', '#/');
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
  assert.deepEqual(policy.match(/'unsafe-[^']*'|\*|https?:|data:/g), null, 'nothing unsafe is allowed');
  assert.match(policy, /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval';/);
  for (const [act, directive] of [['inline', /TypeError/], ['code', /EvalError|script-src|trusted-types/], ['style', /style-src/], ['markup', /TypeError|trusted-types/], ['image', /img-src/], ['request', /connect-src/]]) {
    const { seen, ran } = await refused(page, act);
    assert.ok(seen.some((what) => directive.test(what)), `${act}: ${seen}`);
    assert.equal(ran, false, act);
  }
  await context.close();
});

test('no page breaks a rule of its own, and none is wider than its window', async () => {
  for (const width of [360, 390, 768, 1280, 1920]) {
    const { page, context, problems } = await its.visit('ready', '#/', { viewport: { width, height: 800 } });
    for (const hash of PAGES) {
      await page.goto(its.at(hash, 'ready'));
      await page.locator('main h1').waitFor();
      await page.waitForTimeout(60);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(wide <= 0, `${hash} is ${wide} px wider than ${width}`);
    }
    await page.locator('#drawer-toggle').click();
    await page.waitForTimeout(200);
    assert.ok(await page.evaluate(() => document.querySelector('#drawer').scrollWidth <= document.querySelector('#drawer').clientWidth), `the drawer at ${width}`);
    assert.deepEqual(problems, [], `at ${width}`);
    await context.close();
  }
});
