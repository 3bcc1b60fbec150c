// Sends surveys at once, each from a connection of its own, and every one a second time, as phones do whose answer was lost.
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

/** Signed in as the sample's officer of a commune; their villages are at the survey. */
async function officer(url) {
  const begun = await ask(`${url}/start/sample`, { method: 'POST' });
  let cookie = begun.cookie?.[0]?.split(';')[0] ?? '';
  for (;;) {
    const page = await ask(`${url}/`, { cookie });
    if (page.status === 200 || page.location?.startsWith('/sign-in')) break;
    await new Promise((later) => setTimeout(later, 500));
  }
  const tried = await ask(`${url}/access/role`, { method: 'POST', cookie, body: 'role=commune_officer' });
  cookie = tried.cookie?.[0]?.split(';')[0] ?? cookie;
  const board = await ask(`${url}/review/2023/round`, { cookie });
  const unit = board.text.match(/name="unit" value="([^"]+)"/)[1];
  await ask(`${url}/review/2023/round/open`, { method: 'POST', cookie, body: `unit=${unit}&day=05/09/2023` });
  const opened = await ask(`${url}/review/2023/round?unit=${unit}`, { cookie });
  const villages = [...new Set([...opened.text.matchAll(/\/review\/2023\/round\/([0-9a-f-]{36})/g)].map((m) => m[1]))];
  const households = [];
  for (const village of villages) {
    await ask(`${url}/review/2023/round/${village}/close-list`, { method: 'POST', cookie, body: 'day=10/09/2023&version=1&route=yearly' });
    const page = await ask(`${url}/survey/2023/${village}?route=yearly`, { cookie });
    const data = page.text.match(/id="data">(.*?)<\/script>/s);
    if (data) households.push(...JSON.parse(data[1]).households);
  }
  return { cookie, households };
}

const data = await mkdtemp(join(tmpdir(), 'vuon-surveys-'));
const { server, url } = await start(data);
try {
  const { cookie, households } = await officer(url);
  const surveys = Array.from({ length: COUNT }, (_, n) => {
    const household = households[n % households.length];
    const input = { ...household.input, b1_entered: '', answers: household.input.answers };
    return { token: randomBytes(16).toString('hex'), household: household.id, year: 2023, route: 'yearly', based_on: household.token, saved_ms: Date.now(), channel: 'phone', input };
  });
  const send = async (survey) => {
    const began = performance.now();
    const answer = await ask(`${url}/survey/send`, { method: 'POST', cookie, type: 'application/json', body: JSON.stringify({ surveys: [survey] }) });
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
    return { fresh, taken: taken.length, p99: Number(at(0.99)) };
  };
  console.log(`${COUNT} surveys of ${households.length} households, ${cpus().length} cores, ${cpus()[0].model}`);
  const first = report('at once', await Promise.all(surveys.map(send)));
  const again = report('again', await Promise.all(surveys.map(send)));
  const good = first.taken === COUNT && first.fresh === COUNT && again.taken === COUNT && again.fresh === 0;
  console.log(good ? 'all acknowledged, none twice' : 'NOT all once');
  process.exitCode = good && first.p99 < 1000 ? 0 : 1;
} finally {
  server.kill();
  agent.destroy();
  await rm(data, { recursive: true, force: true });
}
