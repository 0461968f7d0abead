// A static server for the built demo and a real Chromium to open it with.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';

const DIST = fileURLToPath(new URL('../../www/dist/', import.meta.url));
const TYPES = {
  '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.wasm': 'application/wasm',
  '.woff2': 'font/woff2', '.png': 'image/png', '.webmanifest': 'application/manifest+json',
};

/** Serves a folder on loopback, compressed where asked; resolves with its address and how to stop. */
export async function serve(folder = DIST, { compressed = false } = {}) {
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, 'http://x').pathname));
    if (path === '/favicon.ico') return response.writeHead(204).end();
    const file = join(folder, path.endsWith('/') ? `${path}index.html` : path);
    try {
      const body = await readFile(file);
      const type = TYPES[extname(file)] ?? 'application/octet-stream';
      const shrinks = compressed && !/woff2|png/.test(type);
      response.writeHead(200, { 'content-type': type, ...(shrinks && { 'content-encoding': 'gzip' }) });
      response.end(shrinks ? gzipSync(body) : body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, stop: () => server.close() };
}

/** Where a Chromium may be; CHROMIUM says it outright. */
const PLACES = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export async function launch() {
  const executablePath = PLACES.find((place) => place && existsSync(place));
  if (!executablePath) throw new Error('no Chromium found: install one, or set CHROMIUM to its path');
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });
}

/** A page of the demo that keeps a list of what it requested and what went wrong; its tour is over unless wanted. */
export async function open(browser, url, { tour = false, time, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  if (!tour) await context.addInitScript(() => localStorage.setItem('dayloom.tour', 'seen'));
  // Not a stopped clock: it goes on from there.
  if (time) await context.clock.install({ time });
  const page = await context.newPage();
  const requests = [];
  const problems = [];
  page.on('request', (request) => requests.push({ url: request.url(), method: request.method(), body: request.postData() }));
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  await page.goto(url);
  page.on('popup', (popup) => popup.close());
  await page.waitForFunction(() => document.documentElement.dataset.engine !== undefined);
  return { page, context, requests, problems };
}

/** A Chromium and what is served of a folder, for the tests of a file. */
function served(folder) {
  const its = {};
  before(async () => {
    [its.browser, its.site] = await Promise.all([launch(), serve(folder)]);
  });
  after(async () => {
    await its.browser?.close();
    its.site?.stop();
  });
  return its;
}

/** The pages of these tests, over the package as it stands: `at` is the address of one, `visit` opens it. */
export function bench() {
  const its = served(fileURLToPath(new URL('../../', import.meta.url)));
  its.at = (page) => `${its.site.url}tests/browser/${page}`;
  its.visit = (page, options) => open(its.browser, its.at(page), options);
  return its;
}

/** The built demo: `visit` opens it as somebody, at a page. */
export function demo() {
  const its = served(DIST);
  its.at = (hash, situation = 'new') => `${its.site.url}?situation=${situation}${hash}`;
  its.visit = (situation, hash, options) => open(its.browser, its.at(hash, situation), options);
  return its;
}

/** A page of the demo of each kind. */
export const PAGES = ['#/', '#/topic/rosters', '#/article/sign-in-trouble', '#/search?q=shift', '#/search?q=zebra', '#/account', '#/import', '#/pricing', '#/plan-change', '#/contact', '#/status', '#/offers', '#/nowhere'];

/** Everything of the demo that tests look at again and again. */
export const offer = (page) => page.locator('#offer:not([hidden])');
export const routeOf = (page) => page.locator('#offer').getAttribute('data-route');
export const said = (page) => page.locator('#offer').innerText();

/** Long enough for everything that could still be decided about a page that was only looked at. */
export const settled = (page) => page.waitForTimeout(2500);

/** The demo goes on to another of its pages, as the same visitor. */
export const go = (page, hash) => page.evaluate((to) => { location.hash = to; }, hash);

export async function angryClicks(page, count = 5) {
  const button = page.locator('#export-data');
  await button.scrollIntoViewIfNeeded();
  const box = await button.boundingBox();
  for (let i = 0; i < count; i++) {
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await page.waitForTimeout(120);
  }
}

/** Opens the drawer, and waits for its picture. */
export async function openDrawer(page) {
  if (!(await page.locator('#drawer').isVisible())) await page.locator('#drawer-toggle').click();
  await page.locator('.see-route strong').filter({ hasText: /./ }).waitFor();
}

export const closeDrawer = (page) => page.locator('.drawer-close').click();

/** The codes of everything that speaks against a purpose, as the drawer shows them. */
export async function blockers(page, purpose) {
  await openDrawer(page);
  return page.locator(`[data-purpose=${purpose}] .blockers code`).allInnerTexts();
}

/** Hands the visit over as a file, and gives what is in it. */
export async function record(page) {
  await openDrawer(page);
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#record').click()]);
  return JSON.parse(await readFile(await download.path(), 'utf8'));
}

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Everything axe-core finds, as lines that name the rule and the place. */
export async function inaccessible(page) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(await readFile(AXE, 'utf8'));
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} at ${target}: ${failureSummary}`));
}
/** The browser tells a tab that it is out of sight; a headless one has all its tabs in sight. */
export const sight = (page, visible) =>
  page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
    document.dispatchEvent(new Event('visibilitychange'));
  }, !visible);
/** For pages: what the store has written, opened beside it. */
export const DATABASE = () => {
  globalThis.database = async () => {
    const [{ name }] = await indexedDB.databases();
    return new Promise((resolve) => { const request = indexedDB.open(name); request.onsuccess = () => resolve(request.result); });
  };
};
