/** A page that was not asked for a year says of which its totals are, and leads to the figures of that year alone. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { barriers, launch, openPage, skip } from './browser.mjs';
import { python, startService } from './service.mjs';

const MADE = `
import sys
from pathlib import Path
from graph_data.package import write_package
from tests.web.wide import account
write_package([account(number, year) for number in range(1, 15) for year in (2022, 2023) if (number, year) != (14, 2022)], Path(sys.argv[1]))
`;
const WORDS = {
  zh: { total: /^本年支出/, latest: '没有指定一个年度', sum: '简单相加' },
  en: { total: /^Expenditure/, latest: 'No single year was asked for', sum: 'are added up as they are' },
};

describe('departments with the accounts of two years', { skip }, () => {
  let folder, service, browser;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'juesuan-'));
    await python('-c', MADE, join(folder, 'package'));
    service = await startService('--packages', join(folder, 'package'));
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    service?.stop();
    if (folder) rmSync(folder, { recursive: true });
  });

  for (const [locale, words] of Object.entries(WORDS)) {
    test(`${locale}: a total names its year and what it does not say`, async () => {
      const { page, context, visit, settle } = await openPage(browser, service.origin);
      await page.addInitScript((language) => localStorage.setItem('juesuan.language', language), locale);
      await visit('/explore/node/division:990100');
      const total = page.getByRole('row', { name: words.total });
      await total.getByRole('cell', { name: '2023', exact: true }).waitFor();
      const notes = page.locator('.caveats');
      assert.ok((await notes.innerText()).includes(words.latest));
      assert.ok((await notes.innerText()).includes(words.sum));
      assert.deepEqual(await barriers(page), []);
      await visit('/explore/node/division:990100?year=2022');
      await total.getByRole('cell', { name: '2022', exact: true }).waitFor();
      assert.ok(!(await notes.innerText()).includes(words.latest));
      await visit('/');
      await page.getByRole('treeitem', { name: /990100.*2023/ }).waitFor();
      settle();
      await context.close();
    });
  }

  for (const path of ['/explore/compare', '/explore/compare?columns=FISCAL_YEAR', '/explore/treemap', '/explore/node/division:990100']) {
    test(`${path}: a sum leads to the figures of its one year`, async () => {
      const { page, context, visit, settle } = await openPage(browser, service.origin);
      await visit(path);
      await page.getByRole('main').getByRole('cell').getByRole('button').first().click();
      const source = page.getByRole('dialog', { name: '出处' });
      await source.locator('.printed').first().waitFor();
      const years = new Set((await source.innerText()).match(/20\d\d/g));
      assert.equal(years.size, 1, [...years].join(' '));
      settle();
      await context.close();
    });
  }

  test('a year that is not published is blank, not 0, and is compared with nothing', async () => {
    const { page, context, visit, settle } = await openPage(browser, service.origin);
    await visit('/explore/compare?rows=DEPARTMENT&columns=FISCAL_YEAR');
    const cells = async (name) => (await page.getByRole('row', { name }).getByRole('cell').allInnerTexts()).map((text) => text.trim());
    assert.deepEqual((await cells(/示例市第1局/)).slice(1), ['101.00', '101.00', '0.00', '0.0%']);
    const last = (await cells(/示例市第14局/)).slice(1);
    assert.deepEqual([last.filter((text) => text === '114.00').length, last.filter((text) => text === '—').length], [1, 3]);
    settle();
    await context.close();
  });

  test('the year that was chosen goes along, for the page and for the trees, and stays when the page is loaded again', async () => {
    const { page, context, visit, quiet, settle } = await openPage(browser, service.origin);
    await visit('/explore/node/division:990100');
    await page.locator('.trees').getByRole('combobox', { name: '年度' }).selectOption('2022');
    await page.waitForURL(/year=2022/);
    await quiet();
    assert.equal(await page.getByRole('main').getByRole('combobox', { name: '年度' }).inputValue(), '2022');
    await page.getByRole('main').getByRole('link', { name: /示例市第3局/ }).first().click();
    await page.getByRole('heading', { level: 1, name: '示例市第3局' }).waitFor();
    await page.waitForURL(/department:.*year=2022/);
    await page.reload();
    await quiet();
    for (const part of [page.getByRole('main'), page.locator('.trees')]) assert.equal(await part.getByRole('combobox', { name: '年度' }).inputValue(), '2022');
    settle();
    await context.close();
  });

  test('a department year by year: each beside the one before, as a line and as a table', async () => {
    const { page, context, visit, settle } = await openPage(browser, service.origin);
    await visit('/explore/node/department:990100/00003');
    const trend = page.getByRole('region', { name: '历年本年支出' });
    const rows = await Promise.all((await trend.locator('tbody tr').all()).map(async (row) => (await row.getByRole('cell').allInnerTexts()).map((text) => text.trim())));
    assert.deepEqual(rows.map(([year, value, , change, percent]) => [year.slice(0, 4), value, change, percent]), [['2022', '103.00', '—', '—'], ['2023', '103.00', '0.00', '0.0%']]);
    assert.deepEqual(await trend.getByRole('img').locator('text').allTextContents(), ['103.00', '103.00', '2022', '2023']);
    await visit('/explore/node/subject:FUNCTIONAL/201');
    await trend.locator('tbody tr').nth(1).waitFor();
    // 13 departments in 2022, 14 in 2023: no change of the same thing
    assert.equal((await trend.locator('tbody tr').nth(1).getByRole('cell').nth(3).innerText()).trim(), '—');
    await visit('/explore/node/department:990100/00014');
    await page.getByRole('heading', { level: 1, name: '示例市第14局' }).waitFor();
    assert.equal(await page.getByRole('region', { name: '历年本年支出' }).count(), 0);
    settle();
    await context.close();
  });

  test('fourteen departments side by side are whole on paper', async () => {
    const { page, context, visit, settle } = await openPage(browser, service.origin, { viewport: { width: 1032, height: 700 } });
    await visit('/explore/compare?columns=DEPARTMENT&rows=EXPENDITURE_NATURE&year=2023');
    await page.getByRole('columnheader', { name: '示例市第14局' }).waitFor();
    await page.emulateMedia({ media: 'print' });
    const right = await page.locator('main table').first().evaluate((table) => table.getBoundingClientRect().right);
    assert.ok(right <= 1032, `the table ends at ${right} px of 1032`);
    await page.emulateMedia({ media: 'screen' });
    await page.reload();
    await page.getByRole('columnheader', { name: '示例市第14局' }).waitFor();
    assert.equal(await page.getByRole('main').getByRole('combobox', { name: '年度' }).inputValue(), '2023');
    settle();
    await context.close();
  });
});
