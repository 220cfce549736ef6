/** The home answers: each of an analyst's questions in at most three actions, and a page for who reads accounts for the first time. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { barriers, launch, openPage, picture, skip } from './browser.mjs';
import { python, startService } from './service.mjs';

// two indicators of a made-up project: one met, one missed, both with full marks
const MADE = `
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from graph_data.core.records import AccountKey
from graph_data.package import write_package
from tests.graph_data.example import AccountBuilder
builder = AccountBuilder(AccountKey("990100", "00001", 2021), "示例市档案局")
builder.units(("00001001", "示例市档案局本级"))
builder.project(1, "库房修缮", "00001001", {})
builder.indicators(1, [("1", "产出指标", "50", ""), ("1.1", "质量指标", "", ""), ("1.1.1", "修缮合格率", "10", "10"), ("1.1.2", "按期完成率", "10", "10")])
met, missed = builder.tables["indicators"][-2:]
measured = dict(target_value=Decimal("95"), target_unit="%", actual_unit="%")
builder.tables["indicators"][-2:] = [replace(met, actual_value=Decimal("96"), **measured), replace(missed, actual_text="90%", actual_value=Decimal("90"), **measured)]
write_package([builder.build()], Path(sys.argv[1]))
`;

const MOST = 3;
const WEIGHT = 150_000;

describe('the home', { skip }, () => {
  let folder, service, browser;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'juesuan-'));
    await python('-c', MADE, join(folder, 'package'));
    service = await startService('--packages', 'graph_data/packages', join(folder, 'package'));
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    service?.stop();
    if (folder) rmSync(folder, { recursive: true });
  });

  test('the address of the explorer alone is the home', async () => {
    const { page, context, visit } = await openPage(browser, service.origin);
    await visit('/explore');
    await page.getByRole('region', { name: '六个常问的问题' }).waitFor();
    await context.close();
  });

  /** Opens the home, and counts what is done from there: `act` fails beyond three actions. */
  async function home() {
    const opened = await openPage(browser, service.origin);
    let acts = 0;
    const act = async (action) => {
      acts += 1;
      assert.ok(acts <= MOST, `${acts} actions`);
      await action();
    };
    await opened.visit('/');
    await opened.page.getByRole('region', { name: '六个常问的问题' }).waitFor();
    return { ...opened, act, main: opened.page.getByRole('main') };
  }

  test('what did the hotline project cost, and was its target met', async () => {
    const { page, act, main, settle } = await home();
    await act(() => page.getByRole('combobox', { name: '检索' }).fill('热线'));
    await act(() => page.getByRole('option', { name: /全市政务服务热线平台和运行保障专项/ }).click());
    await main.getByRole('row', { name: /年度资金总额/ }).waitFor();
    assert.match(await main.getByRole('row', { name: /年度资金总额/ }).innerText(), /\d[\d,]*\.\d\d/);
    await main.getByRole('row', { name: /来电接通率/ }).getByText('有矛盾').waitFor();
    settle();
  });

  test('what else is under 2010350', async () => {
    const { page, act, main, settle } = await home();
    await act(() => page.getByRole('combobox', { name: '检索' }).fill('2010350'));
    await act(() => page.getByRole('option', { name: /2010350/ }).first().click());
    await main.getByRole('heading', { level: 1, name: '事业运行' }).waitFor();
    await main.getByRole('region', { name: '部门' }).getByRole('link', { name: '淄博市人民政府办公室' }).waitFor();
    settle();
  });

  test('2022 against 2021', async () => {
    const { page, act, main, settle } = await home();
    await act(() => main.getByRole('link', { name: /与上年相比/ }).click());
    const table = main.getByRole('region', { name: '与上年相比' }).first();
    await table.waitFor();
    assert.match(page.url(), /2022#comparisons/);
    const [first] = await table.getByRole('row').filter({ hasText: '本年' }).filter({ hasNotText: '增减率' }).allInnerTexts();
    assert.ok(first.match(/[\d,]+\.\d\d/g).length >= 3, first);
    settle();
  });

  test('which indicators have full marks and a missed target', async () => {
    const { page, act, main, settle } = await home();
    await act(() => main.getByRole('link', { name: /哪些指标得了满分/ }).click());
    await main.getByText('共 1 行').waitFor();
    const [row] = await main.locator('.worktable tbody tr').allInnerTexts();
    assert.match(row, /按期完成率\s.*未完成\s.*10\s.*10/s);
    assert.match(page.url(), /scoreRatio\.gte=100/);
    settle();
  });

  test('who spends most on vehicles', async () => {
    const { act, main, settle } = await home();
    await act(() => main.getByRole('link', { name: /公务用车花费最多/ }).click());
    const first = main.locator('.worktable tbody tr').first();
    await first.waitFor();
    await main.locator('th[aria-sort=descending]', { hasText: '公务用车费' }).waitFor();
    assert.match(await first.innerText(), /局|办公室/);
    settle();
  });

  test('says whose accounts, of which years, and what was not read; years stand in lines of their own', async () => {
    const { main, settle } = await home();
    assert.match(await main.locator('.lead').innerText(), /淄博市.*3 个部门/);
    const lines = await main.getByRole('region', { name: '各年度主要数据' }).first().locator('tbody tr th').allInnerTexts();
    assert.deepEqual(lines, ['2024', '2022']);
    await main.getByText(/未读/).first().waitFor();
    await picture(main.page(), 'home-zh');
    settle();
  });

  test('weighs less than 150 KB on its way, and nothing jumps', async () => {
    const { page, context, visit, settle } = await openPage(browser, service.origin);
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    let weight = 0;
    session.on('Network.loadingFinished', ({ encodedDataLength }) => (weight += encodedDataLength));
    await page.addInitScript(() => {
      globalThis.shifts = 0;
      new PerformanceObserver((list) => list.getEntries().forEach((entry) => (globalThis.shifts += entry.value))).observe({ type: 'layout-shift', buffered: true });
    });
    await visit('/');
    assert.ok(weight < WEIGHT, `${weight} bytes`);
    const shifts = await page.evaluate(() => globalThis.shifts);
    assert.ok(shifts < 0.05, `layout shift ${shifts}`);
    settle();
  });

  test('no barrier on it and on the guide: in Chinese and English, light and dark, wide and narrow', async () => {
    for (const [language, colorScheme, width] of [['zh', 'light', 1440], ['en', 'dark', 390]]) {
      const { page, context, visit, settle } = await openPage(browser, service.origin, { colorScheme, viewport: { width, height: 844 } });
      await page.addInitScript((spoken) => localStorage.setItem('juesuan.language', spoken), language);
      for (const path of ['/', '/explore/guide']) {
        await visit(path);
        await page.getByRole('heading', { level: 1 }).waitFor();
        assert.deepEqual(await barriers(page), [], `${path} ${language}`);
        assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, `${path} at ${width}`);
      }
      await picture(page, `guide-${language}`);
      settle();
      await context.close();
    }
  });
});
