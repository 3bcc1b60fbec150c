// The plan as a paper that lives: brought in as a file, answered for, searched, opened by an address that was sent.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';

import { addUser, signIn, startEmpty, startSample, tryRole } from './people.mjs';
import { axe, fitsItsWidth, PHONE, REPOSITORY, world } from './vuon.mjs';

const plan = (name) => join(REPOSITORY, 'tests', 'plans', name);

async function bringIn(page, name) {
  await page.goto('/programme/plans');
  await page.setInputFiles('#file', plan(name));
  await page.locator('main form button[type=submit]').first().click();
}

/** Somebody of the province, in an empty register. */
async function officer(open) {
  const page = await open();
  await startEmpty(page);
  await addUser(page, { name: 'Trần Văn Tỉnh', login: 'tinh', role: 'province_officer', unit: 'province:42' });
  const other = await open('/sign-in');
  await signIn(other, 'tinh');
  return other;
}

test('the plan of Hà Tĩnh is brought in, its bindings confirmed, a clause found and opened by its address', { timeout: 300_000 }, async (t) => {
  const { open, server } = await world(t);
  const page = await officer(open);
  await page.getByRole('link', { name: 'Kế hoạch', exact: true }).first().click();
  await page.getByText('Chưa có kế hoạch năm 2023').waitFor();

  await bringIn(page, 'ke-hoach-2023-ha-tinh.txt');
  await page.waitForURL('**/programme/plan/bindings**');
  assert.equal(await page.locator('tbody tr').count(), 72);

  await page.locator('input[type=checkbox][value=T01]').check();
  await page.getByRole('button', { name: 'Xác nhận các dòng đã chọn' }).click();
  await page.getByText('Đã xác nhận 1 mục gắn').waitFor();
  assert.match(await page.locator('tr', { hasText: 'T01' }).innerText(), /đã xác nhận/);

  await page.goto('/programme/plan/bindings/K25');
  await page.getByText('Sửa hoặc bỏ').click();
  await page.fill('#clause', 'IV.99');
  await page.getByRole('button', { name: 'Lưu bản sửa' }).click();
  await page.locator('.govuk-error-summary').getByText('kế hoạch không có mục này').waitFor();
  await page.fill('#clause', 'IV.10.3');
  await page.fill('#agency', 'UBND cấp huyện');
  await page.getByRole('button', { name: 'Lưu bản sửa' }).click();
  await page.getByText('đã sửa: Trần Văn Tỉnh').waitFor();

  await page.goto('/programme/plan');
  await page.fill('#q', 'nha tieu hop ve sinh');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'II-MT.2.b.5' }).click();
  const address = new URL(page.url());
  assert.match(await page.locator('main').innerText(), /ít nhất 82% hộ nghèo/);
  assert.match(await page.locator('main').innerText(), /T14/);

  // Sent to somebody who is not signed in: they sign in and stand at the very clause.
  const other = await open(address.pathname + address.search);
  await other.fill('#login', 'tinh');
  await other.fill('#password', 'mot-mat-khau-dai');
  await other.locator('main form button[type=submit]').click();
  await other.waitForURL('**/programme/plan/clauses/**');
  assert.match(await other.locator('h1').innerText(), /II-MT\.2\.b\.5/);
  assert.ok(server.url);
});

test('a plan of another year, as a Word file, is read and bound by what its headings say', { timeout: 300_000 }, async (t) => {
  const { open } = await world(t);
  const page = await officer(open);
  await bringIn(page, 'ke-hoach-2025-thanh-lam.docx');
  await page.waitForURL('**/programme/plan/bindings**year=2025**');
  assert.equal(await page.locator('tbody tr').count(), 18);
  await page.getByRole('button', { name: 'Xác nhận tất cả các dòng còn chờ' }).click();
  await page.getByText('Đã xác nhận 18 mục gắn').waitFor();

  await page.goto('/programme/plan/find?year=2025&q=' + encodeURIComponent('1500/QĐ-TTg'));
  await page.getByRole('link', { name: 'Quyết định số 1500/QĐ-TTg' }).click();
  assert.match(await page.locator('main').innerText(), /PH2\.III\.1[\s\S]*PH2\.III\.2/);

  await page.goto('/programme/plan/clauses/PH2.I.2.2.2a?year=2025');
  assert.match(await page.locator('main').innerText(), /96,5% hộ nghèo/);
  await page.goto('/programme/plan?year=2025');
  assert.match(await page.locator('#c-unplaced').innerText(), /PHỤ LỤC/);
});

test('a file that is no plan is refused in words, with its code nowhere needed, and nothing is kept', { timeout: 300_000 }, async (t) => {
  const { open } = await world(t);
  const page = await officer(open);
  await bringIn(page, 'README.md');
  await page.getByText('Tệp không có tên "KẾ HOẠCH"').waitFor();
  await page.getByText('Chưa có kế hoạch nào').waitFor();
});

test('the living plan shows a figure with both its numbers, on a phone too, and prints as the plan alone', { timeout: 300_000 }, async (t) => {
  const { open } = await world(t);
  const page = await open();
  await startSample(page);
  await tryRole(page, 'Cán bộ tỉnh');
  await page.goto('/programme/plan');
  const target = page.locator('#c-II-MT-1');
  assert.match(await target.innerText(), /0,77[\s\S]*14\.527[\s\S]*383\.300[\s\S]*3,79%[\s\S]*11\.572[\s\S]*3,02%/);
  assert.match(await target.innerText(), /vượt/);
  assert.match(await page.locator('#c-II-DA-1-a-2').innerText(), /chưa được theo dõi/);
  await page.setViewportSize(PHONE);
  assert.ok(await fitsItsWidth(page));
  assert.deepEqual(await axe(page), []);
  await page.emulateMedia({ media: 'print' });
  assert.equal(await target.locator('.v-clause__state').isVisible(), false);
  assert.equal(await page.locator('.v-find').first().isVisible(), false);
  assert.equal(await target.locator('.v-clause__text').isVisible(), true);
});
