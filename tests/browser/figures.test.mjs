// Every figure on every screen opens onto what it was counted from; and the page it opens says what was counted, in which
// unit, by which article and on which day. Walked over the sample register as the roles that read it.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { startSample, tryRole } from './people.mjs';
import { axe, DESKTOP, fitsItsWidth, PHONE, world } from './vuon.mjs';

const FORMS = ['7.1', '7.2', '7.3', '7.4', '7.5', '7.6', '7.7', '7.8', '7.9', '7.10', '7.11'];
/** So many figures of one page are opened; all of them must be links. */
const OPENED = 4;

const shown = (text) => text.replace(/\s+/g, ' ').trim();

/** Figures of a page that lead nowhere; days, places in a row and numbers of rows are none. */
function bareFigures(page) {
  return page.locator('main table td.n').evaluateAll((cells) =>
    cells
      .filter((cell) => /\d/.test(cell.textContent) && !/\d\d?\/\d\d?\/\d{4}/.test(cell.textContent))
      .filter((cell) => !cell.querySelector('a[data-figure], input'))
      .filter((cell) => !cell.classList.contains('v-skip') && cell.cellIndex > 0)
      .map((cell) => `${cell.dataset.label ?? ''} ${cell.textContent}`.trim()));
}

const figures = (page) =>
  page.locator('main a[data-figure]').evaluateAll((all) => all.map((a) => ({ href: a.getAttribute('href'), text: a.textContent })));

/** A few of them, from all over the page and from different columns. */
function some(all) {
  const step = Math.floor(all.length / OPENED) + 1;
  return Array.from({ length: Math.min(OPENED, all.length) }, (_, at) => all[(at * step) % all.length]);
}

const bare = [];
async function walk(page, address) {
  await page.goto(address);
  for (const cell of await bareFigures(page)) bare.push(`${address}: ${cell}`);
  const all = await figures(page);
  assert.ok(all.length > 0, `${address} shows no figure`);
  return all;
}

test('every number of every form opens onto its definition, its article and what adds up to it', { timeout: 900_000 }, async (t) => {
  const { open } = await world(t, process.env.VUON_URL ? { url: process.env.VUON_URL } : { sample: true });
  const page = await open('/start');
  if (!process.env.VUON_URL) await startSample(page);
  await tryRole(page, 'Cán bộ huyện');
  const kinds = new Set();
  for (const form of FORMS) {
    for (const figure of some(await walk(page, `/review/2023/forms/${form}`))) {
      await page.goto(figure.href);
      const told = async (name) => shown(await page.locator(`[data-definition] [data-${name}]`).innerText());
      assert.equal(await told('total'), shown(figure.text), `${figure.href}: the page says the number of the form`);
      assert.ok((await told('counts')).length > 15, `${figure.href}: what was counted`);
      assert.match(await told('unit'), /^(hộ|khẩu|%)$/, figure.href);
      assert.equal(await told('day'), '31/12/2023', figure.href);
      const bases = await told('bases');
      assert.match(bases, /(Thông tư|Nghị định|Quyết định) \d+/, `${figure.href}: the act`);
      assert.match(bases, /Phụ lục|Biểu|Điều|khoản/, `${figure.href}: the article`);
      const adds = await page.locator('main table td.n').last().count();
      kinds.add((await page.locator('main h2').first().innerText()).trim());
      const total = await told('total');
      assert.equal(adds > 0, /[1-9]/.test(total), `${figure.href}: ${total} is made of something`);
    }
  }
  assert.ok(kinds.size >= 2, `households and villages at least: ${[...kinds]}`);
  assert.deepEqual(bare, []);

  // A rate opens onto the two numbers it is made of, and they divide to it.
  await page.goto('/review/2023/forms/7.1/rows?row=total&column=poor_household_rate');
  const number = (text) => Number(text.replaceAll('.', '').replace(',', '.'));
  const [of, per] = (await page.locator('main td.n a[data-figure]').allInnerTexts()).map(number);
  const rate = number(await page.locator('[data-total]').innerText());
  assert.ok(per > 0 && Math.abs((100 * of) / per - rate) < 0.006, `${of} / ${per} = ${rate}%`);

  // 383.300 households of the province open onto the villages, and the villages onto the page they were entered on.
  await tryRole(page, 'Cán bộ tỉnh');
  await page.goto('/review/2023/forms/7.1');
  const residents = page.locator('.v-table--form tbody tr').last().locator('a[data-figure]').first();
  assert.equal(shown(await residents.innerText()), '383.300');
  await residents.click();
  assert.equal(shown(await page.locator('[data-total]').innerText()), '383.300');
  assert.ok((await page.locator('main tbody tr').count()) > 100);
  for (const size of [DESKTOP, PHONE]) {
    await page.setViewportSize(size);
    assert.deepEqual(await axe(page), []);
    assert.ok(await fitsItsWidth(page));
  }
  await page.setViewportSize(DESKTOP);
  await page.locator('main tbody .v-lead a').first().click();
  assert.match(page.url(), /units\/villages\?unit=commune/);

  // A movement is told by its name beside each household.
  await page.goto('/review/2023/forms/7.2/rows?row=total&column=c2h');
  const movements = await page.locator('main tbody td[data-label="Biến động"], main tbody td[data-label="Diễn biến"]').allInnerTexts();
  assert.ok(movements.length > 0 && movements.every((words) => words.length > 5), `${movements.slice(0, 3)}`);
});

test('counts of the board, of a list, of a household and of the money open too', { timeout: 600_000 }, async (t) => {
  const { open } = await world(t, process.env.VUON_URL ? { url: process.env.VUON_URL } : { sample: true });
  const page = await open('/start');
  if (!process.env.VUON_URL) await startSample(page);
  bare.length = 0;
  const opens = async (all) => {
    for (const { href } of some(all)) {
      const answer = await page.request.get(href);
      assert.equal(answer.status(), 200, href);
      const [, at] = href.split('#');
      if (at) assert.ok((await answer.text()).includes(`id="${at}"`), `${href} leads nowhere`);
    }
  };
  await tryRole(page, 'Cán bộ tỉnh');
  for (const path of ['/review/2023', '/review/2023/round', '/programme/money?year=2023']) await opens(await walk(page, path));
  // How many lists were sent is how many communes the count opens onto.
  await page.goto('/review/2023');
  for (const count of await figures(page.locator('.v-sum-line').first().page()).then((all) => all.slice(0, 3))) {
    await page.goto(count.href);
    const n = Number(count.text.match(/[\d.]+/)[0].replaceAll('.', ''));
    assert.equal(await page.locator('main .v-cards tbody tr').count(), n, count.text);
  }
  await tryRole(page, 'Cán bộ xã');
  for (const path of ['/review/2023', '/programme/money?year=2023']) await opens(await walk(page, path));
  await page.goto('/registry/households?year=2023');
  const household = await page.locator('[data-rows] tbody .v-lead a').first().getAttribute('href');
  await page.goto(household);
  const scores = page.locator('table', { has: page.locator('caption', { hasText: 'Điểm' }) });
  const told = await scores.locator('td.n a[data-figure]').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
  assert.ok(told.length > 0, 'a score opens onto why it is what it is');
  await page.goto(told[0]);
  assert.match(await page.locator('main').innerText(), /Thông tư 07\/2021/);
  assert.deepEqual(bare, []);
});
