// A second plan, of another province and year, with other numbering, other targets and the units of that year: brought in,
// answered for, worked on, counted, opened down to people, printed for a commune. The register begins empty: no sample.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { PASSWORD, addUser, signIn } from './people.mjs';
import { axe, fitsItsWidth, PHONE, REPOSITORY, world } from './vuon.mjs';

/** Nghệ An at the end of 2025: no districts, and the codes of July 2025. */
const PROVINCE = '40';
const WARD = 'commune:16681';
const YEAR = 2025;

const plan = (name) => join(REPOSITORY, 'tests', 'plans', name);

async function startNgheAn(page) {
  await page.goto('/start/empty');
  await page.selectOption('#province', PROVINCE);
  await page.selectOption('#year', String(YEAR));
  await page.fill('#name', 'Phan Thị Quản');
  await page.fill('#login', 'quantri');
  await page.fill('#password', PASSWORD);
  await page.fill('#password_again', PASSWORD);
  await page.locator('main form button[type=submit]').click();
  await page.waitForURL('**/');
}

const HEADER = ['STT', 'Họ và tên chủ hộ', 'Họ và tên thành viên', 'Quan hệ với chủ hộ', 'Ngày sinh', 'Giới tính', 'Mã xã', 'Thôn', 'Dân tộc', 'Phân loại', 'Điểm B1', 'Điểm B2'];
const member = (number, head, name, relation, birth, sex) =>
  [number, head, name, relation, birth, sex, '16681', 'Khối 1', 'Kinh', number && 'N', number && 110, number && 40].join('\t');
const LIST = [
  HEADER.join('\t'),
  member(1, 'Nguyễn Thị Lan', 'Nguyễn Thị Lan', 'Chủ hộ', '05/09/1985', 'Nữ'),
  member('', 'Nguyễn Thị Lan', 'Nguyễn Văn Nam', 'Con', '01/06/2005', 'Nam'),
  member(2, 'Trần Thị Hoa', 'Trần Thị Hoa', 'Chủ hộ', '12/03/1990', 'Nữ'),
].join('\n');

/** The ward's list of a year, pasted and applied. */
async function bringList(page, year) {
  await page.goto(`/review/intake?unit=${WARD}&year=${year}`);
  await page.selectOption('#year', String(year));
  await page.fill('#paste', LIST);
  await page.locator('form[action="/review/intake"] button[type=submit]').click();
  await page.waitForURL(/\/review\/intake\/[0-9a-f-]{36}/);
  await page.locator('form[action$="/apply"] button').click();
  await page.waitForSelector('form[action$="/undo"]', { timeout: 60_000 });
}

async function bringPlan(page, file) {
  await page.goto('/programme/plans');
  await page.setInputFiles('#file', file);
  await page.locator('main form button[type=submit]').first().click();
  await page.waitForURL(`**/programme/plan/bindings**year=${YEAR}**`);
}

async function openBinding(page, words) {
  await page.goto(`/programme/plan/bindings?year=${YEAR}`);
  await page.locator('tbody tr', { hasText: words }).first().locator('th a').click();
  await page.getByText('Sửa hoặc bỏ').click();
}

async function saveBinding(page) {
  await page.getByRole('button', { name: 'Lưu bản sửa' }).click();
  await page.getByText('đã sửa:').waitFor();
}

/** Says what counts a clause, and at which level. */
async function follow(page, words, definition, level) {
  await openBinding(page, words);
  await page.selectOption('#counted_by', definition);
  if (level) {
    assert.equal(await page.inputValue('#level_value'), level.read, 'the level is read from the clause');
    await page.selectOption('#level_op', level.op);
  }
  await saveBinding(page);
}

async function record(page, kind, who) {
  await page.goto(`/programme/activities/new?year=${YEAR}&kind=${kind}`);
  await page.fill('#day', `15/9/${YEAR}`);
  await page.fill('#content', `Đợt ${kind}`);
  if (who) await page.fill('#participants', who);
  await page.locator('main form button[type=submit]').click();
  await page.waitForURL(/programme\/activities\/[0-9a-f-]{36}/, { timeout: 10_000 }).catch(async () => {
    assert.fail(`${kind}: ${await page.locator('main').innerText()}`);
  });
}

test('a plan of another province, year and numbering lives on the units of its own year', { timeout: 300_000 }, async (t) => {
  const { open } = await world(t);
  const folder = await mkdtemp(join(tmpdir(), 'vuon-plan-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const administrator = await open();
  await startNgheAn(administrator);
  await addUser(administrator, { name: 'Trần Văn Tỉnh', login: 'tinh', role: 'province_officer', unit: `province:${PROVINCE}` });
  await addUser(administrator, { name: 'Lê Thị Phường', login: 'phuong', role: 'commune_officer', unit: WARD });
  const page = await open('/sign-in');
  await signIn(page, 'tinh');
  const ward = await open('/sign-in');
  await signIn(ward, 'phuong');

  await t.test('as a Word file it is read, found by its documents, and what has no place is shown', async () => {
    await bringPlan(page, plan('ke-hoach-2025-thanh-lam.docx'));
    assert.equal(await page.locator('tbody tr').count(), 18);
    await page.goto(`/programme/plan/find?year=${YEAR}&q=` + encodeURIComponent('1500/QĐ-TTg'));
    await page.getByRole('link', { name: 'Quyết định số 1500/QĐ-TTg' }).click();
    assert.match(await page.locator('main').innerText(), /PH2\.III\.1[\s\S]*PH2\.III\.2/);
    await page.goto(`/programme/plan/clauses/PH2.I.2.2.2a?year=${YEAR}`);
    assert.match(await page.locator('main').innerText(), /96,5% hộ nghèo/);
    await page.goto(`/programme/plan?year=${YEAR}`);
    assert.match(await page.locator('#c-unplaced').innerText(), /PHỤ LỤC/);
  });

  await t.test('its newer version is answered for: targets, projects, a task with its day and office, a source with its last day', async () => {
    const words = await readFile(plan('ke-hoach-2025-thanh-lam.txt'), 'utf8');
    const file = join(folder, 'ke-hoach-nghe-an.txt');
    await writeFile(file, words.replaceAll('Thanh Lâm', 'Nghệ An').replaceAll('THANH LÂM', 'NGHỆ AN'));
    await bringPlan(page, file);
    await page.getByRole('button', { name: 'Xác nhận tất cả các dòng còn chờ' }).click();
    await page.getByText('Đã xác nhận 18 mục gắn').waitFor();
    await follow(page, 'Tỷ lệ hộ nghèo đa chiều giảm', 'T01', { read: '1,0', op: 'range' });
    await follow(page, '85% người lao động', 'T05', { read: '85', op: 'at_least' });
    await follow(page, 'Dự án 2: Đa dạng', 'P2');
    await follow(page, 'Tiểu dự án 1: Giảm nghèo về thông tin', 'P6.1');
    await follow(page, 'Tiểu dự án 2: Truyền thông', 'P6.2');
    for (const [words, day, office] of [['Nhiệm vụ', `30/11/${YEAR}`, 'commune_officer'], ['Nguồn vốn', `31/12/${YEAR}`]]) {
      await openBinding(page, words);
      await page.fill('#day', day);
      if (office) await page.selectOption('#office', office);
      await saveBinding(page);
      await page.goto(await page.locator('blockquote a').getAttribute('href'));
      assert.match(await page.locator('main').innerText(), new RegExp(day));
    }
  });

  await t.test('a ward of the year\'s own units brings its lists and needs, and records one activity of each project', async () => {
    for (const year of [YEAR - 1, YEAR]) await bringList(ward, year);
    await ward.goto(`/programme/needs?year=${YEAR}`);
    await ward.selectOption('#kind', 'job');
    await ward.fill('#day', `20/1/${YEAR}`);
    await ward.fill('#who', 'Nguyễn Thị Lan 1985\nTrần Thị Hoa 1990');
    await ward.locator('main form button[type=submit]').first().click();
    await ward.getByText('Trần Thị Hoa').first().waitFor();
    await record(ward, 'livelihood_training', 'Nguyễn Thị Lan 1985');
    await record(ward, 'telecom_support', 'Nguyễn Thị Lan 1985');
    await record(ward, 'communication_reached', 'Trần Thị Hoa 1990');
    await record(ward, 'job_support', 'Nguyễn Thị Lan 1985');
    await page.goto(`/programme/plan?year=${YEAR}`);
    for (const project of ['Dự án 2: Đa dạng', 'Tiểu dự án 1: Giảm nghèo về thông tin', 'Tiểu dự án 2: Truyền thông']) {
      assert.match(await page.locator('.v-hung', { hasText: project }).innerText(), /Hoạt động: 1\b/, project);
    }
    await ward.goto(`/programme/duties?year=${YEAR}`);
    assert.match(await ward.locator('main').innerText(), new RegExp(`30/11/${YEAR}`), 'the task is the ward officer\'s own');
  });

  await t.test('a rate waits for every commune and names those that are missing; the plan says so beside the figure', async () => {
    const told = page.locator('.v-hung', { hasText: 'Tỷ lệ hộ nghèo đa chiều giảm' });
    await page.goto(`/programme/plan?year=${YEAR}&on=${YEAR}-12-31`);
    assert.match(await told.innerText(), /TGT-00[37]|TGT-004/);
    await page.goto(`/programme/targets?year=${YEAR}&on=${YEAR}-12-31`);
    await page.locator('tbody tr', { hasText: 'Tỷ lệ hộ nghèo đa chiều giảm' }).locator('th a').click();
    const missing = page.locator('details', { hasText: `chưa có danh sách năm ${YEAR}` }).first();
    assert.match(await missing.textContent(), /129 xã[\s\S]*Phường Trường Vinh/);
    assert.deepEqual(await axe(page), []);
    await page.goto(`/review/${YEAR}/forms/7.1?unit=province:${PROVINCE}&year=${YEAR}`);
    assert.match(await page.locator('main').innerText(), /chưa đủ dữ liệu/);
    assert.match(await page.locator('details', { hasText: 'chưa có danh sách của năm' }).first().textContent(), /Phường Trường Vinh/);
  });

  await t.test('reports keep their days without districts, a calendar is listed once, and a year without rules says so', async () => {
    await page.goto(`/programme/duties?year=${YEAR}&show=all`);
    assert.match(await page.locator('li', { hasText: 'R03 ·' }).innerText(), new RegExp(`30/11/${YEAR}`));
    const supervision = await page.locator('li', { hasText: 'R01 ·' }).innerText();
    assert.equal(supervision.split('review.calendar').length, 2, supervision);
    await page.goto(`/programme/duties?year=${YEAR + 1}&show=all`);
    assert.match(await page.locator('main').innerText(), /Từ 01\/01\/2026 đến 31\/12\/2026: chưa biết việc nào đến hạn/);
    assert.deepEqual(await axe(page), []);
  });

  await t.test('a target is opened down to its people and handed to the ward on paper', async () => {
    await ward.goto(`/programme/targets?year=${YEAR}&on=${YEAR}-12-31`);
    const line = ward.locator('tbody tr', { hasText: '85% người lao động' });
    assert.match(await line.innerText(), /50,00[\s\S]*chưa đạt/);
    await line.locator('th a').click();
    await ward.locator('a[data-figure][href*="side=reached"]').first().click();
    assert.match(await ward.locator('tbody').innerText(), /Nguyễn Thị Lan/);
    await ward.getByRole('link', { name: 'Chưa đạt' }).first().click();
    assert.match(await ward.locator('tbody').innerText(), /Trần Thị Hoa/);
    assert.doesNotMatch(await ward.locator('tbody').innerText(), /Nguyễn Thị Lan/);
    await ward.locator('a[href*="print=all"]').click();
    assert.match(await ward.locator('main').innerText(), /Phường Thành Vinh/);
    const paper = await ward.pdf({ format: 'A4' });
    assert.ok(paper.length > 1000);
    await ward.setViewportSize(PHONE);
    assert.ok(await fitsItsWidth(ward));
    assert.deepEqual(await axe(ward), []);
  });

  await t.test('two people put one record right: the second sees both versions and saves without loading anew', async () => {
    await ward.goto(`/programme/activities?year=${YEAR}&kind=livelihood_training`);
    await ward.locator('tbody th a').first().click();
    const address = ward.url();
    await page.goto(`${address}/edit`);
    await ward.goto(`${address}/edit`);
    for (const [who, content] of [[page, 'Tập huấn nuôi bò'], [ward, 'Tập huấn nuôi dê']]) {
      await who.fill('#content', content);
      await who.fill('#why', 'Ghi nhầm nội dung');
      await who.locator('main form button[type=submit]').click();
      await who.waitForLoadState();
    }
    const table = await ward.locator('table', { hasText: 'Hai bản khác nhau' }).innerText();
    assert.match(table, /Tập huấn nuôi bò[\s\S]*Tập huấn nuôi dê/);
    assert.equal(await ward.inputValue('#content'), 'Tập huấn nuôi dê');
    assert.deepEqual(await axe(ward), []);
    await ward.locator('main form button[type=submit]').click();
    await ward.waitForURL(address);
    assert.match(await ward.locator('h1').innerText(), /nuôi dê/);
  });
});
