// From sample data to two frozen years: the commune sends its list, a household whose class changed reads why, and prints it.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { startSample, tryRole } from './people.mjs';
import { axe, DESKTOP, download, fitsItsWidth, PHONE, world } from './vuon.mjs';

const look = async (page, path, found) => {
  for (const viewport of [DESKTOP, PHONE]) {
    await page.setViewportSize(viewport);
    const answer = await page.goto(path);
    assert.equal(answer.status(), 200, `${path} answers ${answer.status()}`);
    for (const fault of await axe(page)) found.push(`${path} at ${viewport.width}: ${fault}`);
    if (!(await fitsItsWidth(page))) found.push(`${path} at ${viewport.width}: hangs over the edge`);
  }
  await page.setViewportSize(DESKTOP);
};

test('a household whose class changed reads why, from two frozen years, on one sheet of paper', { timeout: 600_000 }, async (t) => {
  const { open } = await world(t, { sample: true });
  const page = await open();
  await startSample(page);
  await tryRole(page, 'Cán bộ xã');
  const found = [];

  // Before the list is sent this year was never frozen, and the page says what to do.
  await page.goto('/registry/households?class=near_poor');
  const households = await page.locator('[data-rows] tbody .v-lead a').evaluateAll((links) => links.map((link) => link.getAttribute('href').split('?')[0]));
  await page.goto(`${households[0]}/why?year=2023`);
  assert.match(await page.locator('main').innerText(), /chưa có bản chốt/);
  await look(page, `${households[0]}/why?year=2023`, found);

  // The list goes up, and its facts are frozen.
  await page.goto('/review/2023');
  await page.locator('form[action$="/send"] button').click();
  assert.match(await page.locator('main').innerText(), /đã gửi/i);
  await page.goto('/reporting/snapshots');
  assert.equal(await page.locator('[data-rows] tbody tr').count(), 1);
  await look(page, '/reporting/snapshots', found);
  await page.goto('/reporting/snapshots');
  await page.locator('[data-rows] tbody .v-lead a').first().click();
  const snapshot = new URL(page.url()).pathname;
  await page.locator('form[action$="/check"] button').click();
  assert.match(await page.locator('main').innerText(), /nguyên vẹn/);
  await look(page, snapshot, found);
  await page.goto(snapshot);
  const file = await download(page, () => page.locator('a[download]', { hasText: 'households.parquet' }).click());
  assert.match(file, /households\.parquet$/);

  // What moved: from a number to its households, from a household to why.
  await look(page, '/review/2023/dynamics', found);
  await page.goto('/review/2023/dynamics');
  assert.equal(await page.locator('svg.v-chart title').count(), 1);
  const cell = page.locator('a[href*="from=poor&to=near_poor"]').or(page.locator('a[href*="from=near_poor&to=non_poor"]')).or(page.locator('a[href*="from=poor&to=non_poor"]'));
  await cell.first().click();
  const rows = new URL(page.url());
  await look(page, rows.pathname + rows.search, found);
  await page.goto(rows.pathname + rows.search);
  await page.locator('[data-rows] tbody td a[href*="/why?"]').first().click();
  const main = await page.locator('main').innerText();
  assert.match(main, /Năm 2022 hộ thuộc diện .*năm 2023 thuộc diện/);
  assert.match(main, /Thông tư 07\/2021/, 'the rule names its act');
  assert.match(main, /DỮ LIỆU MẪU/i);
  const why = new URL(page.url());
  await look(page, why.pathname + why.search, found);

  // Its address can be sent; it is one sheet of A4.
  await page.goto(why.pathname + why.search);
  const pinned = await page.locator('a[href*="before="][href*="now="]').getAttribute('href');
  await page.goto(pinned);
  assert.equal(await page.locator('main').innerText(), main);
  const pdf = (await page.pdf({ format: 'A4', preferCSSPageSize: true })).toString('latin1');
  const pages = [...pdf.matchAll(/\/Type\s*\/Page[^s]/g)].length;
  assert.equal(pages, 1, 'one A4');

  // In English too; then the files of the movements.
  await page.goto('/language/en?then=' + encodeURIComponent(why.pathname + why.search));
  assert.match(await page.locator('main').innerText(), /Why is this household in this class\?/);
  await page.goto('/language/vi?then=/');
  const csv = await download(page, () => page.evaluate(() => location.assign('/review/2023/dynamics.csv')));
  assert.match(csv, /\.csv$/);

  // A level above: last year's review of the province stands approved; this year's waits for lists.
  await tryRole(page, 'Cán bộ tỉnh');
  await page.goto('/review/2022');
  assert.match(await page.locator('main').innerText(), /Đã duyệt ngày/);
  await page.goto('/review/2023');
  await page.locator('form[action$="/approve"] button').click();
  assert.match(await page.locator('body').innerText(), /RPT-001/);
  await look(page, '/review/2023/dynamics', found);
  assert.deepEqual(found, []);
});

test('a province reads its poverty from the frozen year, and every figure opens onto what it is', { timeout: 600_000 }, async (t) => {
  const { open } = await world(t, { sample: true });
  const page = await open();
  await startSample(page);
  await tryRole(page, 'Cán bộ tỉnh');
  const found = [];
  await look(page, '/review/2022/poverty', found);
  await page.goto('/review/2022');
  await page.locator('details.v-more summary').click();
  await page.locator('a[href^="/review/2022/poverty"]').click();
  const main = () => page.locator('main').innerText();
  assert.match(await main(), /Ở ngưỡng k = 3: 14\.527 trong 30\.013 hộ/, 'the poor of the sample lack three indicators or more');
  assert.match(await main(), /3,79 % \(14\.527 trong 383\.300 hộ\)/, 'the rate over all households comes first');
  assert.doesNotMatch(await main(), /SỐ ĐANG LÀM/, 'a frozen year is no work in progress');
  assert.equal(await page.locator('.v-multiples svg').count(), 13, 'a drawing for each district');

  // The year that nothing was frozen of shows what is being worked on, and says so.
  await look(page, '/review/2023/poverty', found);
  await page.goto('/review/2023/poverty');
  assert.match(await main(), /SỐ ĐANG LÀM – CHƯA CHỐT/);
  assert.match(await main(), /không dùng để báo cáo hay công bố/);
  await look(page, '/review/2023/poverty?before=2022', found);
  await page.goto('/review/2022/poverty');

  // Another cut-off, by two things at once, by persons.
  await page.selectOption('#k', '4');
  await page.selectOption('#cross', 'head_sex');
  await page.selectOption('#count', 'persons');
  await page.locator('form.v-filter button').click();
  assert.match(page.url(), /cross=head_sex/);
  assert.match(await main(), /k = 4/);
  await look(page, new URL(page.url()).pathname + new URL(page.url()).search, found);

  // A figure: numerator, denominator, unit, day, snapshot, law, households.
  await page.goto('/review/2022/poverty');
  await page.locator('#groups ~ .v-cards tbody a').first().click();
  const text = await main();
  for (const word of ['Tử số', 'Mẫu số', 'Chốt ngày', 'Đơn vị hành chính ngày', 'Căn cứ', '379 / 783']) assert.ok(text.includes(word), word);
  await look(page, new URL(page.url()).pathname + new URL(page.url()).search, found);

  // By the communes of 2025; then the files.
  await look(page, '/review/2022/poverty?split=commune&by=commune@2025-07-01', found);
  await page.goto('/review/2022/poverty');
  for (const kind of ['XLSX', 'CSV', 'PARQUET']) {
    const name = await download(page, () => page.locator('.v-actions a', { hasText: kind }).click());
    assert.ok(name.endsWith(kind.toLowerCase()), name);
  }

  // Nothing was published; a stranger reads so.
  await page.context().clearCookies();
  await page.goto('/published/poverty');
  assert.match(await main(), /Chưa có kết quả nào được công bố/);
  await look(page, '/published/poverty', found);
  assert.deepEqual(found, []);
});
