/** An account that was read in part: its page says how far, with every place that was not understood. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { barriers, launch, openPage, picture, skip } from './browser.mjs';
import { python, startService } from './service.mjs';

const MADE = `
import sys
from pathlib import Path
from graph_data.__main__ import main
from tests.test_honest_in_part import faulty
folder = Path(sys.argv[1])
(folder / "account.txt").write_text(faulty(), "utf-8")
main(["read", str(folder / "account.txt"), "-o", str(folder / "package"), "--division", "990100"])
`;
const WORDS = {
  zh: { title: '读取状态', status: '部分已读', unread: '未读', absent: '缺失', gaps: '未读之处', expected: '金额，如' },
  en: { title: 'State of reading', status: 'read in part', unread: 'not read', absent: 'absent', gaps: 'Places not understood', expected: 'an amount such as' },
};

describe('an account read in part', { skip }, () => {
  let folder, service, browser, path;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'juesuan-'));
    await python('-c', MADE, folder);
    service = await startService('--packages', join(folder, 'package'));
    browser = await launch();
    const query = '{ dataset { documents { nodes { finalAccounts { id } } } } }';
    const reply = await fetch(`${service.origin}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query }) });
    path = `/explore/node/${(await reply.json()).data.dataset.documents.nodes[0].finalAccounts.id}`;
  });
  after(async () => {
    await browser?.close();
    service?.stop();
    if (folder) rmSync(folder, { recursive: true });
  });

  for (const [locale, words] of Object.entries(WORDS)) {
    for (const width of [1440, 390]) {
      test(`${locale} at ${width}`, async () => {
        const { page, context, visit, settle } = await openPage(browser, service.origin, { viewport: { width, height: 900 } });
        await page.addInitScript((language) => localStorage.setItem('juesuan.language', language), locale);
        await visit(path);
        const heading = page.getByRole('heading', { name: words.title, exact: true });
        await heading.waitFor();
        const main = await page.locator('main').innerText();
        for (const said of [words.status, words.unread, words.absent, words.expected, '13?2.76', '办公用房分布统计表', 'account.txt']) assert.ok(main.includes(said), said);
        assert.equal(await page.getByRole('region', { name: words.gaps }).locator('tbody tr').count(), 5);
        assert.deepEqual(await barriers(page), []);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'the page is wider than the window');
        await heading.scrollIntoViewIfNeeded();
        await heading.evaluate((found) => found.scrollIntoView());
        settle();
        await picture(page, `reading-${locale}-${width}`);
        await context.close();
      });
    }
  }
});
