// People and acts of a review that several browser tests share: who takes part, how a village comes to its survey, how a
// household is surveyed on the phone.

import assert from 'node:assert/strict';

import { act, addUser, COMMUNE, signIn, startEmpty } from './people.mjs';

export const DISTRICT = 'district:439';
export const BOARD = `/review/2023/round?unit=${COMMUNE}`;

export const said = (page) => page.locator('main').innerText();

export async function villageLink(page, name) {
  await page.goto(BOARD);
  return page.getByRole('link', { name, exact: true }).getAttribute('href');
}

export async function people(open) {
  const admin = await open();
  await startEmpty(admin);
  await addUser(admin, { name: 'Trần Thị Xã', login: 'xa', role: 'commune_officer', unit: COMMUNE });
  await addUser(admin, { name: 'Phạm Văn Chủ', login: 'chutich', role: 'commune_chairman', unit: COMMUNE });
  await addUser(admin, { name: 'Lê Văn Huyện', login: 'huyen', role: 'district_officer', unit: DISTRICT });
  await addUser(admin, { name: 'Võ Thị Tỉnh', login: 'tinh', role: 'province_officer', unit: 'province:42' });
  return admin;
}

export async function addHead(admin, village, login) {
  await admin.goto('/access/users/new');
  await admin.fill('#name', `Trưởng ${village}`);
  await admin.fill('#login', login);
  await admin.selectOption('#role', 'village_head');
  await admin.selectOption('#unit', COMMUNE);
  await admin.fill('#village', village);
  await admin.fill('#password', 'mot-mat-khau-dai');
  await admin.locator('main form button[type=submit]').click();
  await admin.waitForURL('**/access/users');
}

export async function as(open, login, options) {
  const page = await open('/', options);
  await signIn(page, login);
  return page;
}

/** Answers every question of the present screens at random and keeps the household on the phone. */
export async function surveyOnPhone(page, id) {
  await page.locator(`[data-household="${id}"]`).click();
  let slowest = 0;
  for (let screen = 0; screen < 40; screen += 1) {
    await page.evaluate(() => {
      for (const set of document.querySelectorAll('main fieldset')) {
        const choices = [...set.querySelectorAll(set.id === 'confirm' ? '#confirmed-0' : 'input')];
        const pick = choices[Math.floor(Math.random() * choices.length)];
        if (pick.type === 'text') {
          pick.value = pick.id === 'q-cause_other' ? 'Thiên tai' : String(10 + Math.floor(Math.random() * 90));
          pick.dispatchEvent(new Event('input', { bubbles: true }));
        } else if (!pick.checked) pick.click();
      }
    });
    if (await page.locator('#save').count()) break;
    const ms = await page.evaluate(async () => {
      const began = performance.now();
      document.getElementById('next').click();
      await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)));
      return performance.now() - began;
    });
    slowest = Math.max(slowest, ms);
  }
  const shown = await page.locator('.bar').evaluate((bar) => ({ ...bar.dataset }));
  await page.locator('#save').click();
  await page.waitForSelector(`[data-household="${id}"]`);
  return { shown, slowest };
}

export async function toSurvey(page) {
  await page.goto('/review/2023/round');
  const unit = new URL(page.url()).searchParams.get('unit');
  await act(page, '/round/open', { day: '05/09/2023' });
  const link = await page.locator('main table tbody th a[href^="/review/2023/round/"]').evaluateAll((links) => links.map((a) => a.getAttribute('href')));
  return { links: link, unit };
}

/** Every paper that the page links to: PDF, Word and the page that prints. Returns how many PDFs there were. */
export async function printed(page) {
  const found = await page.locator('main a').evaluateAll((links) => links.map((a) => a.getAttribute('href')));
  const starts = { pdf: '%PDF', docx: 'PK', html: '<!DO' };
  const links = found.filter((href) => /\.(pdf|docx|html)(\?|$)/.test(href));
  for (const href of links) {
    const answer = await page.request.get(new URL(href, page.url()).href);
    assert.equal(answer.status(), 200, href);
    const ending = href.match(/\.(\w+)(\?|$)/)[1];
    assert.ok((await answer.body()).toString('latin1').startsWith(starts[ending]), `${href} is no ${ending}`);
  }
  return links.filter((href) => /\.pdf/.test(href)).length;
}
