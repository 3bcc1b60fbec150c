// Boundary changes: a province records a division, its villages are placed, and a form of 2023 is read by the communes of 2025.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { startSample, tryRole } from './people.mjs';
import { axe, DESKTOP, fitsItsWidth, OUT, PHONE, world } from './vuon.mjs';

const BY_2025 = 'by=commune@2025-07-01';
const main = (page) => page.locator('main').innerText();

/** Number of a cell, `1.234` read as people write it. */
const number = (text) => Number(text.replaceAll('.', '').trim());

test('a division is recorded, villages are placed, and a form of 2023 is told by the communes of 2025', { timeout: 600_000 }, async (t) => {
  const { open } = await world(t, { sample: true });
  const page = await open();
  await startSample(page);
  await tryRole(page, 'Cán bộ tỉnh');

  // What is not known is said, each with the place to record it.
  await page.goto('/units/changes/step/2025-01-01?only=unknown');
  assert.match(await main(page), /Phú Phong/);
  await page.locator('tr', { hasText: 'Phú Phong' }).getByRole('link', { name: /Ghi quyết định/ }).click();
  assert.equal(await page.inputValue('#on'), '01/01/2025');

  // Without a number of the act nothing is stored, and what was typed stays.
  await page.check('#kind-division');
  await page.fill('#act_day', '1/12/2024');
  await page.fill('#issuer', 'Cơ quan thử');
  await page.fill('#targets', '18502 Xã Hà Linh\n18505 Xã Hương Thủy');
  await page.locator('main form.v-form button[type=submit]').click();
  assert.match(await main(page), /Số văn bản: chưa nhập/);
  await page.fill('#act', '01/NQ-THU');
  await page.fill('#targets', '99999');
  await page.locator('main form.v-form button[type=submit]').click();
  assert.match(await main(page), /UNI-008/);
  await page.fill('#targets', '18502 Xã Hà Linh\n18505 Xã Hương Thủy');
  await page.locator('main form.v-form button[type=submit]').click();
  await page.waitForURL(/\/units\/changes\/[0-9a-f-]{36}/);
  const change = new URL(page.url()).pathname;
  assert.match(await main(page), /01\/NQ-THU/);

  // Its households are not placed until somebody says where the villages lie.
  const counts = async () => {
    await page.goto(`/units/counts?unit=province:42&year=2023&${BY_2025}`);
    assert.match(await main(page), /Tổng không đổi: đạt/);
    const total = number(await page.locator('tfoot td').last().innerText());
    const unplaced = await page.locator('tbody tr', { hasText: 'Chưa xếp được' }).allInnerTexts();
    return { total, unplaced: unplaced.join('\n') };
  };
  const before = await counts();
  assert.match(before.unplaced, /Phú Phong/);

  await page.goto('/units/placing?unit=commune:18535&day=2025-01-01');
  const selects = page.locator('select[name^="village."]');
  const villages = await page.locator('label[for^="village-"]').allInnerTexts();
  assert.ok(villages.length > 1, 'the commune has villages');
  await selects.first().selectOption('18502');
  await page.fill('#pasted', villages.slice(1).map((name) => `${name}\tXã Hương Thủy`).join('\n'));
  await page.locator('main form button[type=submit]').click();
  assert.match(await page.locator('[role=status]').innerText(), new RegExp(`Đã xếp ${villages.length} mục`));
  const after = await counts();
  assert.doesNotMatch(after.unplaced, /Phú Phong/);
  assert.match(after.unplaced, /Đại Nài/, 'other divided communes still wait');
  assert.equal(after.total, before.total, 'nobody is lost on the way');

  // The form by the communes of 2025: rows of then, rows for what is not told, and the total of the form by its own units.
  const totals = async (by) => {
    await page.goto(`/review/2023/forms/7.1?unit=province:42${by}`);
    return page.locator('.v-table--form tbody tr').last().innerText();
  };
  const own = await totals('');
  const told = await totals(`&${BY_2025}`);
  assert.equal(told, own);
  const text = await main(page);
  assert.match(text, /Phường Thành Sen/);
  assert.match(text, /Chưa có quyết định/);
  assert.match(text, /Cộng theo đơn vị này bằng tổng[^\n]*\tđạt/);

  // Every page on a desk and on a phone.
  const found = [];
  const paths = [
    '/units/changes', '/units/changes/step/2025-07-01', '/units/changes/new?day=2025-01-01&source=18193', change,
    '/units/life/commune/18082/2025-01-01', '/units/life/commune/18535/2020-01-01', '/units/placing?day=2025-07-01',
    `/units/counts?year=2023&${BY_2025}`, `/review/2023/forms?${BY_2025}`, `/review/2023/forms/7.1?${BY_2025}`,
  ];
  for (const path of paths) {
    for (const viewport of [DESKTOP, PHONE]) {
      await page.setViewportSize(viewport);
      const answer = await page.goto(path);
      assert.equal(answer.status(), 200, path);
      for (const fault of await axe(page)) found.push(`${path} at ${viewport.width}: ${fault}`);
      if (!(await fitsItsWidth(page))) found.push(`${path} at ${viewport.width}: hangs over the edge`);
      if (process.env.VUON_SHOTS) {
        await page.screenshot({ path: `${OUT}/b-${paths.indexOf(path)}-${viewport.width}.png`, fullPage: true });
      }
    }
  }
  assert.deepEqual(found, []);

  // Taken back, it counts no more; a commune may not record at all.
  await page.setViewportSize(DESKTOP);
  await page.goto(change);
  await page.locator('form[action$="/withdraw"] button').click();
  assert.match(await main(page), /Đã thu hồi ngày/);
  await tryRole(page, 'Cán bộ xã');
  const refused = await page.goto('/units/changes/new');
  assert.equal(refused.status(), 403);
});
