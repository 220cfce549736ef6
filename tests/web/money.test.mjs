/** Amounts are turned into units as text: exact for any size, as the service itself writes them. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { ROOT } from './service.mjs';

const skip = existsSync(`${ROOT}web/node_modules/vite`) ? undefined : 'web/node_modules is missing: run npm ci in web';

describe('money', { skip }, () => {
  let vite, money;
  before(async () => {
    const path = createRequire(`${ROOT}web/package.json`).resolve('vite');
    const { createServer } = await import(pathToFileURL(path).href);
    vite = await createServer({ root: `${ROOT}web`, server: { middlewareMode: true, ws: false, watch: null }, logLevel: 'error' });
    money = await vite.ssrLoadModule('/src/components/figures/money.ts');
  });
  after(() => vite?.close());

  const cases = [
    ['10839030000', 'WAN_YUAN', '10839.03', '10,839.03'],
    ['10839030000', 'YUAN', '108390300.00', '108,390,300.00'],
    ['10839030000', 'YI_YUAN', '1.083903', '1.083903'],
    ['0', 'WAN_YUAN', '0.00', '0.00'],
    ['1', 'YI_YUAN', '0.0000000001', '0.0000000001'],
    ['-1', 'WAN_YUAN', '-0.000001', '-0.000001'],
    ['-1600900000', 'WAN_YUAN', '-1600.90', '-1,600.90'],
    ['99999999999999999', 'YUAN', '999999999999999.99', '999,999,999,999,999.99'],
  ];
  for (const [fen, unit, exact, shown] of cases) {
    test(`${fen} 分 in ${unit}`, () => {
      assert.equal(money.inUnit(fen, unit), exact);
      assert.equal(money.grouped(exact), shown);
    });
  }

  test('sums, differences and shares are exact beyond what a float holds', () => {
    assert.equal(money.sum(['99999999999999999', '1', '-3']), '99999999999999997');
    assert.equal(money.minus('0', '99999999999999999'), '-99999999999999999');
    assert.equal(money.share('1', '3'), '33.3');
    assert.equal(money.share('-1', '3'), '-33.3');
    assert.equal(money.share('2', '3'), '66.7');
    assert.equal(money.share('-2', '3'), '-66.7');
    assert.equal(money.share('1', '-2000'), '-0.1');
    assert.equal(money.share('-1', '3000'), '0.0');
    assert.equal(money.share('1', '0'), null);
  });
});
