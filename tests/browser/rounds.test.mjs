// A commune's review through village head, commune officer, chairman, district and province: a failed meeting, a complaint
// that changes a class, a refused request, a line given back; a village surveyed without a net and sent once.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';

import { act, addUser, bringList, bytesOf, COMMUNE, startSample, tryRole } from './people.mjs';
import { addHead, as, BOARD, DISTRICT, people, printed, said, surveyOnPhone, toSurvey, villageLink } from './review.mjs';
import { axe, DESKTOP, fitsItsWidth, OUT, PHONE, world } from './vuon.mjs';

/** One household's survey on the plain form: B1 and B2 as scored on paper. */
async function surveyAll(page, village, b1, b2) {
  await page.goto(village);
  const ids = await page.locator('main table tbody a[href^="/registry/households/"]').evaluateAll((links) =>
    links.map((a) => a.getAttribute('href').match(/[0-9a-f-]{36}/)[0]));
  for (const id of [...new Set(ids)]) await surveyOne(page, id, b1, b2);
  return ids.length;
}

/** A household of one person; its id. */
async function foundHousehold(page, village, name) {
  await page.goto(`/registry/households/new?unit=${COMMUNE}&year=2023`);
  await page.selectOption('#village', { label: village });
  await page.fill('#members-0-name', name);
  await page.selectOption('#members-0-relation', { label: 'Chủ hộ' });
  await page.selectOption('#members-0-sex', { label: 'Nữ' });
  await page.fill('#members-0-birth', '12/03/1975');
  await Promise.all([page.waitForNavigation(), page.locator('main form[method=post] button[type=submit]').first().click()]);
  return page.url().match(/[0-9a-f-]{36}/)[0];
}

async function surveyOne(page, id, b1, b2) {
  await page.goto(`/survey/2023/households/${id}/form?route=yearly`);
  if (await page.locator('#b1').count()) await page.fill('#b1', String(b1));
  await page.locator('details.v-fold').first().evaluate((d) => (d.open = true));
  await page.fill('#b2', String(b2));
  await Promise.all([page.waitForNavigation(), page.locator('main form button.govuk-button').first().click()]);
}

test('a round with a failed meeting, a complaint that changes a class, a refused request and a returned line', { timeout: 600_000 }, async (t) => {
  const { open } = await world(t);
  const admin = await people(open);
  const xa = await as(open, 'xa');
  await bringList(xa, 2, 3);
  await addHead(admin, 'Thôn 1', 'thon1');

  // Somebody of the list who will ask again when the year is decided.
  await xa.goto(`/registry/households?unit=${COMMUNE}&year=2022&q=tran`);
  const asker = (await xa.locator('[data-rows] tbody .v-lead a').first().getAttribute('href')).match(/[0-9a-f-]{36}/)[0];

  // The chairman cannot open; the officer not before September.
  await xa.goto(BOARD);
  await act(xa, '/round/open', { day: '31/08/2023' });
  assert.match(await said(xa), /01\/09\/2023.*Quyết định 24\/2021/s, 'refused with the article');
  await act(xa, '/round/open', { day: '05/09/2023' });
  assert.match(await said(xa), /Thôn 1/);

  // Nothing is recognised now: no form for it, and a post is refused.
  const chutich = await as(open, 'chutich');
  await chutich.goto(BOARD);
  assert.equal(await chutich.locator('form[action$="/round/recognise"]').count(), 0);

  const first = await villageLink(xa, 'Thôn 1');
  const second = await villageLink(xa, 'Thôn 2');

  // A household on no list asks with form 01 while the list is open: the list waits for it and takes it in.
  const asked = await foundHousehold(xa, 'Thôn 1', 'Ngô Thị Vượng');
  await xa.goto(`/review/requests/new?household=${asked}`);
  await xa.check('#kind-enter');
  await act(xa, '/review/requests/new', { received: '06/09/2023', filed_by: 'Ngô Thị Vượng', reason: 'Chồng mất, mất việc làm' });
  const form01 = xa.url();
  await xa.goto(first);
  await act(xa, '/close-list', { day: '10/09/2023' });
  assert.match(await said(xa), /Còn 1 hộ của thôn có giấy đề nghị/, 'nobody who asked is left out');
  await xa.goto(first);
  await Promise.all([xa.waitForNavigation(), xa.getByRole('button', { name: 'Thêm tất cả 1 hộ có giấy đề nghị' }).click()]);
  assert.match(await said(xa), /Ngô Thị Vượng/);
  for (const village of [first, second]) {
    await xa.goto(village);
    await act(xa, '/close-list', { day: '10/09/2023' });
    assert.match(await said(xa), /Kết thúc rà soát/);
  }

  // The village head sees Thôn 1 only and surveys it.
  const head = await as(open, 'thon1');
  await head.goto(`/registry/households?unit=${COMMUNE}&year=2022`);
  assert.equal(await head.locator('[data-rows] tbody tr').count(), 4, 'three of the list and the one that asked');
  assert.equal((await head.goto(second)).status(), 404);
  assert.equal(await surveyAll(head, first, 120, 40), 4, 'three of the list and the one that asked');
  await head.goto(first);
  await act(head, '/close-survey', { day: '01/10/2023' });

  // The meeting fails by one vote: survey and meeting again.
  await act(head, '/meeting', { day: '05/10/2023', chair: 'Trưởng thôn', secretary: 'Thư ký', representatives: 'Hai hộ trong thôn', present: 41, agree: 20 });
  assert.match(await said(head), /rà soát và họp lại/);
  await act(head, '/close-survey', { day: '06/10/2023' });
  assert.match(await said(head), /Còn 4 hộ chưa rà soát/, 'the old surveys do not count');
  await surveyAll(head, first, 120, 40);
  await surveyOne(head, asked, 200, 10);
  await head.goto(first);
  await act(head, '/close-survey', { day: '08/10/2023' });
  await act(head, '/meeting', { day: '10/10/2023', chair: 'Trưởng thôn', secretary: 'Thư ký', representatives: 'Hai hộ trong thôn', present: 41, agree: 21 });
  await head.setInputFiles('#file', { name: 'bien-ban.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 scan') });
  await Promise.all([head.waitForNavigation(), head.locator('form[action$="/minutes"] button').click()]);
  assert.equal(await head.locator('a[href^="/files/"]').count(), 1);

  await surveyAll(xa, second, 120, 40);
  await xa.goto(second);
  await act(xa, '/close-survey', { day: '08/10/2023' });
  await act(xa, '/meeting', { day: '10/10/2023', chair: 'Trưởng thôn 2', secretary: 'Thư ký', representatives: 'Hai hộ trong thôn', present: 30, agree: 30 });

  // Posting: three working days over a week-end; a complaint changes a class.
  for (const village of [first, second]) {
    await xa.goto(village);
    await act(xa, '/post', { day: '11/10/2023' });
    assert.match(await said(xa), /11\/10\/2023 đến hết 16\/10\/2023/);
  }
  assert.equal(await printed(xa), 2, 'minutes and posted list');
  await xa.goto(first);
  await act(xa, '/object', { day: '12/10/2023', household: 'Trần Thị Bình', by: 'Ông Ba', text: 'Nhà có xe tải' });
  await act(xa, '/end', { day: '17/10/2023' });
  assert.match(await said(xa), /Còn 1 ý kiến chưa trả lời/);
  await xa.goto(first);
  const resurvey = await xa.locator('a', { hasText: 'Rà soát lại hộ này' }).getAttribute('href');
  await surveyOne(xa, resurvey.match(/[0-9a-f-]{36}/)[0], 200, 0);
  await xa.goto(first);
  await act(xa, '/answer', { day: '13/10/2023', text: 'Đã phúc tra: có xe tải' });
  for (const village of [first, second]) {
    await xa.goto(village);
    await act(xa, '/end', { day: '17/10/2023' });
  }

  // Up, one line back, answered, up again, agreed.
  await xa.goto(BOARD);
  await act(xa, '/round/ask', { day: '18/10/2023' });
  const huyen = await as(open, 'huyen');
  await huyen.goto('/');
  assert.match(await said(huyen), /1 xã chờ ý kiến/);
  await huyen.goto(BOARD);
  const back = huyen.locator('form[action$="/round/give-back"]');
  await back.locator('[name=day]').fill('19/10/2023');
  const line = async (n, household, remark) => {
    const option = await back.locator(`[name="line.${n}.household"] option`, { hasText: household }).getAttribute('value');
    await back.locator(`[name="line.${n}.household"]`).selectOption(option);
    await back.locator(`[name="line.${n}.remark"]`).fill(remark);
  };
  await line(1, 'Trần Thị An 2', 'Xem lại điểm B2');
  await Promise.all([huyen.waitForNavigation(), back.getByRole('button', { name: 'Thêm một hộ' }).click()]);
  assert.equal(await back.locator('[name="line.1.remark"]').inputValue(), 'Xem lại điểm B2', 'what was typed stays');
  await back.locator('[name="line.2.remark"]').fill('Không nêu hộ nào');
  await Promise.all([huyen.waitForNavigation(), back.getByRole('button', { name: 'Trả lại hộ' }).click()]);
  assert.match(await said(huyen), /Hộ: chưa nhập/, 'a remark without its household is pointed at');
  await line(2, 'Trần Thị An 1', 'Thiếu ảnh nhà ở');
  await Promise.all([huyen.waitForNavigation(), back.getByRole('button', { name: 'Trả lại hộ' }).click()]);
  await xa.goto(BOARD);
  assert.match(await said(xa), /Xem lại điểm B2/);
  assert.match(await said(xa), /Thiếu ảnh nhà ở/);
  for (const village of [first, second]) {
    await xa.goto(village);
    await act(xa, '/answer', { day: '20/10/2023', text: 'Điểm đúng' });
    await act(xa, '/end', { day: '20/10/2023' });
  }
  await xa.goto(BOARD);
  await act(xa, '/round/ask', { day: '20/10/2023' });
  await huyen.goto(BOARD);
  await act(huyen, '/round/agree', { day: '23/10/2023', text: 'Nhất trí' });

  // The chairman signs; certificates bear 2024; one household has escaped.
  await chutich.goto(BOARD);
  await act(chutich, '/round/recognise', { number: '88/QĐ-UBND', signer: 'Phạm Văn Chủ', day: '25/10/2023' });
  await chutich.getByRole('link', { name: 'Quyết định công nhận' }).click();
  await chutich.waitForURL('**/decision**');
  const decision = await said(chutich);
  assert.match(decision, /năm 2024/);
  assert.match(decision, /giấy chứng nhận: 5/);
  assert.match(decision, /quyết định thoát: 1/);

  // A correction stands beside the decision.
  await chutich.locator('details.v-fold > summary').click();
  await act(chutich, '/amend?unit=' + COMMUNE, { household: 'Trần Thị An 1', kind: 'sửa', class: 'Hộ cận nghèo', number: '95/QĐ-UBND', signer: 'Phạm Văn Chủ', day: '20/11/2023', reason: 'Tính nhầm điểm' });
  assert.match(await said(chutich), /95\/QĐ-UBND/);
  assert.equal(await printed(chutich), 9, 'two decisions, five certificates, the letter to who asked, the correction');
  await chutich.goto(form01);
  assert.match(await said(chutich), /B1 = 200, B2 = 10/, 'the request has its answer and its scores');

  // The forms with their report go up as papers; the district prints every certificate in one run and comes back for them.
  await xa.goto(`/review/2023/forms?unit=${COMMUNE}`);
  assert.equal(await printed(xa), 12, 'the report and eleven forms');
  await huyen.goto(`/review/2023/round?unit=${DISTRICT}`);
  await huyen.getByRole('link', { name: 'Giấy chứng nhận' }).click();
  assert.match(await said(huyen), /Giấy chứng nhận: 5/);
  await Promise.all([huyen.waitForNavigation(), huyen.getByRole('button', { name: 'In tất cả' }).click()]);
  await huyen.goto('/');
  const certificates = `/review/2023/certificates?unit=${DISTRICT}`;
  for (let tries = 0; tries < 60; tries += 1) {
    await huyen.goto(certificates);
    if ((await huyen.locator('#progress').count()) === 0) break;
    await huyen.waitForTimeout(500);
  }
  assert.match(await said(huyen), /Xã Quang Diệm/);
  assert.equal(await printed(huyen), 1, 'one file of five certificates');

  // A later request, by the monthly route: refused in writing.
  await xa.goto(`/review/requests/new?household=${asker}`);
  await xa.check('#kind-enter');
  await act(xa, '/review/requests/new', { received: '01/11/2023', filed_by: 'Chủ hộ', reason: 'Mất mùa' });
  const request = xa.url();
  await chutich.goto(request);
  await act(chutich, '/refuse', { day: '16/11/2023', number: '101/UBND', signer: 'Phạm Văn Chủ' });
  assert.match(await said(chutich), /phải nêu lý do/);
  await act(chutich, '/refuse', { day: '16/11/2023', number: '101/UBND', signer: 'Phạm Văn Chủ', reasons: 'Hộ đã có trong danh sách' });
  assert.match(await said(chutich), /Hộ đã có trong danh sách/);
  assert.equal(await printed(chutich), 2, 'the request on form 01, and the letter');
  await xa.goto(`/review/2023/requests?unit=${COMMUNE}`);
  assert.equal(await printed(xa), 2, 'forms 01 and 04, blank');

  // The household that left the list lost its harvest: reviewed in the month, without an opinion from above.
  await xa.goto(`/review/requests/new?household=${resurvey.match(/[0-9a-f-]{36}/)[0]}`);
  await xa.check('#kind-enter');
  await act(xa, '/review/requests/new', { received: '02/11/2023', filed_by: 'Chủ hộ', reason: 'Mất mùa' });
  assert.match(await said(xa), /15\/11\/2023/, 'its review opens on the 15th');
  await act(xa, '/take-in', { day: '15/11/2023' });
  const month = first.replace('route=yearly', 'route=m11');
  assert.notEqual(month, first);
  await xa.goto(month);
  await act(xa, '/close-list', { day: '15/11/2023' });
  await xa.goto(`/survey/2023/households/${resurvey.match(/[0-9a-f-]{36}/)[0]}/form?route=m11`);
  if (await xa.locator('#b1').count()) await xa.fill('#b1', '100');
  await xa.locator('details.v-fold').first().evaluate((d) => (d.open = true));
  await xa.fill('#b2', '40');
  await Promise.all([xa.waitForNavigation(), xa.locator('main form button.govuk-button').first().click()]);
  await xa.goto(month);
  await act(xa, '/close-survey', { day: '16/11/2023' });
  await act(xa, '/meeting', { day: '16/11/2023', chair: 'Trưởng thôn', secretary: 'Thư ký', representatives: 'Hai hộ trong thôn', present: 30, agree: 30 });
  await act(xa, '/post', { day: '16/11/2023' });
  await act(xa, '/end', { day: '22/11/2023' });
  await chutich.goto(`${BOARD}&route=m11`);
  await act(chutich, '/round/recognise', { number: '120/QĐ-UBND', signer: 'Phạm Văn Chủ', day: '23/11/2023' });
  await chutich.goto(`/review/2023/round/decision?unit=${COMMUNE}&route=m11`);
  assert.match(await said(chutich), /giấy chứng nhận: 1/);

  // The province compiles, somebody else of it approves; published, both kinds stand side by side with their own forms.
  const tinh = await as(open, 'tinh');
  await addUser(admin, { name: 'Đặng Thị Duyệt', login: 'duyet', role: 'province_officer', unit: 'province:42' });
  const duyet = await as(open, 'duyet');
  await tinh.goto('/review/2023/round?unit=province:42');
  assert.match(await said(tinh), /Đã công nhận: 1/);
  for (const kind of ['preliminary', 'official']) {
    await tinh.goto('/review/2023/results?unit=province:42');
    await Promise.all([tinh.waitForNavigation(), tinh.locator(`form:has(input[value=${kind}]) button`).click()]);
    assert.match(await said(tinh), /Người đã tổng hợp không tự duyệt/);
    assert.equal(await tinh.locator('form[action$="/results/approve"]').count(), 0);
    await duyet.goto('/review/2023/results?unit=province:42');
    await act(duyet, '/results/approve', { number: `12/BC-${kind}` });
    await tinh.goto('/review/2023/results?unit=province:42');
    await Promise.all([tinh.waitForNavigation(), tinh.locator('form[action$="/results/publish"] button').click()]);
  }
  const results = await said(tinh);
  assert.match(results, /Kết quả sơ bộ/);
  assert.match(results, /Kết quả chính thức/);
  await tinh.getByRole('link', { name: 'bảng theo đơn vị' }).last().click();
  await tinh.waitForSelector('main table');
  assert.match(await said(tinh), /Kết quả sơ bộ/);
  assert.equal(await printed(tinh), 13, 'the table, the report and the eleven forms of this version');
  await Promise.all([xa, head, chutich, huyen, tinh, duyet, admin].map((page) => page.context().close()));
});

test('a village is surveyed without a net, sent once when it is back, and the server finds the same scores', { timeout: 600_000 }, async (t) => {
  const { open, server } = await world(t, { sample: true });
  const page = await open('/', { viewport: PHONE });
  await startSample(page);
  await tryRole(page, 'Cán bộ xã');
  const { links } = await toSurvey(page);
  for (const link of links) {
    await page.goto(link);
    if (await page.locator('form[action$="/close-list"]').count()) await act(page, '/close-list', { day: '10/09/2023' });
  }
  await tryRole(page, 'Trưởng thôn');
  await page.goto('/');
  const village = await page.locator('main a[href^="/review/2023/round/"]').first().getAttribute('href');
  const id = village.match(/[0-9a-f-]{36}/)[0];
  const phone = `/survey/2023/${id}?route=yearly`;

  // The whole page in one answer, under 60 KB.
  const cookie = (await page.context().cookies()).map((c) => `${c.name}=${c.value}`).join('; ');
  const bytes = await bytesOf(server.url + phone, cookie);
  assert.ok(bytes < 60 * 1024, `the phone's page weighs ${bytes} bytes`);

  await page.goto(phone);
  await page.waitForSelector('[data-household]');
  assert.deepEqual(await axe(page), []);
  assert.ok(await fitsItsWidth(page));
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => new Promise((done) => setTimeout(done, 800))));
  const ids = await page.locator('[data-household]').evaluateAll((rows) => rows.map((row) => row.dataset.household));
  assert.ok(ids.length > 2, `${ids.length} households`);

  // Airplane mode: the page opens again, every household is surveyed and kept.
  await page.context().setOffline(true);
  await page.goto(phone);
  await page.waitForSelector('[data-household]');
  const shown = {};
  for (const household of ids) {
    const result = await surveyOnPhone(page, household);
    shown[household] = result.shown;
  }
  assert.match(await page.locator('#queue').innerText(), new RegExp(`còn ${ids.length} phiếu`));
  assert.match(await page.locator(`[data-household="${ids[0]}"]`).innerText(), /lưu trên máy lúc \d\d:\d\d/);

  // The first answer of the server is lost on the way: the phone sends again, and still nothing is there twice.
  await page.context().setOffline(false);
  let lost = false;
  await page.route('**/survey/send', async (route) => {
    if (lost) return route.continue();
    lost = true;
    await route.fetch();
    return route.abort();
  });
  await page.getByRole('button', { name: 'Gửi ngay' }).click();
  await page.waitForTimeout(500);
  assert.match(await page.locator('#queue').innerText(), /còn/, 'the answer was lost, so everything is still kept');
  await page.getByRole('button', { name: 'Gửi ngay' }).click();
  await page.waitForFunction(() => document.getElementById('queue').textContent === 'đã gửi hết', null, { timeout: 30_000 });
  assert.ok(lost);
  assert.equal(await page.locator('.state.bad').count(), 0, await page.locator('main').innerText());

  // What the phone showed is what the server computed.
  await page.goto(village);
  const rows = await page.locator('main table').last().locator('tbody tr').evaluateAll((found) =>
    found.map((row) => ({
      id: row.querySelector('a').getAttribute('href').match(/[0-9a-f-]{36}/)[0],
      cells: [...row.cells].map((cell) => cell.innerText.trim()),
    })));
  assert.equal(rows.filter((row) => row.cells[3].includes('đã rà soát')).length, ids.length, 'every household once');
  for (const row of rows) {
    assert.deepEqual([row.cells[4], row.cells[5]], [shown[row.id].b1, shown[row.id].b2], `${row.cells[0]}: preview and server agree`);
  }
});

test('two officers save one household: the second sees both versions side by side, and a choice loses neither', { timeout: 300_000 }, async (t) => {
  const { open } = await world(t);
  const admin = await people(open);
  const xa = await as(open, 'xa');
  await bringList(xa, 1, 2);
  await addHead(admin, 'Thôn 1', 'thon1');
  await xa.goto(BOARD);
  await act(xa, '/round/open', { day: '05/09/2023' });
  const village = await villageLink(xa, 'Thôn 1');
  await xa.goto(village);
  await act(xa, '/close-list', { day: '10/09/2023' });
  const head = await as(open, 'thon1');
  await head.goto(village);
  const id = (await head.locator('main table tbody a[href^="/registry/households/"]').first().getAttribute('href')).match(/[0-9a-f-]{36}/)[0];

  // Both have the form open before either saves.
  const save = (page) => Promise.all([page.waitForNavigation(), page.locator('main form button.govuk-button').first().click()]);
  for (const [page, b1] of [[head, '120'], [xa, '150']]) {
    await page.goto(`/survey/2023/households/${id}/form?route=yearly`);
    if (await page.locator('#b1').count()) await page.fill('#b1', b1);
    await page.locator('details.v-fold').first().evaluate((d) => (d.open = true));
    await page.fill('#b2', '40');
  }
  await save(head);
  await save(xa);
  assert.match(xa.url(), /\/both/, 'the second is led to both versions');
  const both = await said(xa);
  for (const words of ['Trưởng Thôn 1', 'Trần Thị Xã']) assert.ok(both.includes(words), `${words} in ${both}`);
  await xa.goto(village);
  await act(xa, '/close-survey', { day: '01/10/2023' });
  assert.match(await said(xa), /Còn \d hộ chưa rà soát/, 'undecided is not surveyed');
  await xa.goto(`/survey/2023/households/${id}/both?route=yearly`);
  await Promise.all([xa.waitForNavigation(), xa.locator('main form button').last().click()]);
  await xa.goto(`/survey/2023/households/${id}/both?route=yearly`);
  const chosen = await said(xa);
  for (const words of ['Trưởng Thôn 1', 'Trần Thị Xã']) assert.ok(chosen.includes(words), `${words} is kept: ${chosen}`);
  await admin.context().close();
});

test('axe finds nothing on any screen of a review, wide and narrow, for each who takes part', { timeout: 900_000 }, async (t) => {
  const { open } = await world(t, { sample: true });
  const page = await open();
  await startSample(page);
  await tryRole(page, 'Cán bộ xã');
  const { links, unit } = await toSurvey(page);
  const found = [];
  const look = async (path) => {
    const answer = await page.goto(path);
    assert.equal(answer.status(), 200, `${path} answers ${answer.status()}`);
    for (const viewport of [DESKTOP, PHONE]) {
      await page.setViewportSize(viewport);
      for (const fault of await axe(page)) found.push(`${path} at ${viewport.width}: ${fault}`);
      if (!(await fitsItsWidth(page))) found.push(`${path} at ${viewport.width}: hangs over the edge`);
    }
  };
  const survey = links[0].replace('/review/2023/round/', '/survey/2023/');
  await look('/review/2023/round');
  await look(links[0]);
  await act(page, '/close-list', { day: '10/09/2023' });
  for (const path of [links[0], survey, survey.replace('?', '/paper?'), survey.replace('?', '/blank?'), '/review/2023/requests']) await look(path);
  await page.goto(links[0]);
  const id = (await page.locator('main table tbody a[href^="/registry/households/"]').first().getAttribute('href')).match(/[0-9a-f-]{36}/)[0];
  await surveyOneSample(page, id);
  for (const path of [`/survey/2023/households/${id}/form?route=yearly`, `/survey/2023/households/${id}/both?route=yearly`, `/review/requests/new?household=${id}`]) await look(path);
  await tryRole(page, 'Trưởng thôn');
  for (const path of ['/', '/registry/households']) await look(path);
  await tryRole(page, 'Chủ tịch xã');
  for (const path of ['/', '/review/2023/round', links[0]]) await look(path);
  await tryRole(page, 'Cán bộ huyện');
  for (const path of ['/', '/review/2023/round', '/review/2023/certificates']) await look(path);
  await tryRole(page, 'Cán bộ tỉnh');
  for (const path of ['/', '/review/2023/round', '/review/2023/results', '/review/2023/reports', '/published/results', '/norms/review.process', '/norms/review.calendar']) await look(path);
  for (const path of ['/self-check', '/self-check?persons=4', '/household']) await look(path);
  await page.goto('/language/en?then=/');
  await tryRole(page, 'Commune officer').catch(() => {});
  for (const path of [`/review/2023/round?unit=${unit ?? ''}`, '/self-check', '/household']) await look(path);
  await page.setViewportSize(DESKTOP);
  await page.goto('/review/2023/round');
  await page.screenshot({ path: join(OUT, 'round.png') }).catch(() => {});
  assert.deepEqual(found, []);
});

async function surveyOneSample(page, id) {
  await page.goto(`/survey/2023/households/${id}/form?route=yearly`);
  await Promise.all([page.waitForNavigation(), page.locator('main form button.govuk-button').first().click()]);
}

test('anybody may assess a household; a household asks after itself with its code and the head’s birth date', { timeout: 300_000 }, async (t) => {
  const { open } = await world(t);
  const admin = await people(open);
  const xa = await as(open, 'xa');
  await bringList(xa, 1, 2);
  await xa.goto(BOARD);
  await act(xa, '/round/open', { day: '05/09/2023' });
  const village = await villageLink(xa, 'Thôn 1');
  await xa.goto(village);
  await act(xa, '/close-list', { day: '10/09/2023' });
  await xa.goto(village.replace('/review/2023/round/', '/survey/2023/').replace('?', '/blank?'));
  const code = (await xa.locator('main').innerText()).match(/Mã hộ: ([0-9A-F]{12}-[0-9A-F]{12})/)[1];

  const anybody = await open('/household');
  await anybody.fill('#code', code);
  await anybody.fill('#birth', '02/03/1990');
  await anybody.locator('main form button').click();
  assert.match(await said(anybody), /không khớp/);
  await anybody.fill('#code', code);
  await anybody.fill('#birth', '01/03/1960');
  await anybody.locator('main form button').click();
  assert.match(await said(anybody), /Trần Thị An/);
  await anybody.fill('#reason', 'Xin được xác định mức sống trung bình');
  await anybody.selectOption('#kind', 'average_living');
  await anybody.locator('form[action="/household/request"] button').click();
  assert.match(await said(anybody), /Đã nhận giấy đề nghị/);

  await anybody.goto('/self-check?persons=1');
  assert.match(await said(anybody), /Chỉ Uỷ ban nhân dân cấp xã quyết định/);
  await anybody.locator('main form button').last().click();
  assert.match(await said(anybody), /Chưa đủ câu trả lời/);
  await admin.context().close();
});

test('a household without a code asks on line, an officer finds it, and it learns its code', { timeout: 300_000 }, async (t) => {
  const { open } = await world(t);
  await people(open);
  const xa = await as(open, 'xa');
  await bringList(xa, 1, 2);
  const anybody = await open('/household', { viewport: PHONE });
  const ask = async (head, birth) => {
    await anybody.goto('/household');
    await anybody.getByRole('link', { name: 'Chưa có mã hộ' }).click();
    await anybody.selectOption('#commune', '18184');
    await Promise.all([anybody.waitForNavigation(), anybody.getByRole('button', { name: 'Chọn thôn' }).click()]);
    assert.deepEqual(await axe(anybody), []);
    assert.ok(await fitsItsWidth(anybody));
    await anybody.selectOption('#village', { label: 'Thôn 1' });
    await anybody.fill('#head', head);
    await Promise.all([anybody.waitForNavigation(), anybody.getByRole('button', { name: 'Gửi' }).click()]);
    assert.match(await said(anybody), /Lý do: chưa nhập/, 'what is missing is said');
    await anybody.fill('#birth', birth);
    await anybody.fill('#reason', 'Mất mùa');
    await Promise.all([anybody.waitForNavigation(), anybody.getByRole('button', { name: 'Gửi' }).click()]);
    assert.deepEqual(await axe(anybody), []);
    return anybody.locator('#number').innerText();
  };
  const state = async (number, birth) => {
    await anybody.goto('/household');
    await anybody.fill('#code', number);
    await anybody.fill('#birth', birth);
    await Promise.all([anybody.waitForNavigation(), anybody.locator('main form button').click()]);
    return anybody.locator('body').innerText();
  };
  const first = await ask('Tran Thi An 1A', '01/03/1960');
  assert.match(await state(first, '01/03/1960'), /xã chưa tìm thấy hộ trong sổ/);
  const second = await ask('Người Lạ', '02/02/1999');

  await xa.goto('/');
  await xa.getByRole('link', { name: '2 giấy đề nghị chưa tìm thấy hộ' }).click();
  await xa.waitForURL('**/requests/unplaced**');
  assert.deepEqual(await axe(xa), []);
  assert.match(await said(xa), /Không có hộ nào trùng tên/);
  await xa.getByLabel('Trần Thị An 1A').check();
  await Promise.all([xa.waitForNavigation(), xa.getByRole('button', { name: 'Nhận vào hộ này' }).click()]);
  assert.match(await said(xa), /Trần Thị An 1A/);
  await xa.goto(`/review/2023/requests/unplaced?unit=${COMMUNE}`);
  await xa.getByLabel('Trả lời người gửi').fill('Mang căn cước đến bộ phận một cửa');
  await Promise.all([xa.waitForNavigation(), xa.getByRole('button', { name: 'Không tìm thấy hộ' }).click()]);
  assert.match(await said(xa), /Không có giấy đề nghị nào chờ/);

  assert.match(await state(second, '02/02/1999'), /Mang căn cước đến bộ phận một cửa/);
  const code = (await state(first, '01/03/1960')).match(/Mã hộ là ([0-9A-F]{12}-[0-9A-F]{12})/)[1];
  assert.match(await state(code, '01/03/1960'), /Trần Thị An 1A/);
});

/** Answers every question of the self-assessment: the last choice of each, or the first. */
async function answerAll(page, { birth, area, last }) {
  await page.goto('/self-check?persons=1');
  await page.fill('[name="birth.0"]', birth);
  await page.evaluate(([m2, end]) => {
    const form = document.querySelector('main form');
    for (const field of form.querySelectorAll('select')) if (field.name !== 'persons') field.selectedIndex = end ? field.options.length - 1 : 1;
    const names = new Set([...form.querySelectorAll('input[type=radio], input[type=checkbox]')].map((input) => input.name));
    names.delete('area');
    for (const name of names) {
      const choices = [...form.querySelectorAll(`input[name="${name}"]`)].filter((input) => input.value !== '');
      choices[end ? choices.length - 1 : 0].click();
    }
    form.querySelector('[name="household.area_m2"]').value = m2;
  }, [area, last]);
  await Promise.all([page.waitForNavigation(), page.locator('main form button').last().click()]);
  return said(page);
}

test('a self-assessment with every answer says poor or not poor, and by which rule', { timeout: 300_000 }, async (t) => {
  const { open } = await world(t, { sample: true });
  await startSample(await open());
  const anybody = await open('/self-check');
  const poor = await answerAll(anybody, { birth: '1985', area: '6,5', last: true });
  assert.match(poor, /Hộ nghèo\s+Nông thôn, điểm B1 từ 140 trở xuống và điểm B2 từ 30 trở lên là hộ nghèo/);
  assert.match(poor, /B1: 0 · B2: 70 · Thông tư 07\/2021\/TT-BLĐTBXH/);
  assert.match(poor, /Chỉ Uỷ ban nhân dân cấp xã quyết định/);
  assert.deepEqual(await axe(anybody), []);
  const well = await answerAll(anybody, { birth: '1985', area: '120', last: false });
  assert.match(well, /Hộ không nghèo\s+Nông thôn, điểm B1 trên 140 là hộ không nghèo/);
  assert.doesNotMatch(well, /Chưa đủ/);
});
