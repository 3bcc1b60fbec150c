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
  const { open } = await world(t, process.env.VUON_URL ? { url: process.env.VUON_URL } : {});
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
    await page.fill('#day', '1/1/2021');
    await page.locator('main form button[type=submit]').click();
    assert.match(await page.locator('main').innerText(), /NRM-001|WRK-001/);
    assert.equal(await page.inputValue('#content'), 'Đợt thử farm_training');
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
