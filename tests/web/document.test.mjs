/** From a finding and from a figure to the printed lines on their pages; a link to a place shows the same to anybody. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { barriers, launch, openPage, picture, skip } from './browser.mjs';
import { python, startService } from './service.mjs';

const WORDS = {
  zh: { lines: '逐行原文', picture: /第 \d+ 页/, open: '在原文中查看', none: '数据集未保存原件' },
  en: { lines: 'Lines as printed', picture: /Page \d+/, open: 'See it in the document', none: 'The file is not kept' },
};

async function ask(origin, query) {
  const reply = await fetch(`${origin}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query }) });
  return (await reply.json()).data;
}

describe('a document that is kept', { skip }, () => {
  let folder, service, browser, document, finding, sources;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'juesuan-'));
    await python('-m', 'graph_data', 'read', 'examples/documents/final-accounts.pdf', '--division', '990200', '-o', join(folder, 'package'));
    service = await startService('--packages', join(folder, 'package'));
    browser = await launch();
    const data = await ask(service.origin, '{ dataset { documents { nodes { id } } } findings(check: "indicators.backfilled") { nodes { id sources { page } } } }');
    document = data.dataset.documents.nodes[0].id;
    ({ id: finding, sources } = data.findings.nodes.find((each) => new Set(each.sources.map(({ page }) => page)).size === 2));
  });
  after(async () => {
    await browser?.close();
    service?.stop();
    if (folder) rmSync(folder, { recursive: true });
  });
  const open = async (locale, width = 1440) => {
    const opened = await openPage(browser, service.origin, { viewport: { width, height: 900 } });
    await opened.page.addInitScript((language) => localStorage.setItem('juesuan.language', language), locale);
    return opened;
  };

  for (const locale of ['zh', 'en']) {
    for (const width of [1440, 390]) {
      test(`a finding shows both places side by side, and each leads to its page (${locale}, ${width})`, async () => {
        const { page, context, visit, settle } = await open(locale, width);
        await visit(`/explore/node/${finding}`);
        const places = page.locator('.printed-place');
        await places.nth(1).locator('img').waitFor();
        assert.equal(await places.count(), sources.length);
        assert.ok((await page.locator('.printed-place blockquote mark').count()) >= 1);
        for (const place of await places.all()) {
          await place.locator('.area.row').waitFor();
          assert.ok(await place.locator('img').evaluate((image) => image.complete && image.naturalWidth > 500));
        }
        await picture(page, `finding-${locale}-${width}`);
        await places.nth(1).getByRole('link', { name: WORDS[locale].open }).click();
        await page.getByRole('region', { name: WORDS[locale].lines }).locator('[aria-current=location]').waitFor();
        await page.locator('.area.row').waitFor();
        assert.deepEqual(await barriers(page), []);
        assert.ok(await page.evaluate(() => window.document.documentElement.scrollWidth <= window.innerWidth), 'the page is wider than the window');
        settle();
        await picture(page, `reader-${locale}-${width}`);
        const shown = await page.locator('[aria-current=location]').innerText();
        const fresh = await open(locale, width);
        await fresh.visit(new URL(page.url()).pathname + new URL(page.url()).hash);
        await fresh.page.locator('[aria-current=location]').waitFor();
        assert.equal(await fresh.page.locator('[aria-current=location]').innerText(), shown);
        fresh.settle();
        await fresh.context.close();
        await context.close();
      });
    }
  }

  test('a figure is quoted where it stands, and its page shown', async () => {
    const { page, context, visit, settle } = await open('zh');
    const { finalAccounts } = await ask(service.origin, '{ dataset { documents { nodes { finalAccounts { statement(form: EXPENDITURE) { id } } } } } }').then((data) => data.dataset.documents.nodes[0]);
    await visit(`/explore/node/${finalAccounts.statement.id}`);
    const cell = page.getByRole('table').first().getByRole('button').first();
    const text = (await cell.innerText()).replaceAll(',', '');
    await cell.click();
    const drawer = page.getByRole('dialog', { name: '出处' });
    await drawer.locator('blockquote mark').waitFor();
    assert.equal((await drawer.locator('blockquote mark').first().innerText()).replaceAll(',', ''), text);
    await drawer.locator('img').waitFor();
    await picture(page, 'figure-source');
    settle();
    await context.close();
  });

  test('what an auditor concludes of a finding stays in the browser, and the file that is saved is one that the service reads', async () => {
    const { page, context, visit, settle } = await open('zh');
    await visit(`/explore/node/${finding}`);
    const form = page.getByRole('region', { name: '审计结论' });
    await form.getByRole('combobox').selectOption('CONFIRMED');
    await form.getByLabel('签名').fill('张三');
    await form.getByLabel('说明').fill('目标后补，"已核"');
    await form.getByRole('button', { name: '记下结论' }).click();
    await form.getByRole('status').waitFor();
    assert.deepEqual(await barriers(page), []);
    await visit(`/explore/node/${finding}`);
    assert.match(await form.getByRole('status').innerText(), /确认，张三/);
    await visit('/explore/findings');
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: /conclusions\.csv（1）/ }).click()]);
    await file.saveAs(join(folder, 'package', 'conclusions.csv'));
    const served = await startService('--packages', join(folder, 'package'));
    try {
      const { finding: told } = await ask(served.origin, `{ finding: node(id: "${finding}") { ... on Finding { conclusion { kind name note } } } }`);
      assert.deepEqual(told.conclusion, { kind: 'CONFIRMED', name: '张三', note: '目标后补，"已核"' });
    } finally {
      served.stop();
      rmSync(join(folder, 'package', 'conclusions.csv'));
    }
    settle();
    await context.close();
  });

  test('its words and numbers are found', async () => {
    const { page, context, visit, settle } = await open('zh');
    await visit(`/explore/document/${document}`);
    await page.getByRole('searchbox', { name: '在本文件中查找文字或数字' }).fill('总成本控制');
    await page.keyboard.press('Enter');
    const found = page.getByRole('region', { name: '查找结果' });
    await found.getByRole('listitem').first().getByRole('link').click();
    await page.locator('[aria-current=location]').waitFor();
    assert.match(await page.locator('[aria-current=location]').innerText(), /总成本控制/);
    settle();
    await context.close();
  });
});

test('of a document that is not kept the page says so', { skip }, async () => {
  const service = await startService();
  const browser = await launch();
  try {
    const { dataset } = await ask(service.origin, '{ dataset { documents { nodes { id } } } }');
    const { page, visit, settle } = await openPage(browser, service.origin);
    await visit(`/explore/document/${dataset.documents.nodes[0].id}`);
    await page.getByText(WORDS.zh.none).waitFor();
    settle();
  } finally {
    await browser.close();
    service.stop();
  }
});
