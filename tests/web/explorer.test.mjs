/** From the first page by clicks alone to a target, its finding and its line in the document; and the other ways there. */
import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { launch, openPage, picture, skip } from './browser.mjs';
import { python, startService } from './service.mjs';

const PROJECT = '市民投诉中心-全市政务服务热线平台和运行保障专项';

const apart = (one, other) => one.right <= other.left || other.right <= one.left || one.bottom <= other.top || other.bottom <= one.top;

describe('the explorer', { skip }, () => {
  let service, browser;
  before(async () => {
    service = await startService();
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    service?.stop();
  });
  const open = () => openPage(browser, service.origin);

  test('leads by clicks from department 102 to a target, its finding and its source', async () => {
    const { page, visit, settle } = await open();
    await visit('/');
    const organisation = page.getByRole('tree', { name: '组织机构' });
    await organisation.locator('[data-toggle="division:370300"]').click();
    await organisation.getByRole('treeitem', { name: /102 ?淄博市人民政府办公室/ }).click();
    await page.getByRole('heading', { level: 1, name: '淄博市人民政府办公室' }).waitFor();
    await picture(page, 'department');
    await page.getByRole('region', { name: '预算单位' }).getByRole('link', { name: /市民投诉中心/ }).click();
    await page.getByRole('heading', { level: 1, name: '淄博市人民政府市民投诉中心' }).waitFor();
    await page.getByRole('region', { name: '项目' }).first().getByRole('link', { name: PROJECT }).click();
    const indicators = page.getByRole('table').filter({ hasText: '年度指标值' });
    const row = indicators.getByRole('row', { name: /来电接通率/ });
    await row.waitFor();
    await picture(page, 'project');
    assert.deepEqual((await row.getByRole('cell').allInnerTexts()).slice(0, 6), ['来电接通率', '≥95%', '95%', '有矛盾', '15', '10']);
    await row.getByRole('link').click();
    await page.getByRole('heading', { level: 1, name: '来电接通率' }).waitFor();
    const facts = page.locator('.facts');
    await facts.getByText('分值').waitFor();
    assert.match(await facts.innerText(), /分值\s+15\s+得分\s+10/);
    await page.locator('.finding', { hasText: 'indicators.achievement' }).waitFor();
    await facts.getByRole('button', { name: /第 720 行/ }).click();
    const source = page.getByRole('dialog', { name: '出处' });
    assert.match(await source.innerText(), /行\s+720/);
    await picture(page, 'indicator');
    await page.keyboard.press('Escape');
    await source.waitFor({ state: 'detached' });
    settle();
  });

  test('suggests and finds 热线', async () => {
    const { page, visit, settle } = await open();
    await visit('/');
    const field = page.getByRole('combobox', { name: '检索' });
    await field.fill('热线');
    await page.getByRole('option', { name: new RegExp(PROJECT) }).waitFor();
    await field.press('Enter');
    await page.getByRole('heading', { level: 1, name: '检索：热线' }).waitFor();
    await page.getByRole('main').getByRole('link', { name: new RegExp(PROJECT) }).click();
    await page.getByRole('heading', { level: 1, name: PROJECT }).waitFor();
    settle();
  });

  test('drills the treemap down to one item', async () => {
    const { page, visit, settle } = await open();
    await visit('/explore/node/department:370300/102');
    await page.getByRole('main').getByRole('link', { name: '科目构成' }).click();
    for (const code of ['208', '20805', '2080505']) {
      await page.locator('.picture text').filter({ hasText: new RegExp(`^${code}\\D`) }).first().click();
      await page.getByRole('navigation', { name: '所在层级' }).getByRole('button', { name: new RegExp(`^${code} \\S`) }).waitFor();
      if (code === '208') await picture(page, 'treemap');
    }
    await page.getByRole('region', { name: '科目金额' }).getByText('317.86').first().waitFor();
    assert.match(page.url(), /at=2080505/);
    settle();
  });

  test('shows the flow from revenue to nature: both ends are one sum, and no name lies on another', async () => {
    for (const width of [1440, 390]) {
      const { page, visit, settle, context } = await openPage(browser, service.origin, { viewport: { width, height: 900 } });
      for (const year of ['2024', '2022']) {
        await visit(`/explore/flow?year=${year}`);
        const texts = page.getByRole('img', { name: /流向图/ }).locator('text');
        await texts.filter({ hasText: '财政拨款收入' }).first().waitFor();
        const boxes = await texts.evaluateAll((all) => all.map((one) => ({ said: one.textContent, ...one.getBoundingClientRect().toJSON() })));
        for (const [place, one] of boxes.entries())
          for (const other of boxes.slice(place + 1)) assert.ok(apart(one, other), `${one.said} lies on ${other.said} (${width}, ${year})`);
        const rows = await page.getByRole('region', { name: '流向明细' }).first().locator('tbody tr').evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.textContent)));
        const [into, out] = [0, 1].map((column) => rows.filter((row) => !/^\d/.test(row[column])).reduce((total, row) => total + BigInt(row[2].replace(/[,.]/g, '')), 0n));
        assert.equal(into, out, year);
      }
      await picture(page, `flow-${width}`);
      settle();
      await context.close();
    }
  });

  test('speaks English and counts in yuan and in hundreds of millions', async () => {
    const { page, visit, settle } = await open();
    await visit('/explore/node/department:370300/102');
    const revenue = page.getByRole('row', { name: /^本年收入/ });
    await revenue.getByText('10,839.03').waitFor();
    await page.getByLabel('金额单位').selectOption('YUAN');
    await revenue.getByText('108,390,300.00').waitFor();
    await page.getByLabel('金额单位').selectOption('YI_YUAN');
    await revenue.getByText('1.083903', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('row', { name: /^Revenue/ }).waitFor();
    assert.equal(await page.locator('html').getAttribute('lang'), 'en');
    await picture(page, 'english');
    settle();
  });

  test('leads from every sum to the lines that it was made of', async () => {
    const { page, visit, settle } = await open();
    const sums = {
      '/explore/compare': '本年支出 · 功能分类（类）',
      '/explore/compare?measure=REVENUE&rows=REVENUE_SOURCE': '本年收入 · 收入来源',
      '/explore/compare?measure=THREE_PUBLIC_FINAL&columns=FISCAL_YEAR': '“三公”经费决算数 · “三公”经费项目',
      '/explore/treemap': '科目金额',
      '/explore/flow': '流向明细',
      '/explore/node/department:370300/102': '预算单位',
      '/explore/node/subject:FUNCTIONAL/208': '下级科目',
    };
    for (const [path, table] of Object.entries(sums)) {
      await visit(path);
      await page.getByRole('region', { name: table }).first().getByRole('cell').getByRole('button').first().click();
      const source = page.getByRole('dialog', { name: '出处' });
      await source.locator('.printed').first().waitFor();
      assert.match(await source.innerText(), /行\s+\d+/, path);
    }
    settle();
  });

  test('walks the trees by keyboard', async () => {
    const { page, visit, settle } = await open();
    await visit('/');
    const subjects = page.getByRole('tree', { name: '科目' });
    await subjects.getByRole('treeitem').first().waitFor();
    await subjects.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await subjects.getByRole('treeitem', { name: /20805/ }).waitFor();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: '行政事业单位养老支出' }).waitFor();
    settle();
  });

  test('finds the way between two nodes', async () => {
    const { page, visit, settle } = await open();
    await visit(`/explore/path?${new URLSearchParams({ from: 'department:370300/102', to: 'indicator:370300/102/2022/9/1.1.1' })}`);
    await page.locator('.steps > li').nth(2).waitFor();
    const steps = await page.locator('.steps > li').allInnerTexts();
    assert.ok(steps.length > 2);
    assert.match(steps[0], /淄博市人民政府办公室/);
    assert.match(steps.at(-1), /来电接通率/);
    settle();
  });

  test('exports what it shows', async () => {
    const { page, visit, settle } = await open();
    await visit('/explore/flow');
    const [csv] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出 CSV' }).last().click()]);
    assert.match(csv.suggestedFilename(), /\.csv$/);
    const [png] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出 PNG' }).click()]);
    assert.match(png.suggestedFilename(), /\.png$/);
    settle();
  });

  test('opens the query of a view in GraphiQL and runs it', async () => {
    const { page, visit, settle } = await open();
    await visit('/explore/findings?severity=ERROR');
    await page.getByRole('button', { name: 'GraphQL' }).click();
    await page.getByRole('link', { name: '在 GraphiQL 中打开' }).click();
    await page.waitForURL(/\/graphql#/);
    const run = page.getByRole('button', { name: /Execute query/ });
    await run.waitFor();
    await page.locator('.graphiql-query-editor').getByText('FindingList').first().waitFor();
    await page.getByRole('region', { name: 'Variables' }).getByText('severity').first().waitFor();
    await run.click();
    await page.locator('.graphiql-response').getByText('prose.initial-budget').first().waitFor();
    await picture(page, 'graphiql');
    settle();
  });

  test('GraphiQL is a workspace: questions by their words, a result as a table, a link, and what was typed is kept', async () => {
    const { page, context, visit, settle } = await open();
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await visit('/graphql');
    const questions = page.getByRole('region', { name: '常用查询' });
    await questions.getByRole('searchbox').fill('三公');
    assert.equal(await page.getByRole('tab').count(), 1);
    await questions.getByRole('button', { name: /三公/ }).first().click();
    await page.locator('.graphiql-query-editor').getByText('ThreePublic').first().waitFor();
    await page.getByRole('tab', { name: /ThreePublic/ }).waitFor();
    assert.equal(await page.locator('.unicode-highlight').count(), 0);
    await page.getByRole('button', { name: /Execute query/ }).click();
    await page.locator('.graphiql-response').getByText('公务用车').first().waitFor();
    await page.getByRole('button', { name: /结果表格/ }).click();
    const results = page.getByRole('region', { name: '结果表格' });
    const [file] = await Promise.all([page.waitForEvent('download'), results.getByRole('button', { name: '导出 CSV' }).first().click()]);
    assert.match(file.suggestedFilename(), /\.csv$/);
    assert.ok((await results.getByRole('row').count()) > 1);
    const [book] = await Promise.all([page.waitForEvent('download'), results.getByRole('button', { name: '导出 XLSX' }).first().click()]);
    await book.saveAs(join(tmpdir(), 'juesuan-book.xlsx'));
    await python('-c', 'import sys, python_calamine; rows = python_calamine.CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).to_python(); assert "keys.1.name" in rows[0] and any(2.85 in row for row in rows), rows', join(tmpdir(), 'juesuan-book.xlsx'));
    await page.getByRole('button', { name: '字段查找' }).click();
    const fields = page.getByRole('region', { name: '字段查找' });
    await fields.getByRole('searchbox').fill('三公 决算数');
    await fields.getByText('Measure.THREE_PUBLIC_FINAL', { exact: true }).waitFor();
    for (const said of await fields.locator('dl > div').allInnerTexts()) assert.match(said, /三公/);
    await page.getByRole('button', { name: '复制此查询的链接' }).click();
    await page.waitForURL(/#query=.*ThreePublic/);
    const there = await open();
    await there.page.goto(page.url());
    await there.page.locator('.graphiql-query-editor').getByText('ThreePublic').first().waitFor();
    await picture(page, 'graphiql');
    await page.locator('.graphiql-query-editor .view-line').first().click({ position: { x: 4, y: 4 } });
    await page.keyboard.press('Control+A');
    await page.keyboard.type('query Kept { dataset { version');
    await page.waitForFunction(() => Object.values(localStorage).some((kept) => kept.includes('query Kept')));
    await visit('/graphql');
    await page.locator('.graphiql-query-editor').getByText('Kept').first().waitFor();
    settle();
  });
});
