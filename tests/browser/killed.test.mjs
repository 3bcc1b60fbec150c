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

test('a server killed in the middle of an import leaves all or nothing', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vuon-killed-'));
  const script = join(REPOSITORY, 'tests', 'lists', 'make_review_list.py');
  await run('python3', [script, '--out', folder, '--seed', '7', '--communes', '30', '--households', '100', '--faults', '0']);
  const data = join(folder, 'data');
  const browser = await launchBrowser();
  let server = await Server.start({ data });
  try {
    const context = await browser.newContext({ baseURL: server.url });
    const page = await context.newPage();
    await startEmpty(page);
    await addUser(page, { name: 'Võ Văn Tỉnh', login: 'tinh', role: 'province_officer', unit: 'province:42' });
    await signIn(page, 'tinh');
    await page.goto('/review/intake?year=2023');
    await page.setInputFiles('#file', join(folder, 'danh-sach-ra-soat.xlsx'));
    await page.locator('form[action="/review/intake"] button[type=submit]').click();
    await page.waitForURL(/\/review\/intake\/[0-9a-f-]{36}/, { timeout: 120_000 });
    const intake = page.url().match(/[0-9a-f-]{36}/)[0];
    await page.goto(`/review/intake/${intake}`);
    await page.locator('form[action$="/apply"] button').click({ noWaitAfter: true });
    await new Promise((later) => setTimeout(later, 700));
    await server.kill();

    server = await Server.start({ data });
    const after = await browser.newContext({ baseURL: server.url });
    const again = await after.newPage();
    await signIn(again, 'tinh');
    await again.goto('/registry/households?year=2023');
    const stored = await again.locator('[data-rows] tbody tr').count();
    await again.goto(`/review/intake/${intake}`);
    const wasApplied = (await again.locator('form[action$="/undo"]').count()) > 0;
    assert.equal(stored > 0, wasApplied, 'households are there exactly when the import says so');
    if (!wasApplied) {
      await again.locator('form[action$="/apply"] button').click();
      await again.waitForSelector('form[action$="/undo"]', { timeout: 180_000 });
      await again.goto('/registry/households?year=2023');
      assert.ok((await again.locator('[data-rows] tbody tr').count()) > 0, 'the staged file can still be confirmed');
    }
  } finally {
    await browser.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
});
