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

test('a second plan, of other numbers and targets, comes alive: counted, worked on, opened down to people and printed', { timeout: 300_000 }, async (t) => {
  const { open } = await world(t, { sample: true });
  const page = await open();
  await startSample(page);
  await tryRole(page, 'Cán bộ tỉnh');
  const folder = await mkdtemp(join(tmpdir(), 'vuon-plan-'));
  const words = await readFile(plan('ke-hoach-2025-thanh-lam.txt'), 'utf8');
  const second = join(folder, 'ke-hoach-khac.txt');
  await writeFile(second, words.replaceAll('2024', '2022').replaceAll('2025', '2023'));
  await page.goto('/programme/plans');
  await page.setInputFiles('#file', second);
  await page.locator('main form button[type=submit]').first().click();
  await page.waitForURL('**/programme/plan/bindings**');
  await page.getByRole('button', { name: 'Xác nhận tất cả các dòng còn chờ' }).click();
  await page.getByText('Đã xác nhận 18 mục gắn').waitFor();

  const follow = async (words, definition, level) => {
    await page.goto('/programme/plan/bindings?year=2023');
    await page.locator('tbody tr', { hasText: words }).first().locator('th a').click();
    await page.getByText('Sửa hoặc bỏ').click();
    await page.selectOption('#counted_by', definition);
    if (level?.read) assert.equal(await page.inputValue('#level_value'), level.read, 'the level is read from the clause');
    if (level?.op) {
      await page.selectOption('#level_op', level.op);
      await page.fill('#level_value', level.value);
      if (level.high) await page.fill('#level_high', level.high);
    }
    await page.getByRole('button', { name: 'Lưu bản sửa' }).click();
    await page.getByText('đã sửa:').waitFor();
  };
  await follow('Tỷ lệ hộ nghèo đa chiều giảm', 'T01', { read: '1,0' });
  await follow('85% người lao động', 'T05', { read: '85', op: 'at_least', value: '85' });
  await follow('Dự án 2: Đa dạng', 'P2');
  await page.goto('/programme/plan?year=2023');
  const fell = page.locator('.v-hung', { hasText: 'Tỷ lệ hộ nghèo đa chiều giảm' });
  assert.match(await fell.innerText(), /chưa đạt[\s\S]*0,77[\s\S]*14\.527/);
  assert.match(await page.locator('.v-hung', { hasText: 'Dự án 2: Đa dạng' }).innerText(), /Hoạt động: [1-9]/);

  // An activity of the project is recorded in a commune, and the clause of the second plan counts one more.
  const done = async () => {
    await page.goto('/programme/plan?year=2023');
    const told = await page.locator('.v-hung', { hasText: 'Dự án 2: Đa dạng' }).innerText();
    return Number(/Hoạt động: ([\d.]+)/.exec(told)[1].replaceAll('.', ''));
  };
  const before = await done();
  await tryRole(page, 'Cán bộ xã');
  await page.goto('/programme/activities?year=2023&kind=livelihood_training');
  await page.locator('tbody th a').first().click();
  const someone = page.locator('tbody tr').first();
  const who = `${(await someone.locator('th').innerText()).trim()} ${(await someone.locator('td').first().innerText()).trim().slice(-4)}`;
  await page.goto('/programme/activities/new?year=2023&kind=livelihood_training');
  await page.fill('#day', '15/9/2023');
  await page.fill('#content', 'Tập huấn theo kế hoạch thứ hai');
  await page.fill('#participants', who);
  await page.locator('main form button[type=submit]').click();
  await page.waitForURL(/programme\/activities\/[0-9a-f-]{36}/);
  await tryRole(page, 'Cán bộ tỉnh');
  assert.equal(await done(), before + 1);

  // A task is given a day and an office, and a source its last day; both stand beside their clauses.
  const dated = async (words, day, office) => {
    await page.goto('/programme/plan/bindings?year=2023');
    await page.locator('tbody tr', { hasText: words }).first().locator('th a').click();
    await page.getByText('Sửa hoặc bỏ').click();
    await page.fill('#day', day);
    if (office) await page.selectOption('#office', office);
    await page.getByRole('button', { name: 'Lưu bản sửa' }).click();
    await page.getByText('đã sửa:').waitFor();
    const href = await page.locator('blockquote a').getAttribute('href');
    await page.goto(href);
    assert.match(await page.locator('main').innerText(), new RegExp(day));
  };
  await dated('Nhiệm vụ', '30/11/2023', 'commune_officer');
  await dated('Nguồn vốn', '31/12/2023');
  await tryRole(page, 'Cán bộ xã');
  await page.goto('/programme/duties?year=2023');
  assert.match(await page.locator('main').innerText(), /30\/11\/2023/, 'the task is the commune officer\'s own');
  await tryRole(page, 'Cán bộ tỉnh');

  await page.goto('/programme/plan?year=2023');
  await page.locator('.v-hung', { hasText: '85% người lao động' }).getByRole('link', { name: /^[\d.]+$/ }).last().click();
  assert.match(await page.locator('h1').innerText(), /85% người lao động/);
  assert.ok((await page.locator('tbody tr').count()) > 0, 'those not reached are listed by name');
  await tryRole(page, 'Cán bộ xã');
  await page.goto('/programme/targets?year=2023&on=2023-12-31');
  await page.locator('tbody th a', { hasText: '85% người lao động' }).click();
  await page.locator('a[data-figure][href*="side=not-reached"]').first().click();
  const paper = await page.pdf({ format: 'A4' });
  assert.ok(paper.length > 1000);
});
