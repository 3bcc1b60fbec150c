// Every screen of the sample register as its roles see it: axe finds nothing, nothing hangs over, a phone's first page is light.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { bytesOf, startSample, tryRole } from './people.mjs';
import { axe, DESKTOP, fitsItsWidth, PHONE, world } from './vuon.mjs';

const LIGHT = 60 * 1024;

const COMMUNE_PAGES = [
  '/', '/registry/households', '/registry/households?q=nguyen', '/registry/households/new', '/review/2023', '/review/2023/decisions', '/review/2023/changes',
  '/review/2023/list/print', '/review/intake', '/units/villages', '/review/2023/forms', '/review/2023/forms/7.1', '/norms', '/access/trail',
  '/programme/plan', '/programme/plan/clauses/II-MT.1', '/programme/plan/find?q=ho+ngheo', '/programme/plan/documents',
];
const PROVINCE_PAGES = [
  '/', '/registry/households', '/review/2023', '/review/2023/forms/7.2', '/review/2023/forms/7.4',
  '/review/2023/forms/7.2/rows?row=total&column=c6h', '/review/2022/poverty?split=ethnic', '/norms', '/norms/review.class_rules', '/norms/packs', '/units/villages?unit=district:444',
  '/programme/plan', '/programme/plan?year=2026', '/programme/plan/bindings', '/programme/plan/bindings/T01', '/programme/plan/bindings/K25',
  '/programme/plan/documents/74-2022-nq-hdnd', '/programme/plan/clauses/III.1.a', '/programme/plans',
];
const ADMIN_PAGES = ['/access/users', '/access/users/new', '/no-such-page'];

/** Pages of one household, as the commune's list leads to it. */
async function householdPages(page) {
  await page.goto('/registry/households');
  const href = await page.locator('[data-rows] tbody .v-lead a').first().getAttribute('href');
  const household = href.split('?')[0];
  const id = household.split('/').pop();
  const changes = ['', '/edit', '/members/new', '/birth', '/leave', '/split', '/merge', '/move'].map((end) => household + end);
  return [...changes, `/review/2023/households/${id}`];
}

test('axe finds nothing on any screen of any role, on a desk and on a phone, in both languages', { timeout: 900_000 }, async (t) => {
  const { open } = await world(t);
  const page = await open();
  await startSample(page);
  const found = [];
  const look = async (path) => {
    await page.setViewportSize(DESKTOP);
    const answer = await page.goto(path);
    assert.equal(answer.status(), path.startsWith('/no-such') ? 404 : 200, `${path} answers ${answer.status()}`);
    assert.match(await page.locator('body').innerText(), /DỮ LIỆU MẪU|SAMPLE DATA/i, `${path} says that the data is invented`);
    for (const viewport of [DESKTOP, PHONE]) {
      await page.setViewportSize(viewport);
      for (const fault of await axe(page)) found.push(`${path} at ${viewport.width}: ${fault}`);
      if (!(await fitsItsWidth(page))) found.push(`${path} at ${viewport.width}: hangs over the edge`);
    }
  };
  await tryRole(page, 'Cán bộ xã');
  for (const path of [...COMMUNE_PAGES, ...(await householdPages(page))]) await look(path);
  await tryRole(page, 'Cán bộ tỉnh');
  for (const path of PROVINCE_PAGES) await look(path);
  await tryRole(page, 'Quản trị');
  for (const path of ADMIN_PAGES) await look(path);
  await page.goto('/language/en?then=/');
  assert.equal(await page.getAttribute('html', 'lang'), 'en');
  for (const path of ['/', '/review/2023/forms', '/norms', '/programme/plan', '/programme/plan/bindings/T01']) await look(path);
  assert.deepEqual(found, []);
});

test('the first page of a phone weighs under 60 KB, fonts aside', { timeout: 300_000 }, async (t) => {
  const { open, server } = await world(t, { sample: true });
  const page = await open('/', { viewport: PHONE });
  await startSample(page);
  const cookie = (await page.context().cookies()).map((c) => `${c.name}=${c.value}`).join('; ');
  for (const path of ['/', '/registry/households']) {
    await page.goto(path);
    const assets = await page.evaluate(() =>
      performance.getEntriesByType('resource').map((entry) => entry.name).filter((name) => !name.includes('woff2')));
    let bytes = await bytesOf(server.url + path, cookie);
    for (const asset of assets) bytes += await bytesOf(asset, cookie);
    assert.ok(bytes < LIGHT, `${path} weighs ${bytes} bytes with ${assets.length} assets`);
  }
});
