// The plan's targets as a commune officer works with them: one activity of each project, a target down to its people and to
// those not reached yet, on paper and as a file; every counted number opens onto what it was counted from.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { startSample, tryRole } from './people.mjs';
import { DESKTOP, PHONE, axe, download, fitsItsWidth, world } from './vuon.mjs';

/** One kind of each project and sub-project, and where somebody who may take part is found. */
const KINDS = [
  'livelihood_training', 'farm_training', 'nutrition_under5', 'vocational_training', 'language_training',
  'job_support', 'telecom_support', 'communication_reached', 'staff_training', 'monitoring_visit',
];
const PAGES = ['targets', 'targets/T05', 'activities', 'needs', 'staff', 'models', 'duties', 'import'];

/** A line for the box of participants: somebody who took part in the same kind before. */
async function someoneFor(page, kind) {
  if (kind === 'monitoring_visit') return '';
  if (kind === 'staff_training') {
    await page.goto('/programme/staff?year=2023');
    return (await page.locator('tbody th').first().innerText()).trim();
  }
  await page.goto(`/programme/activities?year=2023&kind=${kind}`);
  // A small commune may have nobody of a rare kind yet: workers of another kind may take part as well.
  if ((await page.locator('tbody th a').count()) === 0) return kind === 'farm_training' ? null : someoneFor(page, 'farm_training');
  await page.locator('tbody th a').first().click();
  const row = page.locator('tbody tr').first();
  const name = (await row.locator('th').innerText()).trim();
  const birth = (await row.locator('td').first().innerText()).trim();
  return `${name} ${birth.slice(-4)}`;
}

async function record(page, kind, who) {
  await page.goto(`/programme/activities/new?year=2023&kind=${kind}`);
  await page.fill('#day', '15/9/2023');
  await page.fill('#content', `Đợt thử ${kind}`);
  await page.fill('#agency', 'UBND xã');
  await page.fill('#money', '1.500.000');
  if (who) await page.fill('#participants', who);
  await page.locator('main form button[type=submit]').click();
}

test('a commune records one activity of each project and hands over who is not reached', { timeout: 600_000 }, async (t) => {
  const { open } = await world(t, process.env.VUON_URL ? { url: process.env.VUON_URL } : { sample: true });
  const page = await open('/start');
  if (!process.env.VUON_URL) await startSample(page);
  await tryRole(page, 'Cán bộ xã');

  await t.test('one activity of each of the ten projects and sub-projects', async () => {
    for (const kind of KINDS) {
      const who = await someoneFor(page, kind);
      assert.notEqual(who, null, `${kind}: the sample has nobody`);
      await record(page, kind, who);
      await page.waitForURL(/programme\/activities\/[0-9a-f-]{36}/, { timeout: 10_000 }).catch(async () => {
        assert.fail(`${kind} (${who}): ${await page.locator('main').innerText()}`);
      });
    }
  });

  await t.test('what is refused says its code and keeps the draft', async () => {
    await record(page, 'farm_training', 'Không Có Ai 1990');
    assert.match(await page.locator('main').innerText(), /không có ai như vậy/);
    assert.equal(await page.inputValue('#content'), 'Đợt thử farm_training');
    await page.fill('#participants', '');
    await page.fill('#day', '10/1/2022');
    await page.locator('main form button[type=submit]').click();
    const early = await page.locator('body').innerText();
    assert.match(early, /WRK-001/);
    assert.match(early, /18\/01\/2022/);
    assert.match(early, /Quyết định 90\/QĐ-TTg/);
    assert.equal(await page.inputValue('#content'), 'Đợt thử farm_training');

    const child = await someoneFor(page, 'nutrition_under5');
    await record(page, 'farm_training', child);
    const outside = await page.locator('body').innerText();
    assert.match(outside, /WRK-003/);
    assert.ok(outside.includes(child.slice(0, -5)), 'the name is said');
    assert.match(outside, /Kế hoạch thực hiện Chương trình/);
    assert.equal(await page.inputValue('#participants'), child);
  });

  await t.test('an activity recorded wrongly is put right, then taken back, and its address tells why', async () => {
    const who = await someoneFor(page, 'farm_training');
    await record(page, 'farm_training', who);
    await page.waitForURL(/activities\/[0-9a-f-]{36}$/);
    const address = page.url();
    await page.getByRole('link', { name: 'Sửa', exact: true }).click();
    assert.equal(await page.locator('input[name=kept]:checked').count(), 1);
    await page.fill('#content', 'Tập huấn nuôi dê');
    await page.locator('main form button[type=submit]').click();
    assert.match(await page.locator('main').innerText(), /Lý do sửa, gỡ: chưa nhập/);
    assert.deepEqual(await axe(page), []);
    await page.fill('#why', 'Ghi nhầm nội dung');
    await page.locator('main form button[type=submit]').click();
    await page.waitForURL(address);
    assert.match(await page.locator('main').innerText(), /Tập huấn nuôi dê[\s\S]*Ghi nhầm nội dung/);

    await page.getByRole('link', { name: 'Gỡ hoạt động' }).click();
    assert.deepEqual(await axe(page), []);
    await page.fill('#why', 'Ghi hai lần');
    await page.locator('main form button[type=submit]').click();
    await page.waitForURL(address);
    const told = await page.locator('main').innerText();
    assert.match(told, /đã được gỡ/);
    assert.match(told, /Ghi hai lần/);
    assert.deepEqual(await axe(page), []);
  });

  await t.test('somebody leaves the list of staff on a day', async () => {
    await page.goto('/programme/staff?year=2023');
    await page.fill('#name', 'Phan Văn Nghỉ');
    await page.selectOption('#level', 'commune');
    await page.fill('#since', '1/1/2023');
    await page.locator('main form button[type=submit]').click();
    const row = page.locator('tbody tr', { hasText: 'Phan Văn Nghỉ' });
    await row.getByRole('link', { name: /Rời danh sách/ }).click();
    await page.fill('#left', '31/12/2022');
    await page.fill('#why', 'Nghỉ hưu');
    await page.locator('main form button[type=submit]').click();
    assert.match(await page.locator('body').innerText(), /WRK-014/);
    assert.equal(await page.inputValue('#why'), 'Nghỉ hưu');
    await page.fill('#left', '1/7/2023');
    await page.locator('main form button[type=submit]').click();
    assert.match(await row.innerText(), /01\/07\/2023/);
  });

  await t.test('a table is tried row by row, goes in once, and is known the second time', async () => {
    const who = await someoneFor(page, 'farm_training');
    const [, name, year] = who.match(/^(.*) (\d{4})$/);
    const head = ['Loại hoạt động hoặc nhu cầu', 'Ngày', 'Nội dung', 'Kinh phí (đồng)', 'Họ và tên', 'Năm sinh', 'Số ngày'];
    const kind = 'Tập huấn kỹ thuật nông, lâm, ngư, diêm nghiệp';
    const table = (money, days) => [head, [kind, '16/9/2023', 'Từ bảng tính', '1.000.000', name, year, '2'],
      [kind, '16/9/2023', 'Từ bảng tính', money, name, year, days]].map((row) => row.join('\t')).join('\n');
    const look = async (text) => {
      await page.goto('/programme/import?year=2023');
      await page.fill('#paste', text);
      await page.getByRole('button', { name: 'Xem trước' }).click();
      return page.locator('main').innerText();
    };
    assert.match(await look(table('2.000.000', '2')), /«Kinh phí \(đồng\)» khác nhau: 1\.000\.000; 2\.000\.000/);
    assert.match(await look(table('', 'hai')), /«Số ngày» không nhận «hai»/);
    assert.match(await look(table('', '2')), /1 hoạt động/);
    await page.getByRole('button', { name: 'Nhập các dòng nhận được' }).click();
    assert.match(await page.locator('h1').innerText(), /Đã nhập/);
    const again = await look(table('', '2'));
    assert.match(again, /Bảng này đã được nhập ngày/);
    assert.match(again, /đã được ghi/);
    assert.equal(await page.getByRole('button', { name: 'Nhập các dòng nhận được' }).count(), 0);
    assert.deepEqual(await axe(page), []);
  });

  await t.test('a day that cannot be read stays in its duty with the rest of what was typed', async () => {
    await page.goto('/programme/duties?year=2023&show=all');
    const duty = page.locator('details.v-more').first();
    await duty.locator('summary').click();
    await duty.locator('[name=done]').fill('31/2/2023');
    await duty.locator('[name=note]').fill('Đã gửi văn bản');
    await duty.locator('form button[type=submit]').first().click();
    const open = page.locator('details.v-more[open]');
    assert.equal(await open.count(), 1);
    assert.equal(await open.locator('[name=done]').inputValue(), '31/2/2023');
    assert.equal(await open.locator('[name=note]').inputValue(), 'Đã gửi văn bản');
    assert.match(await open.innerText(), /không đọc được ngày/);
    assert.deepEqual(await axe(page), []);
  });

  await t.test('a target opens down to its people and to those not reached, which print and are saved', async () => {
    await page.goto('/programme/targets?year=2023&on=2023-12-31');
    assert.equal(await page.locator('tbody tr').count(), 18);
    await page.locator('tbody th a', { hasText: 'T05' }).click();
    assert.ok((await page.locator('section.v-notice').count()) >= 2, 'both readings stand side by side');
    await page.locator('a[data-figure][href*="side=not-reached"]').first().click();
    const shown = await page.locator('tbody tr').count();
    const saved = await download(page, () => page.locator('a[href*="rows.xlsx"]').click());
    assert.match(saved, /T05-not-reached/);
    const total = Number((await page.locator('main').innerText()).match(/([\d.]+) dòng/)[1].replaceAll('.', ''));
    await page.getByRole('link', { name: 'In toàn bộ danh sách' }).click();
    assert.equal(await page.locator('tbody tr').count(), total, 'the paper holds everybody');
    assert.equal(await page.locator('.v-pager').count(), 0);
    assert.deepEqual(await axe(page), []);
    const paper = await page.pdf({ format: 'A4' });
    assert.ok(paper.length > 1000 && shown > 0);
  });

  await t.test('every counted number opens onto what it was counted from', async () => {
    for (const path of PAGES) {
      await page.goto(`/programme/${path}?year=2023&on=2023-12-31`);
      const bare = await page.locator('td.n').evaluateAll((cells) =>
        cells.filter((cell) => /\d/.test(cell.textContent) && !cell.querySelector('a[data-figure]')).length);
      assert.equal(bare, 0, `${path}: numbers without their facts`);
      const links = await page.locator('a[data-figure]').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
      for (const href of new Set(links.slice(0, 40))) {
        const answer = await page.request.get(href);
        assert.equal(answer.status(), 200, `${path}: ${href}`);
        const [, at] = href.split('#');
        if (at) assert.ok((await answer.text()).includes(`id="${at}"`), `${href} leads nowhere`);
      }
    }
  });

  await t.test('axe finds nothing and nobody scrolls sideways, on a screen and on a phone', async () => {
    for (const size of [DESKTOP, PHONE]) {
      await page.setViewportSize(size);
      for (const path of [...PAGES, 'targets/T05/rows', 'activities/new', 'activities/new?kind=farm_training', 'models/new']) {
        const [base, query = ''] = path.split('?');
        await page.goto(`/programme/${base}?year=2023&on=2023-12-31&${query}`);
        assert.deepEqual(await axe(page), [], `${path} at ${size.width}`);
        assert.ok(await fitsItsWidth(page), `${path} at ${size.width} is too wide`);
      }
    }
  });
});
