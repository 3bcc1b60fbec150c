// What a person must not wait for, with a clock beside it: the phone on a slow net, and a commune's whole review. `make test` runs this
// file when nothing else runs.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { act, bringList, COMMUNE, startSample, tryRole } from './people.mjs';
import { as, BOARD, people, printed, toSurvey } from './review.mjs';
import { PHONE, world } from './vuon.mjs';

test('on a slow phone and a slow net the first question stands within three seconds and each next within a tenth', { timeout: 600_000 }, async (t) => {
  const { open } = await world(t, { sample: true });
  const page = await open('/', { viewport: PHONE });
  await startSample(page);
  await tryRole(page, 'Cán bộ xã');
  const { links } = await toSurvey(page);
  await page.goto(links[0]);
  await act(page, '/close-list', { day: '10/09/2023' });
  const id = links[0].match(/[0-9a-f-]{36}/)[0];
  const phone = `/survey/2023/${id}?route=yearly`;
  await page.goto(phone);
  const household = await page.locator('[data-household]').first().getAttribute('data-household');
  await page.goto('/');

  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 6 });
  await cdp.send('Network.enable');
  await cdp.send('Network.emulateNetworkConditions', { offline: false, latency: 400, downloadThroughput: 50 * 1024, uploadThroughput: 50 * 1024 });
  const began = Date.now();
  await page.goto(`${phone}#${household}`, { waitUntil: 'commit' });
  await page.waitForSelector('fieldset');
  const firstMs = Date.now() - began;
  const times = [];
  while (await page.locator('#next').count()) {
    times.push(await page.evaluate(async () => {
      const from = performance.now();
      document.getElementById('next').click();
      await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)));
      return performance.now() - from;
    }));
  }
  const slowest = Math.max(...times);
  console.log(`first question ${firstMs} ms; ${times.length} next screens, slowest ${slowest.toFixed(0)} ms (6× CPU, 400 ms, 50 KB/s)`);
  assert.ok(firstMs < 3000, `the first question stood after ${firstMs} ms`);
  assert.ok(slowest < 100, `the slowest next question took ${slowest} ms`);
});

test('one person reviews a commune of 300 households in under three minutes of machine time', { timeout: 600_000 }, async (t) => {
  const { open } = await world(t);
  await people(open);
  const xa = await as(open, 'xa');
  await bringList(xa, 10, 30);
  const chutich = await as(open, 'chutich');
  const huyen = await as(open, 'huyen');
  const began = Date.now();
  await xa.goto(BOARD);
  await act(xa, '/round/open', { day: '05/09/2023' });
  const villages = await xa.locator('main table tbody th a[href^="/review/2023/round/"]').evaluateAll((links) => links.map((a) => a.getAttribute('href')));
  assert.equal(villages.length, 10);
  let surveyed = 0;
  for (const village of villages) {
    await xa.goto(village);
    await act(xa, '/close-list', { day: '10/09/2023' });
    // Quick entry from paper: numbers and Enter only.
    await xa.goto(village.replace('/review/2023/round/', '/survey/2023/').replace('?', '/paper?'));
    for (;;) {
      const progress = await xa.locator('main p.v-quiet').first().innerText();
      const [done, all] = progress.match(/\d+/g).map(Number);
      if (done === all) break;
      const boxes = await xa.locator('form[data-codes] input[type=text]').evaluateAll((found) => found.map((box) => [box.name, box.maxLength]));
      const codes = { b1: '110', cause_other: '', causes: '27', 'household.area_m2': '40', 'household.information_means': '0' };
      for (const [name, width] of boxes) {
        if (codes[name] !== '') await xa.keyboard.type(codes[name] ?? '1');
        // One digit moves on by itself; a wider field waits for Enter.
        if (width > 1) await xa.keyboard.press('Enter');
      }
      await Promise.all([xa.waitForNavigation(), xa.keyboard.press('Enter')]);
      surveyed += 1;
    }
    await xa.goto(village);
    await act(xa, '/close-survey', { day: '01/10/2023' });
    await act(xa, '/meeting', { day: '05/10/2023', chair: 'Trưởng thôn', secretary: 'Thư ký', representatives: 'Hai hộ trong thôn', present: 40, agree: 40 });
    await act(xa, '/post', { day: '06/10/2023' });
    await act(xa, '/end', { day: '12/10/2023' });
  }
  assert.equal(surveyed, 300);
  await xa.goto(BOARD);
  await act(xa, '/round/ask', { day: '13/10/2023' });
  await huyen.goto(BOARD);
  await act(huyen, '/round/agree', { day: '16/10/2023' });
  await chutich.goto(BOARD);
  await act(chutich, '/round/recognise', { number: '88/QĐ-UBND', signer: 'Phạm Văn Chủ', day: '18/10/2023' });
  const seconds = (Date.now() - began) / 1000;
  console.log(`300 households in ${seconds.toFixed(1)} s`);
  await chutich.goto(`/review/2023/round/decision?unit=${COMMUNE}`);
  assert.equal(await chutich.locator('main table').first().locator('tbody tr').count(), 300);
  assert.ok(seconds < 180, `the review took ${seconds} s`);

  // Its certificates, in one run begun from the page.
  const printing = Date.now();
  await chutich.getByRole('link', { name: 'In tất cả giấy chứng nhận' }).click();
  await chutich.waitForURL('**/certificates**');
  await Promise.all([chutich.waitForNavigation(), chutich.getByRole('button', { name: 'In tất cả' }).click()]);
  await chutich.waitForFunction(() => !document.getElementById('progress'), null, { timeout: 300_000 });
  console.log(`300 certificates in ${((Date.now() - printing) / 1000).toFixed(1)} s`);
  assert.equal(await printed(chutich), 3, 'a hundred to a file');
});
