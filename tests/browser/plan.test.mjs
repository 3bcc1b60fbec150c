// The plan as a paper that lives: brought in as a file, answered for, searched, opened by an address that was sent.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
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

test('a file that is no plan is refused in words, with its code nowhere needed, and nothing is kept', { timeout: 300_000 }, async (t) => {
  const { open } = await world(t);
  const page = await officer(open);
  await bringIn(page, 'README.md');
  await page.getByText('Tệp không có tên "KẾ HOẠCH"').waitFor();
  await page.getByText('Chưa có kế hoạch nào').waitFor();
});

test('the living plan shows a figure with both its numbers, on a phone too, and prints as the plan alone', { timeout: 300_000 }, async (t) => {
  const { open } = await world(t, { sample: true });
  const page = await open();
  await startSample(page);
  await tryRole(page, 'Cán bộ tỉnh');
  await page.goto('/programme/plan');
  const target = page.locator('#c-II-MT-1');
  assert.match(await target.innerText(), /0,77[\s\S]*14\.527[\s\S]*383\.300[\s\S]*3,79%[\s\S]*11\.572[\s\S]*3,02%/);
  assert.match(await target.innerText(), /vượt/);
  // Every kind of clause says where it stands: a share with those not reached, a project, a task with its day, a source.
  assert.match(await page.locator('#c-II-MT-2-b-1a').innerText(), /T05[\s\S]*Tử số[\s\S]*Mẫu số[\s\S]*Chưa đạt/);
  assert.match(await page.locator('.v-hung', { hasText: 'P3.1' }).first().innerText(), /đang thực hiện[\s\S]*Hoạt động: [1-9]/);
  assert.match(await page.locator('.v-hung', { hasText: 'K25' }).first().innerText(), /Tệp minh chứng/);
  assert.match(await page.locator('.v-hung', { hasText: 'F1' }).first().innerText(), /Được giao[\s\S]*Còn lại/);
  const links = await page.locator('[data-plan] a[data-figure]').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
  assert.ok(links.length > 100, `only ${links.length} figures on the plan`);
  for (const href of new Set(links)) assert.equal((await page.request.get(href)).status(), 200, href);
  assert.match(await page.locator('#c-II-DA-1-a-2').innerText(), /chưa được theo dõi/);
  await page.setViewportSize(PHONE);
  assert.ok(await fitsItsWidth(page));
  assert.deepEqual(await axe(page), []);
  await page.emulateMedia({ media: 'print' });
  assert.equal(await target.locator('.v-clause__state').isVisible(), false);
  assert.equal(await page.locator('.v-find').first().isVisible(), false);
  assert.equal(await target.locator('.v-clause__text').isVisible(), true);
});

test('a new version that asks for another number is told on the target, and a person puts it right', { timeout: 300_000 }, async (t) => {
  const { open } = await world(t, { sample: true });
  const page = await open();
  await startSample(page);
  await tryRole(page, 'Cán bộ tỉnh');
  const folder = await mkdtemp(join(tmpdir(), 'vuon-plan-'));
  const words = await readFile(plan('ke-hoach-2023-ha-tinh.txt'), 'utf8');
  const changed = join(folder, 'ke-hoach-sua.txt');
  await writeFile(changed, words.replace('trên 30 mô hình', 'trên 40 mô hình'));
  await page.goto('/programme/plans');
  await page.setInputFiles('#file', changed);
  await page.locator('main form button[type=submit]').first().click();
  await page.waitForURL('**/programme/plan/bindings**');

  await page.goto('/programme/targets/T02?year=2023&on=2023-12-31');
  const said = await page.locator('main').innerText();
  assert.match(said, /> 40 mô hình[\s\S]*Chưa ai xác nhận[\s\S]*ghi: 40 mô hình[\s\S]*ghi mức > 30 mô hình/);
  assert.deepEqual(await axe(page), []);
  await page.getByRole('link', { name: 'Xem và xác nhận' }).click();
  await page.getByText('Sửa hoặc bỏ').click();
  assert.equal(await page.inputValue('#level_value'), '40');
  await page.fill('#level_value', '45');
  await page.getByRole('button', { name: 'Lưu bản sửa' }).click();
  await page.getByText('đã sửa:').waitFor();
  assert.deepEqual(await axe(page), []);
  await page.goto('/programme/targets/T02?year=2023&on=2023-12-31');
  assert.match(await page.locator('main').innerText(), /> 45 mô hình[\s\S]*xác nhận ngày/);
  // A figure that stands on a remembered list of communes says so.
  await page.goto('/programme/targets/T16?year=2023&on=2023-12-31');
  assert.match(await page.locator('#reading-all').innerText(), /Xã biên giới[\s\S]*chưa được xác nhận/);
  await page.setViewportSize(PHONE);
  assert.ok(await fitsItsWidth(page));
});
