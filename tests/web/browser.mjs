/** A real Chromium, and pages that watch what they ask for and what they complain of. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { missing, ROOT } from './service.mjs';

const require = createRequire(`${ROOT}web/package.json`);
const { chromium } = require('playwright-core');
const AXE = require.resolve('axe-core/axe.min.js');
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const { PICTURES } = process.env;
const PATIENCE = 30_000;
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const skip = missing(CHROMIUM);

/** A browser with a profile of its own that is thrown away with it. */
export const launch = () => chromium.launch({ executablePath: CHROMIUM, headless: true, args: FLAGS });

/** A page whose requests all go to `origin` and that says nothing in the console: `settle` asserts both.
    `visit` ends when the page has drawn what it asked for. */
export async function openPage(browser, origin, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const foreign = [];
  const complaints = [];
  const asked = new Set();
  for (const end of ['requestfinished', 'requestfailed']) page.on(end, (request) => asked.delete(request));
  page.on('request', (request) => {
    asked.add(request);
    const { protocol, origin: host } = new URL(request.url());
    if (host !== origin && protocol !== 'data:' && protocol !== 'blob:') foreign.push(request.url());
  });
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  const settle = () => {
    assert.deepEqual(foreign, [], 'requests to other hosts');
    assert.deepEqual(complaints, [], 'complaints in the console');
  };
  /** Nothing is asked any more, and two frames after the last answer nothing new was, and nothing says that it loads. */
  const quiet = async () => {
    const end = Date.now() + PATIENCE;
    for (let still = 0; still < 2; ) {
      assert.ok(Date.now() < end, `${[...asked].map((request) => request.url())} of ${page.url()}`);
      const loading = await page.evaluate(drawn);
      still = asked.size === 0 && !loading ? still + 1 : 0;
    }
  };
  const visit = async (path) => {
    asked.clear();
    await page.goto(origin + path);
    await quiet();
  };
  return { page, context, visit, quiet, settle };
}

/** Two frames later: is anything on the page still being loaded? */
const drawn = () =>
  new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(document.querySelector('.loading') !== null || document.getElementById('root')?.childElementCount === 0)));
  });

/** A picture for people, where PICTURES names a folder for them. */
export async function picture(page, name) {
  if (PICTURES === undefined) return;
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: `${PICTURES}/${name}.png` });
}

/** What axe finds wrong, whatever it weighs: of a long table in the first forty rows, which those after are like. */
export async function barriers(page) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(readFileSync(AXE, 'utf8'));
  const { violations } = await page.evaluate(async () => {
    const short = new CSSStyleSheet();
    short.replaceSync('tbody tr:nth-child(n + 41) { display: none }');
    document.adoptedStyleSheets.push(short);
    const found = await globalThis.axe.run(document, { resultTypes: ['violations'] });
    document.adoptedStyleSheets.pop();
    return found;
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}
