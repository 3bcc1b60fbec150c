// All certificates of one big commune, begun from its page as a person would: a list is brought in, surveyed, met over, posted,
// agreed and signed over HTTP; then one button. Prints how long the run took and what the server took for it.

import { readFile } from 'node:fs/promises';

import { addUser, bringList, COMMUNE, signIn, startEmpty } from '../tests/browser/people.mjs';
import { launchBrowser, Server } from '../tests/browser/vuon.mjs';

const COUNT = Number(process.argv[2] ?? 10_000);
const EACH = Math.min(100, COUNT);
const BOARD = `/review/2023/round?unit=${COMMUNE}`;

const server = await Server.start();
const browser = await launchBrowser();

async function as(login) {
  const context = await browser.newContext({ baseURL: server.url, locale: 'vi-VN' });
  const page = await context.newPage();
  page.setDefaultTimeout(300_000);
  if (login) await signIn(page, login);
  return page;
}

/** Posts an act with the version that its page shows. */
async function step(page, on, address, form) {
  const text = await (await page.request.get(on)).text();
  const version = text.match(/name="version" value="(\d+)"/)?.[1] ?? '';
  const answer = await page.request.post(address, { form: { version, unit: COMMUNE, route: 'yearly', ...form }, headers: { 'sec-fetch-site': 'same-origin' } });
  if (answer.status() !== 200) throw new Error(`${address} answers ${answer.status()}: ${(await answer.text()).match(/v-notice[^>]*>([^<]+)/)?.[1]}`);
}

async function survey(page, village) {
  const text = await (await page.request.get(`/survey/2023/${village}?route=yearly`)).text();
  const { households } = JSON.parse(text.match(/id="data">(.*?)<\/script>/s)[1]);
  const surveys = households.map((household, n) => ({
    token: `${village}-${n}`, household: household.id, year: 2023, route: 'yearly', based_on: household.token, saved_ms: Date.now(), channel: 'phone',
    input: { ...household.input, b1_entered: '110', b2_entered: '40' },
  }));
  const answer = await page.request.post('/survey/send', { data: { surveys }, headers: { 'sec-fetch-site': 'same-origin' } });
  const { receipts } = await answer.json();
  const refused = receipts.find((receipt) => receipt.refused);
  if (refused) throw new Error(JSON.stringify(refused));
}

/** Peak and present memory of the server, in MB. */
async function memory() {
  const status = await readFile(`/proc/${server.process.pid}/status`, 'utf8');
  const of = (key) => Number(status.match(new RegExp(`${key}:\\s+(\\d+)`))[1]) * 1024 / 1e6;
  return { peak: of('VmHWM'), now: of('VmRSS') };
}

const since = (began) => ((performance.now() - began) / 1000).toFixed(1);

try {
  let began = performance.now();
  const admin = await as();
  await startEmpty(admin);
  for (const [name, login, role, unit] of [['Xã', 'xa', 'commune_officer', COMMUNE], ['Chủ', 'chutich', 'commune_chairman', COMMUNE], ['Huyện', 'huyen', 'district_officer', 'district:439']]) {
    await addUser(admin, { name, login, role, unit });
  }
  const xa = await as('xa');
  await bringList(xa, Math.ceil(COUNT / EACH), EACH);
  await step(xa, BOARD, '/review/2023/round/open', { day: '05/09/2023' });
  const board = await (await xa.request.get(BOARD)).text();
  const villages = [...new Set([...board.matchAll(/\/review\/2023\/round\/([0-9a-f-]{36})/g)].map((found) => found[1]))];
  for (const village of villages) {
    const page = `/review/2023/round/${village}?route=yearly`;
    const act = (name, form) => step(xa, page, `/review/2023/round/${village}/${name}`, form);
    await act('close-list', { day: '10/09/2023' });
    await survey(xa, village);
    await act('close-survey', { day: '01/10/2023' });
    await act('meeting', { day: '05/10/2023', chair: 'Trưởng thôn', secretary: 'Thư ký', representatives: 'Hai hộ trong thôn', present: '40', agree: '40', disagree: '0' });
    await act('post', { day: '06/10/2023' });
    await act('end', { day: '12/10/2023' });
  }
  await step(xa, BOARD, '/review/2023/round/ask', { day: '13/10/2023' });
  await step(await as('huyen'), BOARD, '/review/2023/round/agree', { day: '16/10/2023' });
  const chutich = await as('chutich');
  await step(chutich, BOARD, '/review/2023/round/recognise', { number: '88/QĐ-UBND', signer: 'Phạm Văn Chủ', day: '18/10/2023' });
  console.log(`a commune of ${COUNT} households in ${villages.length} villages reviewed in ${since(began)} s; server ${(await memory()).now.toFixed(0)} MB`);

  for (const what of ['printed', 'printed again, unchanged']) {
    began = performance.now();
    await chutich.goto(`/review/2023/certificates?unit=${COMMUNE}`);
    await chutich.getByRole('button', { name: 'In tất cả' }).click();
    await chutich.waitForFunction(() => !document.getElementById('progress'), null, { timeout: 900_000 });
    const { peak, now } = await memory();
    const files = await chutich.locator('main table tbody tr').count();
    console.log(`${COUNT} certificates ${what}: ${since(began)} s, ${files} files; server peak ${peak.toFixed(0)} MB, now ${now.toFixed(0)} MB`);
  }
} finally {
  await browser.close();
  await server.stop();
}
