/** Every view: no other host, nothing in the console, no barrier that axe finds in either language, light or dark; and narrow. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { barriers, launch, openPage, picture, skip } from './browser.mjs';
import { startService } from './service.mjs';

const ACCOUNT = '370300/102/2022';
const VIEWS = {
  home: '/',
  division: '/explore/node/division:370300',
  department: '/explore/node/department:370300/102',
  unit: '/explore/node/unit:370300/102/102004',
  project: `/explore/node/project:${ACCOUNT}/9`,
  indicator: `/explore/node/indicator:${ACCOUNT}/9/1.1.1`,
  subject: '/explore/node/subject:FUNCTIONAL/208',
  'economic-subject': '/explore/node/subject:ECONOMIC/301',
  accounts: `/explore/node/final_accounts:${ACCOUNT}`,
  statement: `/explore/node/statement:${ACCOUNT}/EXPENDITURE`,
  line: `/explore/node/line:${ACCOUNT}/BASIC_EXPENDITURE/90`,
  term: `/explore/node/term:${ACCOUNT}/1`,
  'three-public': `/explore/node/three_public_item:${ACCOUNT}/TOTAL`,
  finding: `/explore/node/finding:${ACCOUNT}/prose.initial-budget/1`,
  unknown: '/explore/node/unit:nowhere',
  treemap: '/explore/treemap',
  'economic-treemap': '/explore/treemap?classification=ECONOMIC&at=301',
  flow: '/explore/flow',
  compare: '/explore/compare?measure=PROJECT_EXECUTED&rows=UNIT',
  findings: '/explore/findings',
  search: `/explore/search?${new URLSearchParams({ q: '费' })}`,
  path: `/explore/path?${new URLSearchParams({ from: 'department:370300/102', to: 'subject:FUNCTIONAL/2010303' })}`,
};

/** Held against axe in both languages, light and dark; the others in Chinese and light. */
const TEN = ['home', 'division', 'department', 'project', 'indicator', 'accounts', 'statement', 'finding', 'treemap', 'flow'];

describe('every view', { skip }, () => {
  let service, browser;
  before(async () => {
    service = await startService();
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    service?.stop();
  });

  for (const [name, path] of Object.entries(VIEWS)) {
    test(name, async () => {
      const { page, context, visit, quiet, settle } = await openPage(browser, service.origin);
      await visit(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      assert.equal(await page.locator('.failed').count(), 0, await page.locator('main').innerText());
      await picture(page, `view-${name}`);
      assert.deepEqual(await barriers(page), []);
      if (TEN.includes(name)) {
        await page.emulateMedia({ colorScheme: 'dark' });
        assert.deepEqual(await barriers(page), [], 'dark');
        await page.getByRole('button', { name: 'English' }).click();
        await quiet();
        assert.deepEqual(await barriers(page), [], 'English, dark');
        await page.emulateMedia({ colorScheme: 'light' });
        assert.deepEqual(await barriers(page), [], 'English');
      }
      settle();
      await context.close();
    });
  }

  test('with everything open', async () => {
    const { page, visit, settle } = await openPage(browser, service.origin);
    await visit(VIEWS.department);
    await page.getByRole('button', { name: 'GraphQL' }).click();
    await page.getByRole('row', { name: /^本年收入/ }).getByRole('button').first().click();
    await page.getByRole('dialog', { name: '出处' }).locator('.printed').first().waitFor();
    await page.getByRole('combobox', { name: '检索' }).fill('费');
    await page.getByRole('option').first().waitFor();
    assert.deepEqual(await barriers(page), []);
    await picture(page, 'open');
    settle();
  });

  test('everything read of an account is shown: costs, numbers of the text, terms and words', async () => {
    const { page, visit, settle } = await openPage(browser, service.origin);
    await visit(VIEWS.accounts);
    const costs = page.getByRole('region', { name: '机关运行、政府采购、资产与数量' }).first();
    for (const name of ['机关运行经费', '政府采购支出总额', '车辆数']) await costs.getByRole('cell', { name, exact: true }).waitFor();
    assert.ok((await page.getByRole('region', { name: '文字说明中的数字' }).first().getByRole('row').count()) > 20);
    assert.ok((await page.getByRole('region', { name: '名词解释' }).first().getByRole('row').count()) > 5);
    settle();
  });

  test('on paper only what was asked for', async () => {
    const { page, visit, settle } = await openPage(browser, service.origin);
    await visit(VIEWS.project);
    await page.getByRole('table').first().waitFor();
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.locator('.top').isVisible(), false);
    assert.equal(await page.locator('.trees').isVisible(), false);
    assert.equal(await page.getByRole('table').first().isVisible(), true);
    assert.match(await page.locator('.on-paper').innerText(), /未指定年度 .*project:370300\/102\/2022\/9 .*[0-9a-f]{12} · \d{4}/);
    await picture(page, 'paper');
    settle();
  });

  test('in the dark', async () => {
    const { page, visit, settle } = await openPage(browser, service.origin, { colorScheme: 'dark' });
    await visit(VIEWS.project);
    await page.getByRole('table').first().waitFor();
    assert.deepEqual(await barriers(page), []);
    await picture(page, 'dark');
    settle();
  });

  test('on a telephone nothing is wider than the screen', async () => {
    const { page, visit, settle } = await openPage(browser, service.origin, { viewport: { width: 390, height: 844 } });
    for (const path of [VIEWS.home, VIEWS.project, VIEWS.treemap, VIEWS.findings]) {
      await visit(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 390, path);
    }
    await picture(page, 'telephone');
    settle();
  });

  test('a service that fails is said, and asked again', async () => {
    const { page, visit } = await openPage(browser, service.origin);
    await page.route('**/graphql', (route) => route.abort());
    await visit(VIEWS.findings);
    await page.getByText('无法连接服务').first().waitFor();
    await page.unroute('**/graphql');
    await page.getByRole('main').getByRole('button', { name: '重试' }).click();
    await page.locator('.finding').first().waitFor();
  });

  test('another dataset is noticed', async () => {
    const { page, visit } = await openPage(browser, service.origin);
    await visit(VIEWS.findings);
    await page.route('**/graphql', (route) => {
      const asksVersion = route.request().postData()?.includes('DatasetVersion');
      return asksVersion ? route.fulfill({ json: { data: { dataset: { version: 'another' } } } }) : route.continue();
    });
    await page.evaluate(() => window.dispatchEvent(new Event('focus')));
    await page.getByRole('button', { name: '显示新版' }).click();
    await page.getByRole('button', { name: '显示新版' }).waitFor({ state: 'detached' });
  });
});
