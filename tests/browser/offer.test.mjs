// <tactful-offer> over the real engine, in every state it can be in.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DATABASE, bench, inaccessible } from './harness.mjs';

const its = bench();

const BOT = { route: 'chatbot', open: true };
const PERSON = { route: 'human', open: true, staffed: true, waitP80Ms: 60000 };
const CLOSED = { route: 'human', open: false };
const ARTICLES = [{ id: 'export-as-csv', matter: 'export', solves: 900, readMs: 60000 }];

/** A page in a state: what can be had, and how the trouble shows. */
async function page({ moment, ask = false, options, query = '' } = {}) {
  const context = await its.browser.newContext({ viewport: { width: 1100, height: 760 }, ...options });
  await context.addInitScript(DATABASE);
  const it = await context.newPage();
  const problems = [];
  it.on('pageerror', (error) => problems.push(String(error)));
  it.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  await it.goto(its.at(`offers.html${query}`));
  await it.waitForFunction(() => globalThis.tab);
  await it.evaluate((moment) => globalThis.tab.begin('ada', { moment }), moment ?? { routes: [BOT, PERSON] });
  if (ask) await it.evaluate(() => globalThis.tab.ask());
  else await it.evaluate(() => globalThis.tab.trouble());
  await it.waitForFunction(() => document.querySelector('tactful-offer').open);
  // Past its coming in.
  await it.waitForTimeout(300);
  return { it, problems, card: it.locator('tactful-offer') };
}
const told = (it, step) => it.evaluate((step) => globalThis.tab.state().told.filter(({ event }) => event === step).length, step);
const said = (it) => it.evaluate(() => document.querySelector('tactful-offer').shadowRoot.querySelector('[role=status]').textContent);
const focused = (it) => it.evaluate(() => {
  const { activeElement } = document;
  return (activeElement.shadowRoot?.activeElement ?? activeElement).textContent.trim() || activeElement.id || activeElement.tagName;
});

/** What has become of offers, as the store has written it. */
const written = (it) => it.evaluate(async () => {
  const database = await globalThis.database();
  const all = database.transaction('events').objectStore('events').getAll();
  await new Promise((resolve) => { all.onsuccess = resolve; });
  database.close();
  const touches = all.result.filter(({ type }) => type === 'touch').sort((a, b) => a.at - b.at);
  return touches.map(({ touch, step, route }) => ({ touch, told: `${route} ${step}` }));
});

/** Every state that a visitor can meet, and the heading of it. */
const STATES = {
  assistant: [{}, 'Shall we look at this together?'],
  person: [{ moment: { routes: [PERSON] } }, 'Would you like to talk to a person?'],
  article: [{ moment: { routes: [], articles: ARTICLES } }, 'There is an article about this'],
  'asked for': [{ moment: { routes: [PERSON] }, ask: true }, 'Would you like to talk to a person?'],
  dated: [{ moment: { routes: [CLOSED] }, ask: true }, 'Leave us a message'],
};

// Each has a browser context of its own, and they mostly wait.
describe('the card', { concurrency: 2 }, () => {
  for (const [name, [about, heading]] of Object.entries(STATES))
    for (const [how, options] of [['light', {}], ['dark on a phone', { viewport: { width: 320, height: 700 }, colorScheme: 'dark' }]])
      test(`${name}, ${how}: axe-core finds nothing, nothing is cut off, no target is too small`, async () => {
        const { it, card, problems } = await page({ ...about, options });
        assert.equal(await card.getByRole('heading').innerText(), heading);
        assert.deepEqual(await inaccessible(it), []);
        await card.locator('summary').click();
        assert.deepEqual(await inaccessible(it), []);
        const { wide, small } = await card.evaluate((host) => ({
          wide: [host.ownerDocument.documentElement, ...host.shadowRoot.querySelectorAll('*')].filter((each) => {
            const { left, right, width } = each.getBoundingClientRect();
            return each.role !== 'status' && !each.matches('.said') && width > 0 && (left < 0 || right > innerWidth || each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 0);
          }).length,
          small: [...host.shadowRoot.querySelectorAll('button, a, summary')].map((each) => each.getBoundingClientRect()).filter(({ width, height }) => width < 24 || height < 24).length,
        }));
        assert.equal(wide, 0, 'it reflows');
        assert.equal(small, 0);
        assert.deepEqual(problems, [], 'and the page allows no inline style');
        await it.context().close();
      });

  test('refused for good: a note that can be taken back, without findings', async () => {
    const { it, card } = await page();
    await card.getByRole('button', { name: 'Never here' }).click();
    assert.deepEqual(await inaccessible(it), []);
    assert.match(await card.getByRole('region').getAttribute('aria-labelledby'), /title/);
    assert.equal(await card.getByRole('heading').innerText(), 'Understood: help is not offered here any more.');
    assert.equal(await said(it), '', 'what has the focus is not announced besides');
    await card.getByRole('button', { name: 'Offer it again' }).click();
    assert.deepEqual(await inaccessible(it), []);
    await card.getByRole('button', { name: 'Close' }).click();
    assert.equal(await card.getByRole('heading').count(), 0);
  });

  test('both refusals weigh the same', async () => {
    const { card } = await page();
    const boxes = await Promise.all(['Not now', 'Never here'].map(async (name) => {
      const button = card.getByRole('button', { name });
      const looks = await button.evaluate((it) => { const { color, backgroundColor, fontSize, fontWeight, borderColor } = getComputedStyle(it); return { color, backgroundColor, fontSize, fontWeight, borderColor }; });
      const { width, height } = await button.boundingBox();
      return { ...looks, width: Math.round(width), height: Math.round(height) };
    }));
    assert.deepEqual(boxes[0], boxes[1]);
  });

  test('it comes without taking the focus, and is announced once, politely', async () => {
    const context = await its.browser.newContext();
    const it = await context.newPage();
    await it.goto(its.at('offers.html'));
    await it.waitForFunction(() => globalThis.tab);
    await it.locator('#name').focus();
    const region = await it.evaluate(() => document.querySelector('tactful-offer').shadowRoot.querySelector('[role=status]') !== null);
    assert.ok(region, 'the region is there before there is something to say');
    await it.evaluate(() => {
      const status = document.querySelector('tactful-offer').shadowRoot.querySelector('[role=status]');
      globalThis.announced = [];
      new MutationObserver(() => status.textContent && globalThis.announced.push(status.textContent)).observe(status, { childList: true });
      return globalThis.tab.begin('ada');
    });
    await it.evaluate(() => globalThis.tab.trouble());
    await it.waitForFunction(() => document.querySelector('tactful-offer').open);
    await it.waitForTimeout(2500);
    assert.equal(await it.evaluate(() => document.activeElement.id), 'name');
    const announced = await it.evaluate(() => globalThis.announced);
    assert.equal(announced.length, 1);
    assert.match(announced[0], /Shall we look at this together\? .*assistant/);
  });

  test('with the keyboard alone: reached in order, refused by Escape, the focus where it was', async () => {
    const { it, card } = await page();
    await it.locator('#name').focus();
    const order = [];
    for (let i = 0; i < 5; i++) {
      await it.keyboard.press('Tab');
      order.push(await focused(it));
    }
    assert.deepEqual(order, ['Ask the assistant', 'A person instead', 'Not now', 'Never here', 'Why am I seeing this?']);
    await it.keyboard.press('Enter');
    assert.ok(await card.getByRole('listitem').first().isVisible());
    await it.keyboard.press('Escape');
    assert.equal(await card.getByRole('heading').count(), 0);
    assert.equal(await it.evaluate(() => document.activeElement.id), 'name');
    assert.equal(await told(it, 'dismissed'), 1);
  });

  test('Escape elsewhere belongs to the page', async () => {
    const { it, card } = await page();
    await it.locator('#name').focus();
    await it.keyboard.press('Escape');
    assert.equal(await card.getByRole('heading').count(), 1);
  });

  test('in a corner it never lies on what has the focus', async () => {
    const { it, card } = await page({ options: { viewport: { width: 900, height: 600 } } });
    await it.evaluate(() => {
      const low = document.createElement('input');
      low.id = 'low';
      low.setAttribute('aria-label', 'Low');
      document.querySelector('main').append(low);
      low.focus();
    });
    await it.waitForTimeout(100);
    const overlap = await it.evaluate(() => {
      const [a, b] = [document.querySelector('#low').getBoundingClientRect(), document.querySelector('tactful-offer').shadowRoot.querySelector('.card').getBoundingClientRect()];
      return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    });
    assert.equal(overlap, false);
    assert.equal(await card.getByRole('heading').count(), 1);
  });

  test('nothing moves for who wants no motion', async () => {
    const moves = (it) => it.locator('tactful-offer').evaluate((host) => getComputedStyle(host.shadowRoot.querySelector('.card')).animationName);
    const { it } = await page({ options: { reducedMotion: 'reduce' } });
    assert.equal(await moves(it), 'none');
    const { it: other } = await page({ options: { reducedMotion: 'no-preference' } });
    assert.equal(await moves(other), 'come');
  });

  test('what was taken up leads where the site says; the page may do it itself', async () => {
    const { it, card } = await page(STATES.article[0]);
    const link = card.getByRole('link', { name: 'Read it' });
    assert.equal(await link.getAttribute('href'), '#articles/export-as-csv');
    await link.click();
    assert.ok((await it.evaluate(() => location.hash)).endsWith('export-as-csv'));
    assert.equal(await told(it, 'accepted'), 1);
    const { it: own, card: its } = await page(STATES.article[0]);
    await own.evaluate(() => document.addEventListener('tactful:accepted', (event) => event.preventDefault()));
    await its.getByRole('link', { name: 'Read it' }).click();
    assert.equal(await own.evaluate(() => location.hash), '');
  });

  test('a person instead is a wish, and is answered', async () => {
    const { it, card } = await page();
    await card.getByRole('button', { name: 'A person instead' }).click();
    await card.getByRole('heading', { name: 'Would you like to talk to a person?' }).waitFor();
    assert.equal((await it.evaluate(() => globalThis.tab.state().offer)).purpose, 'answer');
  });

  test('a site that cancels what is shown shows nothing, and nothing is counted', async () => {
    const context = await its.browser.newContext();
    const it = await context.newPage();
    await it.goto(its.at('offers.html'));
    await it.waitForFunction(() => globalThis.tab);
    await it.evaluate(() => {
      document.addEventListener('tactful:shown', (event) => event.preventDefault());
      return globalThis.tab.begin('ada');
    });
    await it.evaluate(() => globalThis.tab.trouble());
    await it.waitForFunction(() => globalThis.tab.state().offer?.step === 'cancelled');
    assert.equal(await it.locator('tactful-offer').getByRole('heading').count(), 0);
  });

  test('it speaks the language of the page, and one that a site adds', async () => {
    const { it, card } = await page();
    await it.evaluate(async () => {
      const { TactfulOffer } = await import('/pkg/offer.js');
      TactfulOffer.words.fr = { later: 'Pas maintenant', chatbot: { title: 'On regarde ensemble ?', accept: "Demander à l'assistant" } };
    });
    for (const [lang, name] of [['de-AT', 'Jetzt nicht'], ['es', 'Ahora no'], ['fr-CA', 'Pas maintenant']]) {
      await it.evaluate(async (lang) => {
        document.documentElement.lang = lang;
        await globalThis.tab.begin(`reader-of-${lang}`, { moment: { routes: [{ route: 'chatbot', open: true }] } });
        globalThis.tab.trouble();
      }, lang);
      await card.getByRole('button', { name }).waitFor();
    }
    assert.ok(await card.getByRole('button', { name: 'Never here' }).isVisible(), 'what is missing is English');
  });

  test('what is pressed in a card that was just replaced is heard', async () => {
    const { it, card } = await page();
    await card.getByRole('button', { name: 'Never here' }).focus();
    // Nobody can chat any more: what is offered changes, but not under somebody's hands.
    await it.evaluate(() => globalThis.tab.host({ routes: [{ route: 'human', open: true, staffed: true }] }));
    await it.waitForTimeout(1500);
    assert.equal(await card.getByRole('heading').innerText(), 'Shall we look at this together?');
    // Let go, it is what it has become; and taken up again.
    await it.locator('#name').focus();
    await card.getByRole('heading', { name: 'Would you like to talk to a person?' }).waitFor();
    await card.getByRole('button', { name: 'Never here' }).focus();
    await it.evaluate(() => globalThis.tab.host({ routes: [{ route: 'chatbot', open: true }] }));
    await it.waitForTimeout(1500);
    await it.keyboard.press('Enter');
    await it.waitForTimeout(300);
    await it.evaluate(() => globalThis.tab.trouble());
    await it.waitForTimeout(1500);
    assert.ok((await it.evaluate(() => globalThis.tab.state())).told.at(-1).because.includes('customer_asked'));
  });

  test('an offer that leads elsewhere is the same offer, drawn and announced anew', async () => {
    const { it, card } = await page({ moment: { routes: [BOT] } });
    const before = await it.evaluate(() => globalThis.tab.state().offer.touch);
    await it.evaluate(() => globalThis.tab.host({ routes: [{ route: 'human', open: true, staffed: true }] }));
    await card.getByRole('heading', { name: 'Would you like to talk to a person?' }).waitFor();
    const { offer, told } = await it.evaluate(() => globalThis.tab.state());
    assert.equal(offer.touch, before);
    await it.waitForTimeout(1500);
    assert.equal(await card.getByRole('heading').count(), 1, 'a cap of one a day is for one offer, wherever it leads');
    assert.deepEqual([...new Set(told.filter(({ event }) => event === 'shown').map(({ touch }) => touch))], [before]);
  });

  test('what an offer turns into on the next page is told as well', async () => {
    const { it, card } = await page({ moment: { routes: [BOT] } });
    await it.reload();
    await it.waitForFunction(() => globalThis.tab);
    await it.evaluate((moment) => globalThis.tab.begin('ada', { moment }), { routes: [PERSON] });
    await card.getByRole('heading', { name: 'Would you like to talk to a person?' }).waitFor();
    await it.waitForTimeout(300);
    const all = await written(it);
    assert.deepEqual(all.map(({ told }) => told), ['chatbot shown', 'human shown']);
    assert.equal(new Set(all.map(({ touch }) => touch)).size, 1);
  });

  test('what another offer takes the place of has ended', async () => {
    const { it, card } = await page({ moment: { routes: [BOT, PERSON] } });
    await it.evaluate(() => globalThis.tab.ask());
    await card.getByRole('heading', { name: 'Would you like to talk to a person?' }).waitFor();
    await it.waitForTimeout(300);
    const all = await written(it);
    assert.deepEqual(all.map(({ told }) => told), ['chatbot shown', 'chatbot expired', 'human shown']);
    assert.equal(new Set(all.map(({ touch }) => touch)).size, 2);
  });

  test('a card that comes late, or again, shows what stands', async () => {
    const { it, card } = await page();
    const touch = await it.evaluate(() => globalThis.tab.state().offer.touch);
    await it.evaluate(() => {
      const card = document.querySelector('tactful-offer');
      card.remove();
      document.querySelector('main').append(card);
    });
    await card.getByRole('heading').waitFor();
    await it.evaluate(() => document.querySelector('tactful-offer').replaceWith(document.createElement('tactful-offer')));
    await card.getByRole('heading').waitFor();
    assert.equal(await it.evaluate(() => globalThis.tab.state().offer.touch), touch);
  });

  test('a host that moves or makes cards whenever something is decided does not go round in circles', async () => {
    for (const how of ['move', 'make']) {
      const context = await its.browser.newContext();
      const it = await context.newPage();
      await it.goto(its.at('offers.html'));
      await it.waitForFunction(() => globalThis.tab);
      await it.evaluate((how) => {
        const place = document.querySelector('#place');
        document.addEventListener('tactful:decision', () => {
          if (how === 'move') place.append(document.querySelector('tactful-offer'));
          else place.innerHTML = '<tactful-offer></tactful-offer>';
        });
        return globalThis.tab.begin('ada');
      }, how);
      await it.evaluate(() => globalThis.tab.trouble());
      await it.locator('tactful-offer').getByRole('heading').waitFor();
      await it.waitForTimeout(1500);
      assert.ok((await told(it, 'decision')) < 5, how);
      await context.close();
    }
  });

  test('where nobody listens any more nothing is left to be pressed', async () => {
    const { it, card } = await page();
    await it.evaluate(() => globalThis.tab.stop());
    assert.equal(await card.getByRole('heading').count(), 0);
  });

  test('it does not fold because the whole page has the focus', async () => {
    const { it, card } = await page();
    await it.evaluate(() => {
      const app = document.createElement('div');
      app.tabIndex = -1;
      app.style.cssText = 'position: absolute; inset: 0; min-height: 100vh';
      document.body.prepend(app);
      app.focus();
    });
    await it.waitForTimeout(200);
    assert.equal(await card.evaluate((host) => host.hasAttribute('data-folded')), false);
  });

  test('folded for want of room it is reached with the keyboard, and opens', async () => {
    const { it, card } = await page({ options: { viewport: { width: 320, height: 420 } } });
    await it.evaluate(() => {
      const field = document.createElement('textarea');
      field.setAttribute('aria-label', 'Tall');
      field.style.cssText = '';
      field.rows = 14;
      document.querySelector('h1').after(field);
      field.focus();
    });
    await it.waitForTimeout(200);
    assert.ok(await card.evaluate((host) => host.hasAttribute('data-folded')));
    for (let i = 0; i < 6 && (await focused(it)) !== 'Ask the assistant'; i++) await it.keyboard.press('Tab');
    assert.equal(await focused(it), 'Ask the assistant');
    const { height } = await card.evaluate((host) => host.shadowRoot.querySelector('.accept').getBoundingClientRect().toJSON());
    assert.ok(height > 24);
  });

  test('the accept link is the one with the accent', async () => {
    const { card } = await page(STATES.person[0] ? { moment: STATES.person[0].moment } : {});
    const colour = (name, role) => card.getByRole(role, { name }).evaluate((it) => getComputedStyle(it).backgroundColor);
    assert.equal(await colour('Talk to a person', 'link'), 'rgb(11, 93, 102)');
    assert.equal(await colour('Not now', 'button'), 'rgba(0, 0, 0, 0)');
  });

  test('a language is found in any spelling, and a word that is missing is English', async () => {
    const { it, card } = await page();
    await it.evaluate(async () => {
      const { TactfulOffer } = await import('/pkg/offer.js');
      TactfulOffer.words['pt-BR'] = { chatbot: { accept: 'Perguntar' } };
      document.documentElement.lang = 'pt-br';
      await globalThis.tab.begin('leitor', { moment: { routes: [{ route: 'chatbot', open: true }] } });
      globalThis.tab.trouble();
    });
    await card.getByRole('button', { name: 'Perguntar' }).waitFor();
    assert.equal(await card.getByRole('heading').innerText(), 'Shall we look at this together?');
    assert.equal(await card.getByRole('region').getAttribute('lang'), 'pt-br');
  });

  test('a moment with a mistake is said once, on the console where nobody listens, and costs nothing', async () => {
    const context = await its.browser.newContext();
    const it = await context.newPage();
    const said = [];
    it.on('console', (message) => message.type() === 'error' && said.push(message.text()));
    await it.goto(its.at('offers.html'));
    await it.waitForFunction(() => globalThis.tab);
    await it.evaluate(() => globalThis.tab.begin('ada', { moment: { routes: [{ route: 'humen', open: true }] } }));
    await it.evaluate(() => globalThis.tab.trouble());
    await it.waitForTimeout(2500);
    const errors = (await it.evaluate(() => globalThis.tab.state(false))).told.filter(({ event }) => event === 'error');
    assert.equal(errors.length, 1);
    assert.match(said.join(), /\/routes\/0\/route/);
  });
});
