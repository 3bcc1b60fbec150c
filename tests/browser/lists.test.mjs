// Lists in other clothes: an ODS file, a browser without scripts, two years side by side, a check that fails and where.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';

import { addUser, COMMUNE, signIn, startEmpty } from './people.mjs';
import { axe, REPOSITORY, world } from './vuon.mjs';

const sample = (end) => join(REPOSITORY, 'tests', 'lists', 'three-communes', `danh-sach-ra-soat.${end}`);
const tiles = async (page) =>
  (await page.locator('.v-tiles strong').allInnerTexts()).map((text) => Number(text.replaceAll('.', '')));

async function upload(page, file, unit) {
  await page.goto(`/review/intake?unit=${unit}&year=2023`);
  await page.setInputFiles('#file', file);
  await page.locator('form[action="/review/intake"] button[type=submit]').click();
  await page.waitForURL(/\/review\/intake\/[0-9a-f-]{36}/);
  return page.url().match(/[0-9a-f-]{36}/)[0];
}

async function apply(page, intake) {
  await page.goto(`/review/intake/${intake}`);
  await page.locator('form[action$="/apply"] button').click();
  await page.waitForSelector('form[action$="/undo"]', { timeout: 60_000 });
}

async function somebody(open, { login, role, unit }, options = {}) {
  const admin = await open();
  await startEmpty(admin);
  await addUser(admin, { name: 'Võ Thị Người', login, role, unit });
  const page = await open('/', options);
  await signIn(page, login);
  return page;
}

test('an ODS file is the list it was saved from, and a failed check leads to the household that fails it', { timeout: 300_000 }, async (t) => {
  const { open } = await world(t);
  const page = await somebody(open, { login: 'tinh', role: 'province_officer', unit: 'province:42' });
  const ods = await upload(page, sample('ods'), 'province:42');
  await page.goto(`/review/intake/${ods}`);
  const fromOds = await tiles(page);
  const xlsx = await upload(page, sample('xlsx'), 'province:42');
  await page.goto(`/review/intake/${xlsx}`);
  assert.deepEqual(await tiles(page), fromOds);
  assert.ok(fromOds[0] > 100);
  await page.locator('form[action$="/drop"] button').click();
  await apply(page, ods);

  await page.goto('/review/2023/forms/7.1');
  const failed = page.locator('tr', { has: page.locator('.v-state--bad') });
  assert.ok((await failed.count()) > 0, 'a household is decided otherwise than its scores say');
  const link = failed.first().locator('a[href^="/registry/households/"]').first();
  const head = (await link.innerText()).trim();
  assert.deepEqual(await axe(page), []);
  await link.click();
  assert.match(await page.locator('h1').innerText(), new RegExp(head));
  assert.ok((await page.locator('#class ~ .v-notice--warn, section[aria-labelledby=class] .v-notice--warn').count()) > 0, 'and says how they differ');
});

test('a commune works without scripts: import, progress, search, a form with a fault, sending up', { timeout: 300_000 }, async (t) => {
  const { open } = await world(t);
  const page = await somebody(open, { login: 'xa', role: 'commune_officer', unit: COMMUNE }, { scripts: false });
  const intake = await upload(page, sample('xlsx'), COMMUNE);
  await apply(page, intake);
  await page.goto(`/registry/households?unit=${COMMUNE}&year=2023&q=tran`);
  const rows = page.locator('[data-rows] tbody .v-lead a');
  assert.ok((await rows.count()) > 0);
  await rows.first().click();
  await page.goto(`${page.url().split('?')[0]}/members/new`);
  await page.fill('#name', 'Trần Thị Mới');
  await page.fill('#birth', '31/2/2001');
  await page.locator('main form[method=post] button[type=submit]').first().click();
  assert.match(await page.locator('.govuk-error-summary').innerText(), /Ngày sinh/);
  assert.equal(await page.inputValue('#name'), 'Trần Thị Mới');
  await page.goto(`/review/2023?unit=${COMMUNE}`);
  await page.locator('form[action$="/send"] button').click();
  assert.match(await page.locator('main').innerText(), /đã gửi/);
});

const HEAD = ['STT', 'Họ và tên chủ hộ', 'Họ và tên thành viên', 'Quan hệ với chủ hộ', 'Ngày sinh', 'Giới tính', 'Tỉnh', 'Huyện', 'Mã huyện', 'Xã', 'Mã xã', 'Thôn', 'Dân tộc', 'Phân loại', 'Điểm B1', 'Điểm B2'];
const row = (number, name, birth, [kind, b1, b2]) =>
  [number, name, name, 'Chủ hộ', birth, 'Nữ', 'Hà Tĩnh', 'Huyện Hương Sơn', '439', 'Xã Quang Diệm', '18184', 'Thôn 1', 'Kinh', kind, b1, b2].join('\t');
const POOR = ['N', 110, 40];
const NEAR = ['CN', 120, 20];

async function bring(page, year, lines) {
  await page.goto(`/review/intake?unit=${COMMUNE}&year=${year}`);
  await page.selectOption('#year', String(year));
  await page.fill('#paste', [HEAD.join('\t'), ...lines].join('\n'));
  await page.locator('form[action="/review/intake"] button[type=submit]').click();
  await page.waitForURL(/\/review\/intake\/[0-9a-f-]{36}/);
  await apply(page, page.url().match(/[0-9a-f-]{36}/)[0]);
}

test('two lists stand side by side, household by household, and who vanished is asked about first', { timeout: 300_000 }, async (t) => {
  const { open } = await world(t);
  const page = await somebody(open, { login: 'xa', role: 'commune_officer', unit: COMMUNE });
  const an = (standing) => row(1, 'Trần Thị An', '01/03/1960', standing);
  const binh = (standing) => row(2, 'Trần Thị Bình', '02/03/1961', standing);
  const chau = (standing) => row(3, 'Trần Thị Châu', '03/03/1962', standing);
  await bring(page, 2022, [an(POOR), binh(POOR), chau(POOR)]);
  await bring(page, 2023, [an(NEAR), binh(POOR)]);
  await page.goto(`/review/2023/changes?unit=${COMMUNE}`);
  assert.deepEqual(await axe(page), []);
  const lines = await page.locator('main tbody tr').allInnerTexts();
  assert.equal(lines.length, 3);
  assert.match(lines[0], /Trần Thị Châu[\s\S]*Hộ nghèo[\s\S]*Chưa rõ lý do vắng/);
  assert.match(lines[1], /Trần Thị An[\s\S]*Hộ nghèo[\s\S]*Hộ cận nghèo[\s\S]*[Tt]hoát nghèo/);
  assert.match(lines[2], /Trần Thị Bình[\s\S]*Không thay đổi/);
  await page.goto(`/review/2023/changes?unit=${COMMUNE}&movement=vanished`);
  assert.deepEqual(await page.locator('main tbody th').allInnerTexts(), ['Trần Thị Châu']);
});
