/** How much is loaded, how soon the first view answers, and that a big dataset never holds the page up. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { launch, openPage, skip } from './browser.mjs';
import { python, startService } from './service.mjs';

const SCRIPT_LIMIT = 1_200_000;
const FIRST_VIEW_LIMIT = 1_000;
const TASK_LIMIT = 200;
const DEPARTMENTS = '3000';

describe('the first view', { skip }, () => {
  let service, browser;
  before(async () => {
    service = await startService();
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    service?.stop();
  });

  test('all scripts of the explorer are small, and kept by the browser for good', async () => {
    const { page, visit, settle } = await openPage(browser, service.origin);
    const scripts = new Map();
    page.on('response', (reply) => {
      if (/\.js$/.test(reply.url())) scripts.set(reply.url(), reply.headers());
    });
    for (const path of ['/', '/explore/treemap', '/explore/flow']) await visit(path);
    const bytes = [...scripts.values()].reduce((sum, headers) => sum + Number(headers['content-length']), 0);
    assert.ok(bytes > 0 && bytes < SCRIPT_LIMIT, `${bytes} bytes of script`);
    for (const headers of scripts.values()) assert.match(headers['cache-control'], /immutable/);
    settle();
  });

  test('answers within a second of the last byte of its assets', async () => {
    const { page, visit, settle } = await openPage(browser, service.origin);
    await visit('/'); // the service has answered once: what is measured is the page
    await page.reload();
    await page.getByRole('treeitem').first().waitFor();
    const waited = await page.evaluate(() => {
      const assets = performance.getEntriesByType('resource').filter(({ name }) => /\.(?:js|css)$/.test(name));
      return performance.now() - Math.max(...assets.map(({ responseEnd }) => responseEnd));
    });
    assert.ok(waited < FIRST_VIEW_LIMIT, `${Math.round(waited)} ms`);
    settle();
  });
});

describe('a big dataset', { skip }, () => {
  let folder, service, browser;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'juesuan-big-'));
    await python('-m', 'tests.web.wide', join(folder, 'wide'), DEPARTMENTS);
    service = await startService('--packages', folder);
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    service?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('no task of the main thread is long while trees open and scroll, words are searched and areas drawn', async () => {
    const { page, visit, settle } = await openPage(browser, service.origin);
    await visit('/');
    const tree = page.getByRole('tree', { name: '组织机构' });
    await tree.getByRole('treeitem').first().waitFor();
    await browser.startTracing(page, { categories: ['toplevel', 'disabled-by-default-devtools.timeline', 'devtools.timeline'] });
    await tree.locator('[data-toggle]').first().click();
    await tree.getByRole('treeitem').nth(5).waitFor();
    const farDown = tree.getByText('示例市第600局', { exact: true });
    for (let turn = 0; turn < 300 && (await farDown.count()) === 0; turn += 1) {
      await tree.evaluate((box) => box.scrollBy(0, 280));
    }
    await farDown.waitFor();
    for (const toggle of await tree.locator('[data-toggle]').all().then((all) => all.slice(4, 8))) await toggle.click();
    await page.getByRole('combobox', { name: '检索' }).pressSequentially('服务中心', { delay: 40 });
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: '科目构成' }).click();
    await page.locator('.picture text').first().waitFor();
    const trace = JSON.parse((await browser.stopTracing()).toString());
    const longest = longestTask(trace.traceEvents);
    assert.ok(longest < TASK_LIMIT, `a task of ${Math.round(longest)} ms`);
    settle();
  });
});

describe('the synthetic city', { skip }, () => {
  let folder, service, browser;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'juesuan-city-'));
    await python('-m', 'graph_data', 'synthesize', '--scale', 'city', '--seed', '1', '-o', join(folder, 'city'));
    service = await startService('--packages', join(folder, 'city'));
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    service?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('no task of the main thread is long from a division down to an indicator, in search and in the treemap', async () => {
    const { page, visit, settle } = await openPage(browser, service.origin);
    await visit('/');
    const tree = page.getByRole('tree', { name: '组织机构' });
    await tree.getByRole('treeitem').first().waitFor();
    await browser.startTracing(page, { categories: ['toplevel', 'disabled-by-default-devtools.timeline', 'devtools.timeline'] });
    for (let depth = 0; depth < 5; depth += 1) {
      await tree.locator(`[role=treeitem][aria-level="${depth + 1}"][aria-expanded="false"] [data-toggle]`).first().click();
      await tree.locator(`[role=treeitem][aria-level="${depth + 2}"]`).first().waitFor();
    }
    for (let turn = 0; turn < 60; turn += 1) await tree.evaluate((box) => box.scrollBy(0, 280));
    await page.getByRole('combobox', { name: '检索' }).pressSequentially('中心', { delay: 40 });
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: '科目构成' }).click();
    await page.locator('.picture text').first().waitFor();
    const trace = JSON.parse((await browser.stopTracing()).toString());
    const longest = longestTask(trace.traceEvents);
    assert.ok(longest < TASK_LIMIT, `a task of ${Math.round(longest)} ms`);
    settle();
  });
});

/** Milliseconds of the longest task on the main threads of pages. */
function longestTask(events) {
  const main = new Set(events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(({ pid, tid }) => `${pid} ${tid}`));
  const tasks = events.filter(({ name, pid, tid }) => name === 'RunTask' && main.has(`${pid} ${tid}`));
  assert.ok(tasks.length > 0, 'the trace holds no task');
  return Math.max(...tasks.map(({ dur = 0 }) => dur / 1000));
}
