// From a commune's list to classes and forms: a commune officer and the district walk it, and the papers are read back.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';

import { addUser, signIn, startEmpty } from './people.mjs';
import { rowWith, sheets } from './sheets.mjs';
import { download, OUT, REPOSITORY, world } from './vuon.mjs';

const LIST = join(REPOSITORY, 'tests', 'lists', 'three-communes', 'danh-sach-ra-soat.xlsx');
/** Xã Quang Diệm, Huyện Hương Sơn: one of the three communes of the list. */
const COMMUNE = 'commune:18184';
const DISTRICT = 'district:439';

/** Uploads the list; the page that follows shows what is wrong with its rows. */
async function upload(page, file = LIST) {
  await page.goto(`/review/intake?unit=${COMMUNE}&year=2023`);
  await page.setInputFiles('#file', file);
  await page.locator('form[action="/review/intake"] button[type=submit]').click();
  await page.waitForURL(/\/review\/intake\/[0-9a-f-]{36}/);
  return page.url().match(/[0-9a-f-]{36}/)[0];
}

async function apply(page, intake) {
  await page.goto(`/review/intake/${intake}`);
  await page.locator(`form[action$="/apply"] button`).click();
  await page.waitForSelector('form[action$="/undo"]', { timeout: 60_000 });
}

const number = async (page, selector) => Number((await page.textContent(selector)).replaceAll('.', ''));

test('a list goes from the file to the forms, up to the district and back', async (t) => {
  const { open } = await world(t);
  const admin = await open();
  await startEmpty(admin);
  await addUser(admin, { name: 'Trần Thị Xã', login: 'xa', role: 'commune_officer', unit: COMMUNE });
  await addUser(admin, { name: 'Lê Văn Huyện', login: 'huyen', role: 'district_officer', unit: DISTRICT });

  const commune = await open();
  await signIn(commune, 'xa');

  // The file is read; nothing is stored before it is confirmed.
  const intake = await upload(commune);
  await commune.goto(`/review/intake/${intake}/rows`);
  const faults = await commune.locator('main table').innerText();
  assert.match(faults, /31\/02|không có trong lịch|địa bàn/, 'each fault is said in words');
  await commune.goto(`/registry/households?unit=${COMMUNE}&year=2023`);
  assert.equal(await commune.locator('[data-rows] tbody tr').count(), 0);

  // Confirmed, then the same file again: nothing changes.
  await apply(commune, intake);
  const created = await number(commune, '.v-tiles li:nth-child(1) strong');
  assert.ok(created > 40, `${created} households of the commune were stored`);
  const again = await upload(commune);
  await commune.goto(`/review/intake/${again}`);
  assert.equal(await number(commune, '.v-tiles li:nth-child(1) strong'), 0, 'the same file brings nothing new');
  assert.equal(await number(commune, '.v-tiles li:nth-child(2) strong'), 0, 'and changes nothing');
  await commune.locator('form[action$="/drop"] button').click();

  // Search without marks, open a household: its class with rule and article.
  await commune.goto(`/registry/households?unit=${COMMUNE}&year=2023&q=tran`);
  const found = commune.locator('[data-rows] tbody .v-lead a');
  assert.ok((await found.count()) > 0);
  await found.first().click();
  const household = await commune.locator('main').innerText();
  assert.match(household, /Thông tư 07\/2021/, 'the class names its act');
  assert.match(household, /B1/);

  // The exported list is the three-sheet layout and re-imports unchanged.
  await commune.goto(`/review/2023?unit=${COMMUNE}`);
  const exported = await download(commune, () =>
    commune.evaluate((href) => location.assign(href), `/review/2023/list/export?unit=${COMMUNE}`));
  const book = await sheets(exported);
  assert.equal(Object.keys(book).length, 3);
  assert.ok(rowWith(Object.values(book)[0], 'STT'), 'the header stands in the first sheet');
  const back = await upload(commune, exported);
  await commune.goto(`/review/intake/${back}`);
  assert.equal(await number(commune, '.v-tiles li:nth-child(1) strong'), 0);
  assert.equal(await number(commune, '.v-tiles li:nth-child(2) strong'), 0, 'an exported list re-imports unchanged');
  await commune.locator('form[action$="/drop"] button').click();

  // Totals of the villages, then the list goes up.
  await commune.goto(`/units/villages?unit=${COMMUNE}&year=2023`);
  for (const input of await commune.locator('input[name^="households."]').all()) await input.fill('1.000');
  for (const input of await commune.locator('input[name^="persons."]').all()) await input.fill('3.400');
  await commune.locator('form[action="/units/villages"] button[type=submit]').click();
  await commune.goto(`/review/2023?unit=${COMMUNE}`);
  await commune.locator('form[action$="/send"] button').click();
  assert.match(await commune.locator('main').innerText(), /đã gửi/);

  // The district returns it with a remark; the commune reads the remark and sends again.
  const district = await open();
  await signIn(district, 'huyen');
  await district.goto(`/review/2023?unit=${DISTRICT}`);
  const row = district.locator('tr', { hasText: 'Quang Diệm' });
  if (await row.locator('details').count()) await row.locator('details > summary').first().click();
  await row.locator('textarea[name=remark]').fill('Kiểm tra lại điểm của thôn 4');
  await row.locator('button[type=submit]').click();
  await commune.goto('/');
  assert.match(await commune.locator('main').innerText(), /Kiểm tra lại điểm của thôn 4/);
  await commune.goto(`/review/2023?unit=${COMMUNE}`);
  await commune.locator('form[action$="/send"] button').click();

  // Forms over the district: on screen, their checks, and as XLSX.
  await district.goto(`/review/2023/forms/7.1?unit=${DISTRICT}`);
  assert.match(await district.locator('main').innerText(), /chưa đủ dữ liệu/, 'other communes have no totals, so no rate is told');
  await district.goto(`/review/2023/forms/7.1?unit=${COMMUNE}`);
  const form = await district.locator('main').innerText();
  assert.match(form, /đạt/);
  const poor = await district.locator('.v-table--form tbody tr').last().innerText();
  assert.match(poor, /6\.000/, 'the village totals add up');
  const paper = await download(district, () =>
    district.evaluate((href) => location.assign(href), `/review/2023/forms.xlsx?unit=${COMMUNE}`));
  const forms = await sheets(paper);
  assert.equal(Object.keys(forms).length, 11);
  assert.ok(rowWith(forms['Mau 7.1'], 'III'), 'the total stands in the file');

  // Without last year's list no movement is told.
  await district.goto(`/review/2023/forms/7.2?unit=${COMMUNE}`);
  assert.match(await district.locator('main').innerText(), /chưa có danh sách năm trước/);

  // Somebody else's commune cannot be known of.
  const outside = await commune.goto('/registry/households?unit=commune:18409&year=2023');
  assert.equal(outside.status(), 404);
});

test('an import is undone as a whole', async (t) => {
  const { open } = await world(t);
  const admin = await open();
  await startEmpty(admin);
  await addUser(admin, { name: 'Trần Thị Xã', login: 'xa', role: 'commune_officer', unit: COMMUNE });
  const commune = await open();
  await signIn(commune, 'xa');
  await apply(commune, await upload(commune));
  await commune.locator('form[action$="/undo"] button').click();
  await commune.goto(`/registry/households?unit=${COMMUNE}&year=2023`);
  assert.equal(await commune.locator('[data-rows] tbody tr').count(), 0);
  assert.ok(OUT);
});
