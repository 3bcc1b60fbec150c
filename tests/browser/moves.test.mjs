// A household goes to another commune by two officers, and one decision is recorded for a whole list and taken back.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { addUser, signIn, startSample, tryRole } from './people.mjs';
import { axe, DESKTOP, fitsItsWidth, PHONE, world } from './vuon.mjs';

const NEXT = 'commune:18556';

async function look(page) {
  const found = [];
  for (const viewport of [DESKTOP, PHONE]) {
    await page.setViewportSize(viewport);
    for (const fault of await axe(page)) found.push(`${page.url()} at ${viewport.width}: ${fault}`);
    if (!(await fitsItsWidth(page))) found.push(`${page.url()} at ${viewport.width}: hangs over the edge`);
  }
  await page.setViewportSize(DESKTOP);
  assert.deepEqual(found, []);
}

test('a household is handed over, accepted by the next commune, and moved on by the province', { timeout: 300_000 }, async (t) => {
  const { open } = await world(t, { sample: true });
  const from = await open();
  await startSample(from);
  await tryRole(from, 'Quản trị');
  await addUser(from, { name: 'Lê Thị Lâm', login: 'lam', role: 'commune_officer', unit: NEXT });
  await tryRole(from, 'Cán bộ xã');
  await from.goto('/registry/households');
  const link = from.locator('[data-rows] tbody .v-lead a').first();
  const [head, href] = [await link.innerText(), (await link.getAttribute('href')).split('?')[0]];

  await from.goto(`${href}/move`);
  await from.check('#to-commune');
  await from.selectOption('#commune', NEXT);
  await from.fill('#day', '1/11/2023');
  await from.getByRole('button', { name: 'Ghi chuyển nơi ở' }).click();
  await from.waitForURL(/\/registry\/handovers\//);
  await look(from);
  await from.goto(href);
  assert.match(await from.locator('main').innerText(), /đang chuyển đến Xã Hương Lâm/);

  const to = await open();
  await signIn(to, 'lam');
  assert.equal((await to.goto(href)).status(), 404, 'not theirs yet');
  await to.goto('/');
  await to.getByRole('link', { name: new RegExp(`${head}.*tiếp nhận`) }).click();
  await look(to);
  await to.selectOption('#village', { index: 1 });
  await to.getByRole('button', { name: 'Tiếp nhận hộ' }).click();
  await to.waitForURL(`**${href}`);
  assert.match(await to.locator('main').innerText(), /Xã Hương Lâm/);
  assert.match(await to.locator('.v-strip').innerText(), /2022[\s\S]*2023/, 'its years came along');
  assert.equal((await from.goto(href)).status(), 404);

  await tryRole(from, 'Cán bộ tỉnh');
  await from.goto(`${href}/move`);
  await look(from);
  await from.selectOption('#commune', 'commune:18553');
  await from.getByRole('button', { name: 'Xem các thôn' }).click();
  await from.selectOption('#village', { index: 1 });
  await from.fill('#day', '2/11/2023');
  await from.getByRole('button', { name: 'Ghi chuyển nơi ở' }).click();
  await from.waitForURL(`**${href}`);
  assert.match(await from.locator('main').innerText(), /Xã Hương Trạch/);
});

test('one decision is looked at, recorded for the whole list, and taken back', { timeout: 300_000 }, async (t) => {
  const { open } = await world(t, { sample: true });
  const page = await open();
  await startSample(page);
  await tryRole(page, 'Cán bộ xã');
  await page.goto('/review/2023');
  await page.getByRole('link', { name: 'Ghi quyết định cho cả danh sách' }).click();
  await page.getByRole('button', { name: 'Xem trước' }).click();
  await page.waitForSelector('.govuk-error-summary');
  await page.fill('#number', '15/QĐ-UBND');
  await page.fill('#day', '20/11/2023');
  await page.getByRole('button', { name: 'Xem trước' }).click();
  await page.waitForSelector('#would');
  await look(page);
  const record = page.getByRole('button', { name: /^Ghi quyết định cho \d+ hộ$/ });
  const count = (await record.innerText()).match(/\d+/)[0];
  const first = await page.locator('.v-lead a').first().getAttribute('href');
  await record.click();
  await page.waitForSelector('.v-notice--good');
  assert.match(await page.locator('main').innerText(), new RegExp(`Đã ghi quyết định cho ${count} hộ`));
  await page.goto(first);
  assert.match(await page.locator('main').innerText(), /15\/QĐ-UBND/);
  await page.goto('/review/2023/decisions');
  await page.getByRole('button', { name: 'Rút quyết định này' }).click();
  await page.waitForSelector('.v-notice--good');
  assert.match(await page.locator('main').innerText(), /đã rút/);
  await page.goto(first);
  assert.match(await page.locator('main').innerText(), /Chưa có quyết định/);
});
