/** A real Chromium, and pages that watch what they ask for and what they complain of. */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';

import { missing, ROOT } from './service.mjs';

const require = createRequire(`${ROOT}web/package.json`);
const { chromium } = require('playwright-core');
const AXE = require.resolve('axe-core/axe.min.js');
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const PICTURES = process.env.PICTURES ?? `${ROOT}build/pictures`;
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

/** A page whose requests all go to `origin` and that says nothing in the console: `settle` asserts both. */
export async function openPage(browser, origin, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const foreign = [];
  const complaints = [];
  page.on('request', (request) => {
    const { protocol, origin: asked } = new URL(request.url());
    if (asked !== origin && protocol !== 'data:' && protocol !== 'blob:') foreign.push(request.url());
  });
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  const settle = () => {
    assert.deepEqual(foreign, [], 'requests to other hosts');
    assert.deepEqual(complaints, [], 'complaints in the console');
  };
  const visit = async (path) => {
    await page.goto(origin + path);
    await page.waitForLoadState('networkidle');
  };
  return { page, context, visit, settle };
}

export async function picture(page, name) {
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: `${PICTURES}/${name}.png` });
}

/** What axe finds wrong and calls serious or critical. */
export async function barriers(page) {
  const source = require('node:fs').readFileSync(AXE, 'utf8');
  await page.evaluate(source);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}
