// The survey on the phone when things go wrong: answers lost on the way, corrections while sending, pictures that are too large
// or no pictures, sessions that ended, pages closed half-way. What a household said arrives, and its last words count.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { act, bringList, bringVillage } from './people.mjs';
import { addHead, as, BOARD, people, said, surveyOnPhone, villageLink } from './review.mjs';
import { axe, fitsItsWidth, PHONE, world } from './vuon.mjs';

/** A village at its survey with `each` households, its head at the phone's page. */
async function atThePhone(t, each) {
  const { open, server } = await world(t);
  const admin = await people(open);
  const xa = await as(open, 'xa');
  await bringList(xa, 1, each);
  await addHead(admin, 'Thôn 1', 'thon1');
  await xa.goto(BOARD);
  await act(xa, '/round/open', { day: '05/09/2023' });
  const village = await villageLink(xa, 'Thôn 1');
  await xa.goto(village);
  await act(xa, '/close-list', { day: '10/09/2023' });
  const head = await as(open, 'thon1', { viewport: PHONE });
  const phone = village.replace('/review/2023/round/', '/survey/2023/');
  await head.goto(phone);
  await head.waitForSelector('[data-household]');
  const ids = await head.locator('[data-household]').evaluateAll((rows) => rows.map((row) => row.dataset.household));
  assert.equal(ids.length, each);
  return { server, admin, xa, head, phone, village, ids };
}

const allSent = (page) => page.waitForFunction(() => document.getElementById('queue').textContent === 'đã gửi hết', null, { timeout: 30_000 });

/** Opens a household, goes on to its last screen, writes a note, and keeps it as its first adult confirmed it. */
async function keepWithNote(page, id, words) {
  await toLast(page, id);
  await page.fill('#note', words);
  await page.locator('#confirmed-0').check();
  await keep(page);
}

/** Keeps the household on the phone; the list stands again when it is kept. */
async function keep(page) {
  await page.locator('#save').click();
  await page.waitForSelector('[data-household]');
}

async function toLast(page, id) {
  await page.locator(`[data-household="${id}"]`).click();
  await page.waitForSelector('#next');
  while (await page.locator('#next').count()) await page.locator('#next').click();
}

/** The versions of a household's survey as the server has them, in the words of the page. */
async function versions(page, id, route = 'yearly') {
  await page.goto(`/survey/2023/households/${id}/both?route=${route}`);
  const heads = await page.locator('main thead th').allInnerTexts();
  const cells = await page.locator('main tbody tr').first().locator('td').allInnerTexts();
  return heads.slice(1).map((head, at) => `${head} ${cells[at]}`);
}

test('a household corrected after a lost answer, or while it is being sent, arrives with its last words', { timeout: 300_000 }, async (t) => {
  const { head, xa, ids } = await atThePhone(t, 2);

  // The server has the first version, the phone does not know it.
  await head.route('**/survey/send', async (route) => { await route.fetch(); await route.abort(); }, { times: 1 });
  await keepWithNote(head, ids[0], 'lời đầu');
  await head.waitForFunction(() => !sending);
  assert.match(await head.locator('#queue').innerText(), /còn 1 phiếu/);
  await keepWithNote(head, ids[0], 'lời sửa');
  await allSent(head);

  // The second version is made while the first is under way.
  let arrived, letGo;
  const underWay = new Promise((done) => (arrived = done));
  const gate = new Promise((done) => (letGo = done));
  await head.route('**/survey/send', async (route) => { arrived(); await gate; await route.continue(); }, { times: 1 });
  await keepWithNote(head, ids[1], 'lời đầu');
  await underWay;
  await keepWithNote(head, ids[1], 'lời sửa');
  letGo();
  await allSent(head);

  for (const id of ids) {
    const found = await versions(xa, id);
    assert.equal(found.length, 2, found.join('\n'));
    assert.match(found[0], /bản đang tính.*lời sửa/s);
    assert.match(found[1], /bản đã thay, được giữ.*lời đầu/s);
  }
});

test('a plain form sent again with other answers is a correction of the first', { timeout: 300_000 }, async (t) => {
  const { xa, ids } = await atThePhone(t, 1);
  const form = `/survey/2023/households/${ids[0]}/form?route=yearly`;
  const fields = async (b2) => {
    if (await xa.locator('#b1').count()) await xa.fill('#b1', '120');
    await xa.locator('details.v-fold').first().evaluate((d) => (d.open = true));
    await xa.fill('#b2', b2);
    await Promise.all([xa.waitForNavigation(), xa.locator('main form button.govuk-button').first().click()]);
  };
  await xa.goto(form);
  await fields('40');
  await xa.goBack();
  await fields('30');
  const found = await versions(xa, ids[0]);
  assert.equal(found.length, 2, found.join('\n'));
  assert.match(found[0], /bản đang tính.*B2 30/s);
});

/** A picture as a camera gives it: JPEG of noise, so that it stays large. */
async function picture(page, width, height) {
  const address = await page.evaluate(([w, h]) => {
    const canvas = Object.assign(document.createElement('canvas'), { width: w, height: h });
    const pen = canvas.getContext('2d');
    const noise = pen.createImageData(w, h);
    for (let at = 0; at < noise.data.length; at += 1) noise.data[at] = at % 4 === 3 ? 255 : (at * 7919 * (1 + (at >> 9))) % 251;
    pen.putImageData(noise, 0, 0);
    return canvas.toDataURL('image/jpeg', 0.9);
  }, [width, height]);
  return { name: 'nha.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(address.split(',')[1], 'base64') };
}

test('a large picture arrives small and is seen beside the answers, in a monthly review too', { timeout: 300_000 }, async (t) => {
  const { head, xa, ids } = await atThePhone(t, 1);
  const photo = await picture(head, 3000, 2000);
  assert.ok(photo.buffer.length > 4e6, `the picture has ${photo.buffer.length} bytes`);
  await toLast(head, ids[0]);
  await head.setInputFiles('#photo', photo);
  await head.getByText('1 ảnh kèm theo').waitFor();
  await head.locator('#confirmed-0').check();
  await keep(head);
  await allSent(head);
  const arrives = async (route) => {
    await versions(xa, ids[0], route);
    const href = await xa.locator('main a[href^="/files/"]').first().getAttribute('href');
    const answer = await xa.request.get(new URL(href, xa.url()).href);
    assert.equal(answer.headers()['content-type'], 'image/jpeg');
    const bytes = (await answer.body()).length;
    assert.ok(bytes <= 300 * 1024 && bytes > 10_000, `${bytes} bytes of ${photo.buffer.length}`);
    return bytes;
  };
  const bytes = await arrives('yearly');
  console.log(`a picture of ${photo.buffer.length} bytes arrives with ${bytes}`);

  // Another village has no yearly review yet, and one household asks in November.
  await bringVillage(xa, 'Thôn 2', 'Lê Thị Hai');
  await xa.goto(`/registry/households?unit=commune:18184&year=2022&q=hai`);
  ids[0] = (await xa.locator('[data-rows] tbody .v-lead a').first().getAttribute('href')).match(/[0-9a-f-]{36}/)[0];
  await xa.goto(`/review/requests/new?household=${ids[0]}`);
  await xa.check('#kind-enter');
  await act(xa, '/review/requests/new', { received: '02/11/2023', filed_by: 'Chủ hộ', reason: 'Mất mùa' });
  await act(xa, '/take-in', { day: '15/11/2023' });
  await xa.goto(`${BOARD}&route=m11`);
  const month = await xa.getByRole('link', { name: 'Thôn 2', exact: true }).getAttribute('href');
  await xa.goto(month);
  await act(xa, '/close-list', { day: '15/11/2023' });
  await xa.goto(month.replace('/review/2023/round/', '/survey/2023/'));
  await xa.waitForSelector('[data-household]');
  await toLast(xa, ids[0]);
  await xa.setInputFiles('#photo', photo);
  await xa.getByText('1 ảnh kèm theo').waitFor();
  await xa.locator('#confirmed-0').check();
  await keep(xa);
  await allSent(xa);
  await arrives('m11');
});

test('what is no picture is said at its household and keeps nobody back; a session that ended is said', { timeout: 300_000 }, async (t) => {
  const { head, xa, ids, phone } = await atThePhone(t, 3);
  await head.context().setOffline(true);
  await toLast(head, ids[0]);
  await head.evaluate(() => { current.photos.push({ blob: new Blob(['no picture']) }); });
  await head.locator('#confirmed-0').check();
  await keep(head);
  await keepWithNote(head, ids[1], 'sau ảnh hỏng');
  await head.context().setOffline(false);
  await head.getByRole('button', { name: 'Gửi ngay' }).click();
  await allSent(head);
  await head.getByText('1 ảnh không được nhận').waitFor();
  assert.deepEqual(await axe(head), []);
  assert.match((await versions(xa, ids[0]))[0], /bản đang tính/);
  assert.match((await versions(xa, ids[1]))[0], /sau ảnh hỏng/);

  // A picture is waiting when the session has ended.
  const photo = await picture(head, 400, 300);
  await toLast(head, ids[2]);
  await head.setInputFiles('#photo', photo);
  await head.getByText('1 ảnh kèm theo').waitFor();
  await head.locator('#confirmed-0').check();
  await head.context().clearCookies();
  await keep(head);
  await head.getByText('Hết phiên đăng nhập').waitFor();
  assert.match(await head.locator('#queue').innerText(), /còn 1 phiếu/);
  assert.deepEqual(await axe(head), []);
  await head.getByRole('link', { name: 'Đăng nhập' }).click();
  await head.fill('#login', 'thon1');
  await head.fill('#password', 'mot-mat-khau-dai');
  await head.locator('main form button[type=submit]').click();
  await head.waitForURL(`**${phone}`);
  await allSent(head);
  await versions(xa, ids[2]);
  assert.equal(await xa.locator('main a[href^="/files/"]').count(), 1);
});

test('a phone that goes off half-way goes on where it was, with everything that waited', { timeout: 300_000 }, async (t) => {
  const { head, xa, phone, ids } = await atThePhone(t, 3);
  await head.evaluate(() => navigator.serviceWorker.ready.then(() => new Promise((done) => setTimeout(done, 800))));
  await head.context().setOffline(true);
  for (const id of ids.slice(0, 2)) await surveyOnPhone(head, id);
  await head.locator(`[data-household="${ids[2]}"]`).click();
  await head.locator('main fieldset input').first().check();
  const chosen = await head.locator('main fieldset input').first().getAttribute('name');
  await head.locator('#next').click();
  const where = await head.locator('main .quiet').first().innerText();
  await head.reload();
  assert.equal(await head.locator('main .quiet').first().innerText(), where, 'the same screen');
  assert.match(await said(head), /Tiếp phiếu làm dở lúc \d\d:\d\d/);
  assert.deepEqual(await axe(head), []);

  // A fresh start of the page: the list says so, two wait.
  await head.goto(phone);
  await head.waitForSelector('[data-household]');
  assert.match(await head.locator('#queue').innerText(), /còn 2 phiếu/);
  assert.match(await head.locator(`[data-household="${ids[2]}"]`).innerText(), /làm dở lúc \d\d:\d\d/);
  await head.locator(`[data-household="${ids[2]}"]`).click();
  await head.getByRole('button', { name: 'Trước' }).click();
  assert.ok(await head.locator(`input[name="${chosen}"]`).first().isChecked(), 'the answer of before');
  while (await head.locator('#next').count()) await head.locator('#next').click();

  // Nobody has confirmed: it is not kept as a survey, and says so.
  await head.locator('#save').click();
  assert.match(await said(head), /Chưa lưu: chọn người xác nhận/);
  await head.locator('input[name=confirmed][value=other]').check();
  await head.fill('#confirmed-name', 'Lê Thị Con Dâu');
  await head.fill('#view', 'Xin xét nhà ở');
  assert.deepEqual(await axe(head), []);
  assert.ok(await fitsItsWidth(head));
  await keep(head);
  await head.context().setOffline(false);
  await head.reload();
  await allSent(head);
  for (const id of ids) assert.equal((await versions(xa, id)).length, 1);
  assert.match((await versions(xa, ids[2]))[0], /Xin xét nhà ở.*Hộ xác nhận: Lê Thị Con Dâu/s);
});

test('last year’s answers are carried over and can be changed', { timeout: 300_000 }, async (t) => {
  const { head, xa, ids, phone } = await atThePhone(t, 1);
  assert.doesNotMatch(await said(head), /mang sang/);
  await xa.goto(`/review/2022/households/${ids[0]}`);
  const answered = { 'household.internet': 'Không', 'household.loudspeaker': 'Có' };
  for (const [name, words] of Object.entries(answered)) {
    const choice = xa.locator(`[name="${name}"]`);
    if ((await choice.first().evaluate((f) => f.tagName)) === 'SELECT') await choice.selectOption({ label: words });
    else await xa.locator(`fieldset:has([name="${name}"])`).getByLabel(words, { exact: true }).check();
  }
  await Promise.all([xa.waitForNavigation(), xa.locator('main form button[type=submit]').first().click()]);

  await head.goto(phone);
  await head.locator(`[data-household="${ids[0]}"]`).click();
  assert.match(await said(head), /Câu trả lời năm trước được mang sang/);
  const chosen = {};
  for (; await head.locator('#next').count(); await head.locator('#next').click()) {
    for (const input of await head.locator('main input:checked').all()) chosen[await input.getAttribute('name')] = await input.inputValue();
  }
  assert.deepEqual(chosen, { 'q-facts.internet': 'no', 'q-facts.loudspeaker': 'yes' });

  // One has changed; the household is surveyed, and last year's page stays as it was.
  await head.goto(phone);
  await head.locator(`[data-household="${ids[0]}"]`).click();
  while (!(await head.locator('input[name="q-facts.internet"]').count())) await head.locator('#next').click();
  await head.locator('input[name="q-facts.internet"][value=yes]').check();
  while (await head.locator('#next').count()) await head.locator('#next').click();
  await head.locator('#confirmed-0').check();
  await keep(head);
  await allSent(head);
  await xa.goto(`/survey/2023/households/${ids[0]}/both?route=yearly`);
  assert.match(await xa.locator('main tr', { hasText: 'Internet' }).innerText(), /Có/);
});

test('the printed sheet and the entry of its numbers ask the same in the same order with the same codes', { timeout: 300_000 }, async (t) => {
  const { xa, ids, village } = await atThePhone(t, 1);
  const survey = village.replace('/review/2023/round/', '/survey/2023/');
  const tidy = (text) => text.replace(/\s+/g, ' ').trim();

  // The sheet as it is printed: number → code → words.
  await xa.goto(survey.replace('?', '/blank?'));
  const links = await xa.locator('main a[href*="survey_sheet."]').evaluateAll((found) => found.map((a) => a.getAttribute('href')));
  assert.deepEqual(links.map((href) => href.match(/\.(\w+)\?/)[1]), ['pdf', 'docx', 'html']);
  const pdf = await xa.request.get(new URL(links[0], xa.url()).href);
  assert.ok((await pdf.body()).toString('latin1').startsWith('%PDF'));
  const blank = new Map(await xa.locator('.v-blank tbody tr').evaluateAll((rows) =>
    rows.map((row) => [row.cells[0].innerText.trim(), row.cells[1].innerText.trim()])));
  await xa.goto(links[2]);
  const sheet = tidy(await xa.locator('body').innerText());
  assert.match(sheet, /Trần Thị An/);

  await xa.goto(survey.replace('?', '/paper?'));
  const fields = await xa.locator('form[data-codes] .v-code').evaluateAll((found) =>
    found.map((one) => ({ label: one.querySelector('label').innerText.trim(), codes: one.querySelector('small').innerText.trim(), name: one.querySelector('input').name })));
  assert.ok(fields.length > 12);
  assert.deepEqual(new Map(fields.map(({ label, codes }) => [label, codes])), blank, 'the blank page and the entry');
  let from = 0;
  for (const { label, codes } of fields) {
    const [number, words] = [label.match(/^\d+/)[0], tidy(label.replace(/^\d+\. /, ''))];
    for (const answer of codes.split(' · ').filter((code) => /^\d/.test(code))) {
      const [code, meaning] = [answer.match(/^\d+/)[0], tidy(answer.replace(/^\d+ /, ''))];
      const printed = sheet.includes(`${code} ${meaning}`) || sheet.includes(`${code} = ${meaning}`);
      assert.ok(printed, `${number} ${words}: ${code} ${meaning}`);
    }
    assert.ok(Number(number) >= from, 'in the order printed');
    from = Number(number);
  }

  // What is typed is the answer that stands beside the number.
  const wanted = {};
  for (const { name, codes } of fields.filter(({ name }) => name.startsWith('household.') && !name.endsWith('area_m2'))) {
    const last = codes.split(' · ').filter((code) => /^[1-9]/.test(code)).at(-1);
    await xa.fill(`[name="${name}"]`, last.match(/^\d+/)[0]);
    wanted[name] = tidy(last.replace(/^\d+ /, ''));
  }
  if (await xa.locator('[name=b1]').count()) await xa.fill('[name=b1]', '110');
  await Promise.all([xa.waitForNavigation(), xa.locator('form[data-codes] button[type=submit]').click()]);
  await xa.goto(`/survey/2023/households/${ids[0]}/both?route=yearly`);
  const both = tidy(await said(xa));
  for (const [name, words] of Object.entries(wanted)) assert.ok(both.includes(words), `${name}: ${words}`);
});
