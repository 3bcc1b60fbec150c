// What a person does by hand: a household from its founding to its merger, faulty rows mended on the screen, questions
// answered, rows set aside brought back mended, a norm confirmed, a score pack loaded, signed and put to use.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';

import { addUser, COMMUNE, signIn, startEmpty } from './people.mjs';
import { sheets } from './sheets.mjs';
import { axe, download, REPOSITORY, world } from './vuon.mjs';

const run = promisify(execFile);
const HEAD = ['STT', 'Họ và tên chủ hộ', 'Họ và tên thành viên', 'Quan hệ với chủ hộ', 'Ngày sinh', 'Giới tính', 'Tỉnh', 'Huyện', 'Mã huyện', 'Xã', 'Mã xã', 'Thôn', 'Dân tộc', 'Phân loại', 'Điểm B1', 'Điểm B2'];

/** The officer of the commune, signed in. */
async function officer(open) {
  const admin = await open();
  await startEmpty(admin);
  await addUser(admin, { name: 'Trần Thị Xã', login: 'xa', role: 'commune_officer', unit: COMMUNE });
  const page = await open();
  await signIn(page, 'xa');
  return page;
}

const notice = (page) => page.locator('.v-notice[role=status]').innerText();
const save = (page) => page.locator('main form[method=post] button[type=submit]').first().click();
const members = (page) => page.locator('table', { has: page.locator('caption', { hasText: 'Thành viên' }) }).locator('tbody tr');

/** Fills the rows of the form of a new household. */
async function found(page, village, people) {
  await page.goto(`/registry/households/new?unit=${COMMUNE}&year=2023`);
  const known = page.locator('#village option', { hasText: village });
  if (await known.count()) await page.selectOption('#village', { label: village });
  else await page.fill('#new_village', village);
  for (const [row, { name, relation, sex, birth }] of people.entries()) {
    await page.fill(`#members-${row}-name`, name);
    await page.selectOption(`#members-${row}-relation`, { label: relation });
    await page.selectOption(`#members-${row}-sex`, { label: sex });
    await page.fill(`#members-${row}-birth`, birth);
  }
  await save(page);
}

const LAN = { name: 'Lê Thị Lan', relation: 'Chủ hộ', sex: 'Nữ', birth: '12/03/1975' };
const NAM = { name: 'Nguyễn Văn Nam', relation: 'Con', sex: 'Nam', birth: '1/6/2000' };
const HOA = { name: 'Nguyễn Thị Hoa', relation: 'Con', sex: 'Nữ', birth: '2/9/2012' };

test('a household is founded, corrected, grows, loses a member, divides and merges again, and its trail tells all', { timeout: 300_000 }, async (t) => {
  const { open } = await world(t);
  const page = await officer(open);

  await found(page, 'Thôn 1', [LAN, { ...NAM, birth: '31/2/2000' }]);
  assert.match(await page.locator('.govuk-error-summary').innerText(), /Ngày sinh/, 'no such day');
  assert.equal(await page.inputValue('#members-0-name'), LAN.name, 'nothing that was typed is lost');
  await page.fill('#members-1-birth', NAM.birth);
  await save(page);
  assert.match(await notice(page), /Đã thêm hộ/);
  const household = page.url().split('?')[0];
  assert.equal(await members(page).count(), 2);

  await page.goto(`${household}/edit`);
  await page.fill('#address', 'Xóm Đồng, nhà số 7');
  await save(page);
  assert.match(await page.locator('main').innerText(), /Xóm Đồng, nhà số 7/);

  await page.goto(`${household}/members/new`);
  await page.fill('#name', HOA.name);
  await page.selectOption('#relation', { label: HOA.relation });
  await page.getByRole('radio', { name: HOA.sex, exact: true }).check();
  await page.fill('#birth', HOA.birth);
  await page.fill('#day', '1/7/2023');
  await save(page);
  assert.match(await notice(page), /Đã ghi người đến ở/);

  await page.goto(household);
  await page.getByRole('link', { name: HOA.name }).click();
  await page.fill('#birth', '3/9/2012');
  await save(page);
  assert.match(await page.locator('main').innerText(), /03\/09\/2012/);

  await page.goto(`${household}/birth`);
  await page.fill('#name', 'Nguyễn Văn Bé');
  await page.getByRole('radio', { name: 'Nam', exact: true }).check();
  await page.fill('#birth', '15/8/2023');
  await page.selectOption('#relation', { label: 'Cháu' });
  await save(page);
  assert.match(await notice(page), /Đã ghi trẻ mới sinh/);
  assert.equal(await members(page).count(), 4);

  await page.goto(`${household}/leave`);
  await page.getByRole('radio', { name: new RegExp(HOA.name) }).check();
  await page.locator('input[name=reason][value=moved_away]').check();
  await page.fill('#day', '20/9/2023');
  await save(page);
  assert.match(await page.locator('main').innerText(), /20\/09\/2023/);

  await page.goto(`${household}/split`);
  await page.getByRole('checkbox', { name: new RegExp(NAM.name) }).check();
  const born = page.getByRole('checkbox', { name: /Nguyễn Văn Bé/ });
  await born.check();
  await page.selectOption('#head', { label: await page.locator('#head option', { hasText: NAM.name }).innerText() });
  await page.fill('#day', '1/10/2023');
  await save(page);
  assert.match(await notice(page), /Đã tách hộ/);
  const split = page.url().split('?')[0];
  assert.notEqual(split, household);
  assert.equal(await members(page).count(), 2);

  await page.goto(`${split}/merge?q=lan`);
  await page.getByRole('radio', { name: new RegExp(LAN.name) }).check();
  await page.fill('#day', '1/11/2023');
  await page.locator('form[method=post][action$="/merge"] button[type=submit]').click();
  assert.match(await notice(page), /Đã nhập hộ/);
  assert.equal(page.url().split('?')[0], household);
  assert.match(await members(page).allInnerTexts().then((rows) => rows.join('\n')), /Nguyễn Văn Nam[\s\S]*Nguyễn Văn Bé|Nguyễn Văn Bé[\s\S]*Nguyễn Văn Nam/);

  await page.goto(split);
  assert.match(await page.locator('main').innerText(), /01\/11\/2023/, 'the merged household can still be read');
  await page.goto('/access/trail');
  const trail = await page.locator('main table').innerText();
  for (const what of [/Thêm hộ|Lập hộ/, /sinh/i, /Tách hộ/, /Nhập hộ|hợp nhất/i]) assert.match(trail, what);
});

const row = (number, name, birth, { village = 'Thôn 1', b2 = 40 } = {}) =>
  [number, name, name, 'Chủ hộ', birth, 'Nữ', 'Hà Tĩnh', 'Huyện Hương Sơn', '439', 'Xã Quang Diệm', '18184', village, 'Kinh', 'N', 110, b2].join('\t');

async function paste(page, lines) {
  await page.goto(`/review/intake?unit=${COMMUNE}&year=2023`);
  await page.fill('#paste', [HEAD.join('\t'), ...lines].join('\n'));
  await save(page);
  await page.waitForURL(/\/review\/intake\/[0-9a-f-]{36}/);
  return page.url().match(/[0-9a-f-]{36}/)[0];
}

const tile = async (page, at) => Number((await page.textContent(`.v-tiles li:nth-child(${at}) strong`)).replaceAll('.', ''));

async function apply(page, intake) {
  await page.goto(`/review/intake/${intake}`);
  await page.locator('form[action$="/apply"] button').click();
  await page.waitForSelector('form[action$="/undo"]', { timeout: 60_000 });
}

test('a faulty row is mended on the screen, another comes back in the file of rows set aside, and nothing is stored twice', { timeout: 300_000 }, async (t) => {
  const { open } = await world(t);
  const page = await officer(open);
  const folder = await mkdtemp(join(tmpdir(), 'vuon-hand-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const intake = await paste(page, [
    row(1, 'Trần Thị An', '01/03/1960'),
    row(2, 'Trần Thị Bình', '31/02/1961'),
    row(3, 'Trần Thị Châu', '31/02/1962'),
  ]);
  await page.goto(`/review/intake/${intake}/rows`);
  assert.deepEqual(await axe(page), []);
  assert.match(await page.locator('main table').innerText(), /31\/02|không có trong lịch/);
  await page.locator('tr', { hasText: 'Trần Thị Bình' }).locator('input[type=text]').first().fill('28/02/1961');
  await page.locator('form[action$="/rows"] button[type=submit]').click();
  await page.goto(`/review/intake/${intake}`);
  assert.deepEqual(await axe(page), []);
  assert.deepEqual([await tile(page, 1), await tile(page, 4)], [2, 1], 'one mended, one still aside');

  await apply(page, intake);
  assert.deepEqual(await axe(page), []);
  const aside = await download(page, () => page.locator('a[href$="/aside.xlsx"]').first().click());
  const cells = JSON.stringify(await sheets(aside));
  assert.match(cells, /Trần Thị Châu/);
  assert.doesNotMatch(cells, /Trần Thị Bình/, 'what was mended is not set aside');
  const mended = join(folder, 'da-sua.xlsx');
  await run('python3', ['-c', [
    'import sys, openpyxl',
    'book = openpyxl.load_workbook(sys.argv[1])',
    'cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]',
    'faulty = [cell for cell in cells if cell.value == "31/02/1962"]',
    'assert faulty, "the faulty cell is in the file as it came"',
    'for cell in faulty: cell.value = "28/02/1962"',
    'book.save(sys.argv[2])',
  ].join('\n'), aside, mended]);

  await page.goto(`/review/intake?unit=${COMMUNE}&year=2023`);
  await page.setInputFiles('#file', mended);
  await save(page);
  await page.waitForURL(/\/review\/intake\/[0-9a-f-]{36}/);
  const again = page.url().match(/[0-9a-f-]{36}/)[0];
  await page.goto(`/review/intake/${again}`);
  assert.deepEqual([await tile(page, 1), await tile(page, 2), await tile(page, 4)], [1, 0, 0]);
  await apply(page, again);
  await page.goto(`/registry/households?unit=${COMMUNE}&year=2023`);
  const heads = await page.locator('[data-rows] tbody .v-lead a').allInnerTexts();
  assert.deepEqual(heads.sort(), ['Trần Thị An', 'Trần Thị Bình', 'Trần Thị Châu']);
});

test('two households that fit a row alike are asked about, and the answer is kept', { timeout: 300_000 }, async (t) => {
  const { open } = await world(t);
  const page = await officer(open);
  for (const _ of ['first', 'second']) {
    await found(page, 'Thôn 1', [{ ...LAN, name: 'Trần Thị An', birth: '1/3/1960' }]);
    assert.match(await notice(page), /Đã thêm hộ/);
  }
  const second = page.url().split('?')[0].split('/').pop();
  const intake = await paste(page, [row(1, 'Trần Thị An', '01/03/1960')]);
  await page.goto(`/review/intake/${intake}`);
  assert.equal(await page.locator('form[action$="/apply"] button').isDisabled(), true, 'nothing is chosen for the person');
  await page.locator(`a[href$="/candidates"]`).click();
  assert.deepEqual(await axe(page), []);
  assert.ok((await page.locator('main input[type=radio]').count()) >= 2);
  await page.locator(`main input[type=radio][value$="${second}"]`).check();
  await save(page);
  await page.goto(`/review/intake/${intake}`);
  assert.equal(await tile(page, 1), 0, 'no third household');
  await apply(page, intake);
  await page.goto(`/registry/households/${second}?year=2023`);
  assert.match(await page.locator('main').innerText(), /B1[\s\S]*110/, 'the row went to the household that was chosen');
});

test('the province confirms a norm by name, and loads, signs and uses its own score pack', { timeout: 300_000 }, async (t) => {
  const { open } = await world(t);
  const admin = await open();
  await startEmpty(admin);
  await addUser(admin, { name: 'Võ Văn Tỉnh', login: 'tinh', role: 'province_officer', unit: 'province:42' });
  const page = await open();
  await signIn(page, 'tinh');

  await page.goto('/norms?only=unconfirmed');
  const waiting = await page.locator('[data-rows] tbody tr').count();
  assert.ok(waiting > 0);
  await page.locator('[data-rows] tbody .v-lead a[href="/norms/review.calendar"]').first().click();
  await page.locator('a[href^="/norms/confirm"][href*="2021-01-01"]').first().click();
  assert.deepEqual(await axe(page), []);
  await save(page);
  assert.ok((await page.locator('.govuk-error-summary').count()) > 0, 'nobody confirms without a name');
  await page.fill('#signed', 'Trần Văn Minh, Phó Giám đốc Sở');
  await save(page);
  assert.match(await notice(page), /Đã ghi nhận xác nhận/);
  await page.goto('/norms?only=unconfirmed');
  assert.equal(await page.locator('[data-rows] tbody tr').count(), waiting - 1);
  await page.goto('/norms');
  assert.match(await page.locator('main').innerText(), /Trần Văn Minh, Phó Giám đốc Sở · \d\d\/\d\d\/\d{4}/);

  const folder = await mkdtemp(join(tmpdir(), 'vuon-pack-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const pack = join(folder, 'phieu-b1.yaml');
  const text = await readFile(join(REPOSITORY, 'norms', 'packs', 'illustrative_b1.yaml'), 'utf8');
  await writeFile(pack, text.replace('id: illustrative-b1', 'id: ha-tinh-b1').replace('Phiếu B1 minh hoạ', 'Phiếu B1 của tỉnh'));
  await page.goto('/norms/packs');
  await page.locator('form[enctype="multipart/form-data"] button[type=submit]').click();
  assert.match(await page.locator('.govuk-error-summary').innerText(), /\S/, 'nothing chosen');
  await page.setInputFiles('#file', pack);
  await page.locator('form[enctype="multipart/form-data"] button[type=submit]').click();
  assert.match(await notice(page), /Đã nạp bộ câu hỏi/);
  const own = () => page.locator('tr', { hasText: 'Phiếu B1 của tỉnh' });
  await own().locator('details > summary').click();
  await own().locator('input[name=signed]').fill('Trần Văn Minh');
  await own().locator('form[action="/norms/packs/sign"] button').click();
  assert.match(await own().innerText(), /Trần Văn Minh · /);
  await own().locator('form[action="/norms/packs/use"] button').click();
  assert.match(await notice(page), /đã được đưa vào dùng/);
  assert.deepEqual(await axe(page), []);
});
