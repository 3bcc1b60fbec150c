// Fifty people at their desks: each opens the list or searches, reads for a second, goes on. Prints what they waited.
// The load stays on the loopback address, shares the machine's cores with the server, and ends by itself.
//   node benches/serve.mjs DATA     USERS=50 LOAD_SECONDS=60 THINK_MS=1000

import { readFileSync } from 'node:fs';
import http from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

import { Server } from '../tests/browser/vuon.mjs';

const USERS = Number(process.env.USERS ?? 50);
const SECONDS = Number(process.env.LOAD_SECONDS ?? 60);
const THINK_MS = Number(process.env.THINK_MS ?? 1000);
const STARTS = 5;

/** In sample mode a role is taken up without a password; this is the one place that knows how. */
const TAKE_ROLE = { path: '/access/role', form: 'role=province_officer' };

const WORDS = ['nguyen thi', 'tran van', 'le', 'phan duc', 'hoa', 'huong', 'ho van', 'nguyen van dung', 'thon 3', 'oanh'];
const PAGES = {
  list: (n) => `/registry/households?page=${1 + (n % 20)}`,
  search: (n) => `/registry/households?q=${encodeURIComponent(WORDS[n % WORDS.length])}`,
};

const agent = new http.Agent({ keepAlive: true, maxSockets: USERS });

function request(base, path, { method = 'GET', headers = {}, body } = {}) {
  return new Promise((answered, failed) => {
    const began = performance.now();
    const call = http.request(new URL(path, base), { method, agent, headers: { 'accept-language': 'vi', ...headers } }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('error', failed);
      answer.on('end', () =>
        answered({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts), ms: performance.now() - began }));
    });
    call.on('error', failed);
    call.end(body);
  });
}

async function takeRole(base) {
  const answer = await request(base, TAKE_ROLE.path, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: base, 'sec-fetch-site': 'same-origin' },
    body: TAKE_ROLE.form,
  });
  const cookies = (answer.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]);
  if (answer.status >= 400 || cookies.length === 0) {
    throw new Error(`${TAKE_ROLE.path} answered ${answer.status} and gave no session; the bench cannot sign in`);
  }
  return cookies.join('; ');
}

function quantile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
}

function line(name, times) {
  const sorted = times.toSorted((a, b) => a - b);
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => quantile(sorted, share).toFixed(1));
  return `  ${name.padEnd(16)} p50 ${p50} ms, p95 ${p95} ms, p99 ${p99} ms (${sorted.length} answers)`;
}

function memoryMb(server) {
  const status = readFileSync(`/proc/${server.process.pid}/status`, 'utf8');
  return (Number(status.match(/^VmRSS:\s+(\d+) kB/m)[1]) * 1024) / 1e6;
}

/** From the command to the first page in hand. */
async function startTimes(data) {
  const times = [];
  for (let n = 0; n < STARTS; n += 1) {
    const began = performance.now();
    const server = await Server.start({ data });
    await request(server.url, '/sign-in');
    times.push(performance.now() - began);
    await server.stop();
  }
  return times;
}

/** The first page with its styles and scripts as a phone would fetch them; fonts are cached and not counted. */
async function firstPageKb(base) {
  const headers = { 'accept-encoding': 'br, gzip' };
  const page = await request(base, '/sign-in', { headers });
  const plain = (await request(base, '/sign-in')).body.toString();
  const assets = [...plain.matchAll(/(?:href|src)="(\/[^"]+\.(?:css|js|svg)[^"]*)"/g)].map((found) => found[1]);
  let bytes = page.body.length;
  for (const asset of new Set(assets)) bytes += (await request(base, asset, { headers })).body.length;
  return bytes / 1000;
}

async function person(base, number, until, times) {
  const headers = { cookie: await takeRole(base), 'accept-encoding': 'gzip' };
  await wait((THINK_MS * number) / USERS);
  for (let n = number; performance.now() < until; n += 1) {
    const name = n % 2 ? 'search' : 'list';
    const answer = await request(base, PAGES[name](n), { headers });
    if (answer.status !== 200) throw new Error(`${PAGES[name](n)} answered ${answer.status}`);
    times[name].push(answer.ms);
    await wait(THINK_MS);
  }
}

const data = process.argv[2];
if (!data) throw new Error('usage: node benches/serve.mjs DATA');

console.log(line('start', await startTimes(data)));
const server = await Server.start({ data });
await wait(3000);
console.log(`  idle memory      ${memoryMb(server).toFixed(0)} MB (wanted: under 120)`);
console.log(`  first page       ${(await firstPageKb(server.url)).toFixed(1)} KB on the wire, fonts aside (wanted: under 60)`);
const times = { list: [], search: [] };
const until = performance.now() + SECONDS * 1000;
await Promise.all(Array.from({ length: USERS }, (_, number) => person(server.url, number, until, times)));
console.log(`  ${USERS} people, ${THINK_MS} ms of thought, ${SECONDS} s, on the server's own cores (wanted: p95 under 60 ms)`);
for (const [name, measured] of Object.entries(times)) console.log(line(name, measured));
console.log(`  memory after     ${memoryMb(server).toFixed(0)} MB`);
await server.stop();
agent.destroy();
