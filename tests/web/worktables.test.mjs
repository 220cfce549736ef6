/** Lists of a hundred departments over five years: ordered, narrowed, added up year by year, and saved as they are seen. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { barriers, launch, openPage, picture, skip } from './browser.mjs';
import { python, startService } from './service.mjs';

const MADE = `
import sys
from pathlib import Path
from graph_data.package import write_package
from tests.web.wide import account
write_package([account(number, year) for number in range(1, 101) for year in range(2019, 2024)], Path(sys.argv[1]))
`;
const YEARS = ['2019', '2020', '2021', '2022', '2023'];

describe('worktables of a hundred departments over five years', { skip }, () => {
  let folder, service, browser, opened;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'juesuan-'));
    await python('-c', MADE, join(folder, 'package'));
    service = await startService('--packages', join(folder, 'package'));
    browser = await launch();
    opened = await openPage(browser, service.origin);
  });
  after(async () => {
    await browser?.close();
    service?.stop();
    if (folder) rmSync(folder, { recursive: true });
  });

  const rows = () => opened.page.locator('.worktable tbody tr');
  const totals = () => opened.page.locator('.worktable tfoot tr');
  const said = () => opened.page.locator('.worktable [role=status]').innerText();
  const cells = async (row) => (await row.locator('th, td').allInnerTexts()).map((text) => text.trim());

  test('years are never added up, and what is not published is not 0', async () => {
    await opened.visit('/explore/table/departments');
    await totals().nth(4).waitFor();
    const lines = await Promise.all((await totals().all()).map(cells));
    assert.deepEqual(lines.map(([name]) => name), YEARS.map((year) => `合计 ${year}`));
    // 100 + number for each of a hundred departments; no table of revenue is published
    assert.deepEqual(new Set(lines.map((line) => line[3])), new Set(['15,050.00']));
    assert.deepEqual(new Set(lines.map((line) => line[2])), new Set(['—']));
    assert.equal((await cells(rows().first()))[2], '—');
    assert.match(await said(), /共 500 行，第 1–50 行/);
    opened.settle();
  });

  test('order and conditions stand in the address, and a fresh page shows the same', async () => {
    const { page, visit } = opened;
    await visit('/explore/table/departments');
    await page.getByRole('button', { name: '本年支出', exact: true }).click();
    await page.locator('th[aria-sort=descending]').waitFor();
    const form = page.getByRole('form', { name: '添加条件' });
    await form.getByLabel('字段').selectOption('expenditure');
    await form.getByLabel('数值或文字').fill('199');
    await form.getByRole('button', { name: '添加' }).click();
    await page.getByText('共 10 行').waitFor();
    assert.match((await cells(rows().first()))[0], /示例市第100局/);
    await page.getByRole('main').getByRole('combobox', { name: '年度' }).selectOption('2021');
    await page.getByText('共 2 行').waitFor();
    const seen = [await Promise.all((await rows().all()).map(cells)), await Promise.all((await totals().all()).map(cells))];
    assert.deepEqual(seen[1].map((line) => [line[0], line[3]]), [['合计 2021', '399.00']]);
    const there = await openPage(browser, service.origin);
    await there.visit(new URL(page.url()).pathname + new URL(page.url()).search);
    await there.page.getByText('共 2 行').waitFor();
    assert.deepEqual(await Promise.all((await there.page.locator('.worktable tbody tr').all()).map(cells)), seen[0]);
    await there.context.close();
    opened.settle();
  });

  test('what is saved is the whole selection, in its order and its columns', async () => {
    const { page, visit } = opened;
    await visit('/explore/table/projects?year=2023&sort=-executed&columns=name,year,executed');
    await page.getByText('共 100 行').waitFor();
    await page.getByText('选择栏目').click();
    await page.getByRole('checkbox', { name: '等级' }).click();
    await page.waitForURL(/grade/);
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: /导出全部/ }).click()]);
    const lines = readFileSync(await file.path(), 'utf-8').replace('\ufeff', '').trim().split('\r\n');
    assert.equal(lines[0], '项目,年度,项目全年执行数 (万元),等级');
    assert.equal(lines.length, 101);
    assert.equal(lines[1], '第100局服务中心项目,2023,200.00,优');
    assert.equal(lines[100], '第1局服务中心项目,2023,101.00,优');
    assert.match(page.url(), /columns=name%2Cyear%2Cexecuted%2Cgrade/);
    opened.settle();
  });

  test('every column of the selection comes as a file from the service, row for row', async () => {
    const { page, visit } = opened;
    for (const [path, many] of [['projects?year=2023&sort=-executed&executed.gte=150', 51], ['departments?year=2023&sort=-expenditure', 100]]) {
      await visit(`/explore/table/${path}`);
      await page.getByText(`共 ${many} 行`).waitFor();
      const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '全部栏目（CSV）' }).click()]);
      const lines = readFileSync(await file.path(), 'utf-8').trim().split(/\r?\n/);
      assert.equal(lines.length, many + 1, path);
      assert.match(lines[1], /第100局/);
      const [sheet] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '全部栏目（XLSX）' }).click()]);
      assert.equal(readFileSync(await sheet.path()).subarray(0, 2).toString(), 'PK');
    }
    opened.settle();
  });

  test('the next page goes on where the first ended', async () => {
    const { page, visit } = opened;
    await visit('/explore/table/projects?sort=executed');
    const first = (await cells(rows().first()))[0];
    await page.getByRole('button', { name: '下一页' }).click();
    await page.getByText('第 51–100 行').waitFor();
    assert.notEqual((await cells(rows().first()))[0], first);
    await page.goBack();
    await page.getByText('第 1–50 行').waitFor();
    assert.equal((await cells(rows().first()))[0], first);
    opened.settle();
  });

  test('no barrier on any of them: in Chinese, light and wide, in English, dark and narrow', async () => {
    const wide = ['departments', 'projects', 'deviations'];
    const narrow = ['subjects', 'indicators', 'findings'];
    for (const [language, colorScheme, width, names] of [['zh', 'light', 1440, wide], ['en', 'dark', 390, narrow]]) {
      const { page, context, visit, settle } = await openPage(browser, service.origin, { colorScheme, viewport: { width, height: 844 } });
      await page.addInitScript((spoken) => localStorage.setItem('juesuan.language', spoken), language);
      for (const name of names) {
        await visit(`/explore/table/${name}`);
        await page.locator('.worktable header').waitFor();
        assert.deepEqual(await barriers(page), [], `${name} ${language} ${colorScheme}`);
        assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, `${name} at ${width}`);
      }
      await picture(page, `table-${language}`);
      settle();
      await context.close();
    }
  });
});
