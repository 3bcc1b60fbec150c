// A power cut in the middle of an import leaves all of it or nothing, and the file that was brought is still there.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';

import { addUser, signIn, startEmpty } from './people.mjs';
import { launchBrowser, REPOSITORY, Server } from './vuon.mjs';

const run = promisify(execFile);
/** The power goes when the import says that it has come so far; 0 is right after the button. */
const MOMENTS = [0, 30, 80];

const whole = (text) => Number(text.replaceAll('.', ''));

/** How many households the register holds. */
async function stored(page) {
  await page.goto('/registry/households?year=2023');
  const line = page.locator('.v-sum-line strong');
  return (await line.count()) === 0 ? 0 : whole(await line.first().innerText());
}

/** Percent of a running import; null where it runs no more. */
async function progress(page, intake) {
  const answer = await page.request.get(`/review/intake/${intake}/progress`, { maxRedirects: 0 });
  const value = answer.status() === 200 && (await answer.text()).match(/<progress[^>]* value="(\d+)"/);
  return value ? Number(value[1]) : null;
}

/** Waits until the import has come so far; what it said last, null where it ended before. */
async function hasCome(page, intake, percent) {
  for (let last = await progress(page, intake); ; last = await progress(page, intake)) {
    if (last === null || last >= percent) return last;
  }
}

test('a server killed in the middle of an import leaves all or nothing, whenever it is killed', { timeout: 900_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vuon-killed-'));
  const script = join(REPOSITORY, 'tests', 'lists', 'make_review_list.py');
  await run('python3', [script, '--out', folder, '--seed', '7', '--communes', '30', '--households', '100', '--faults', '0']);
  const data = join(folder, 'data');
  const browser = await launchBrowser();
  let server = await Server.start({ data });
  const open = async () => {
    const context = await browser.newContext({ baseURL: server.url });
    const page = await context.newPage();
    page.setDefaultTimeout(180_000);
    return page;
  };
  const inside = [];
  try {
    let page = await open();
    await startEmpty(page);
    await addUser(page, { name: 'Võ Văn Tỉnh', login: 'tinh', role: 'province_officer', unit: 'province:42' });
    await signIn(page, 'tinh');
    await page.goto('/review/intake?year=2023');
    await page.setInputFiles('#file', join(folder, 'danh-sach-ra-soat.xlsx'));
    await page.locator('form[action="/review/intake"] button[type=submit]').click();
    await page.waitForURL(/\/review\/intake\/[0-9a-f-]{36}/, { timeout: 120_000 });
    const intake = page.url().match(/[0-9a-f-]{36}/)[0];
    await page.goto(`/review/intake/${intake}`);
    const promised = whole(await page.textContent('.v-tiles li:nth-child(1) strong'));
    assert.ok(promised >= 3000, 'the preview promises every household of the list, and the heads that left a class');

    for (const moment of MOMENTS) {
      await page.goto(`/review/intake/${intake}`);
      await Promise.all([page.waitForURL(/\/progress/), page.locator('form[action$="/apply"] button').click()]);
      const came = await hasCome(page, intake, moment);
      await server.kill();

      server = await Server.start({ data });
      page = await open();
      await signIn(page, 'tinh');
      await page.goto(`/review/intake/${intake}`);
      const wasApplied = (await page.locator('form[action$="/undo"]').count()) > 0;
      assert.equal(await stored(page), wasApplied ? promised : 0, `killed at ${moment} %: all or nothing`);
      if (came !== null && !wasApplied) inside.push(came);
      if (wasApplied) break;
    }
    assert.ok(inside.some((percent) => percent > 0 && percent < 100), `no kill landed inside the import: ${inside}`);

    // The staged file can still be confirmed, and then everything is there.
    await page.goto(`/review/intake/${intake}`);
    const confirm = page.locator('form[action$="/apply"] button');
    if (await confirm.count()) {
      await confirm.click();
      await page.waitForSelector('form[action$="/undo"]', { timeout: 180_000 });
    }
    assert.equal(await stored(page), promised);
  } finally {
    await browser.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
});
