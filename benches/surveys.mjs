// Sends surveys at once, each of a household of its own and from a connection of its own, by the heads of ten villages; and
// every one a second time, as phones do whose answer was lost.
// Prints what was acknowledged, what is stored, and the waiting times. Start at the bottom.

import { Agent, request } from 'node:http';
import { randomBytes } from 'node:crypto';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const COUNT = Number(process.argv[2] ?? 500);

function start(data) {
  const server = spawn(process.env.VUON_BIN, ['serve', '--data', data, '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((found) => {
    createInterface({ input: server.stdout }).on('line', (line) => {
      const address = line.match(/http:\/\/127\.0\.0\.1:\d+/);
      if (address) found({ server, url: address[0] });
    });
  });
}

const agent = new Agent({ keepAlive: true, maxSockets: COUNT });
function ask(url, { method = 'GET', cookie = '', body = '', type = 'application/x-www-form-urlencoded' } = {}) {
  return new Promise((done, failed) => {
    const headers = { cookie, 'content-type': type, 'content-length': Buffer.byteLength(body), 'sec-fetch-site': 'same-origin' };
    request(url, { method, headers, agent }, (answer) => {
      let text = '';
      answer.on('data', (chunk) => (text += chunk));
      answer.on('end', () => done({ status: answer.statusCode, text, location: answer.headers.location, cookie: answer.headers['set-cookie'] }));
    }).on('error', failed).end(body);
  });
}

const VILLAGES = 10;
const PASSWORD = 'mot-mat-khau-dai';
const COMMUNE = 'commune:18184';

/** Somebody with a browser of their own: keeps the cookie, posts forms, follows nothing. */
class Person {
  constructor(url) {
    this.url = url;
    this.cookie = '';
  }

  async take(path, options = {}) {
    const answer = await fetch(this.url + path, { redirect: 'manual', ...options, headers: { cookie: this.cookie, 'sec-fetch-site': 'same-origin' } });
    const set = answer.headers.getSetCookie().find((one) => one.includes('=') && !one.startsWith('vuon_l'));
    if (set) this.cookie = set.split(';')[0];
    return { status: answer.status, location: answer.headers.get('location') ?? '', text: await answer.text() };
  }

  async post(path, fields, wanted = 303) {
    const answer = await this.take(path, { method: 'POST', body: fields instanceof FormData ? fields : new URLSearchParams(fields) });
    if (answer.status !== wanted) throw new Error(`${path} answered ${answer.status}: ${answer.text.replace(/<[^>]*>/g, ' ').slice(0, 400)}`);
    return answer;
  }

  async signIn(login) {
    await this.take('/sign-in');
    await this.post('/sign-in', { login, password: PASSWORD });
    return this;
  }
}

/** A list of last year: so many households in each village, no two alike. */
function list(each) {
  const head = ['STT', 'Họ và tên chủ hộ', 'Họ và tên thành viên', 'Quan hệ với chủ hộ', 'Ngày sinh', 'Giới tính', 'Tỉnh', 'Huyện', 'Mã huyện', 'Xã', 'Mã xã', 'Thôn', 'Dân tộc', 'Phân loại', 'Điểm B1', 'Điểm B2'];
  const rows = [head.join('\t')];
  for (let n = 0; n < VILLAGES * each; n += 1) {
    const name = `Trần Thị Hộ ${String.fromCharCode(65 + (n % 26))}${Math.floor(n / 26)}`;
    const birth = `${String(1 + (n % 28)).padStart(2, '0')}/${String(1 + (n % 12)).padStart(2, '0')}/${1940 + (n % 50)}`;
    rows.push([n + 1, name, name, 'Chủ hộ', birth, 'Nữ', 'Hà Tĩnh', 'Huyện Hương Sơn', '439', 'Xã Quang Diệm', '18184', `Thôn ${1 + (n % VILLAGES)}`, 'Kinh', 'N', 110, 40].join('\t'));
  }
  return rows.join('\n');
}

/** A commune with its villages at the survey; each household with the cookie of the head of its village. */
async function commune(url, each) {
  const admin = new Person(url);
  await admin.post('/start/empty', { province: '42', year: '2023', name: 'Quản trị', login: 'quantri', password: PASSWORD, password_again: PASSWORD });
  const account = { unit: COMMUNE, password: PASSWORD };
  await admin.post('/access/users/new', { name: 'Trần Thị Xã', login: 'xa', role: 'commune_officer', ...account });
  const officer = await new Person(url).signIn('xa');
  const pasted = new FormData();
  for (const [name, value] of Object.entries({ unit: COMMUNE, year: '2022', paste: list(each) })) pasted.append(name, value);
  const staged = await officer.post('/review/intake', pasted);
  const intake = staged.location.match(/[0-9a-f-]{36}/)[0];
  const page = await officer.take(`/review/intake/${intake}`);
  const form = page.text.match(new RegExp(`action="/review/intake/${intake}/apply"[^]*?</form>`))[0];
  await officer.post(`/review/intake/${intake}/apply`, Object.fromEntries([...form.matchAll(/name="([^"]+)" value="([^"]*)"/g)].map((m) => [m[1], m[2]])));
  for (let tries = 0; tries < 120 && !(await officer.take(`/review/intake/${intake}`)).text.includes('/undo"'); tries += 1) await new Promise((later) => setTimeout(later, 500));
  await officer.post('/review/2023/round/open', { unit: COMMUNE, day: '05/09/2023' });
  const board = await officer.take(`/review/2023/round?unit=${COMMUNE}`);
  // A village's name links to it; the numbers beside it open further down its page.
  const villages = [...board.text.matchAll(/\/review\/2023\/round\/([0-9a-f-]{36})[^"]*">(Thôn \d+)</g)].map((m) => [m[1], m[2]]);
  const households = [];
  for (const [at, [village, name]] of villages.entries()) {
    await officer.post(`/review/2023/round/${village}/close-list`, { day: '10/09/2023', version: '1', route: 'yearly' });
    await admin.post('/access/users/new', { name: `Trưởng ${name}`, login: `thon${at}`, role: 'village_head', village: name, ...account });
    const head = await new Person(url).signIn(`thon${at}`);
    const phone = await head.take(`/survey/2023/${village}?route=yearly`);
    const known = JSON.parse(phone.text.match(/id="data">(.*?)<\/script>/s)[1]).households;
    households.push(...known.map((household) => ({ ...household, cookie: head.cookie })));
  }
  return { households, heads: villages.length };
}

const data = await mkdtemp(join(tmpdir(), 'vuon-surveys-'));
const { server, url } = await start(data);
try {
  const { households, heads } = await commune(url, Math.ceil(COUNT / VILLAGES));
  const surveys = households.slice(0, COUNT).map((household) => ({
    cookie: household.cookie,
    body: { token: randomBytes(16).toString('hex'), household: household.id, year: 2023, route: 'yearly', based_on: household.token, saved_ms: Date.now(), channel: 'phone', input: { ...household.input, b1_entered: '110' } },
  }));
  if (new Set(surveys.map(({ body }) => body.household)).size !== COUNT) throw new Error(`${surveys.length} households for ${COUNT} surveys`);
  const send = async ({ cookie, body }) => {
    const began = performance.now();
    const answer = await ask(`${url}/survey/send`, { method: 'POST', cookie, type: 'application/json', body: JSON.stringify({ surveys: [body] }) });
    const receipt = answer.status === 200 ? JSON.parse(answer.text).receipts[0] : {};
    return { ms: performance.now() - began, status: answer.status, receipt };
  };
  const report = (name, answers) => {
    const times = answers.map((a) => a.ms).sort((a, b) => a - b);
    const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))].toFixed(0);
    const taken = answers.filter((a) => a.status === 200 && !a.receipt.refused);
    const fresh = taken.filter((a) => !a.receipt.known).length;
    console.log(`${name}: ${answers.length} sent, ${taken.length} acknowledged, ${fresh} new; p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, max ${at(1)} ms`);
    const refused = answers.find((a) => a.status !== 200 || a.receipt.refused);
    if (refused) console.log('  first refusal:', refused.status, JSON.stringify(refused.receipt));
    const counted = taken.filter((a) => a.receipt.standing === 'counted').length;
    return { counted, fresh, taken: taken.length, p99: Number(at(0.99)) };
  };
  console.log(`${COUNT} surveys of ${COUNT} households by ${heads} village heads, ${cpus().length} cores, ${cpus()[0].model}`);
  const first = report('at once', await Promise.all(surveys.map(send)));
  const again = report('again', await Promise.all(surveys.map(send)));
  const counted = first.counted;
  const good = first.taken === COUNT && first.fresh === COUNT && again.taken === COUNT && again.fresh === 0 && counted === COUNT;
  console.log(good ? 'all acknowledged, none twice' : 'NOT all once');
  process.exitCode = good && first.p99 < 1000 ? 0 : 1;
} finally {
  server.kill();
  agent.destroy();
  await rm(data, { recursive: true, force: true });
}
