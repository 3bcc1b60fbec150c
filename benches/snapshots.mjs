// Pages over frozen figures as a province's officer waits for them: each the first one after a start of the server, and then
// again. Prints medians beside what is wanted.
//   node benches/snapshots.mjs DATA WHAT     RUNS=5; both years of DATA are frozen, see crates/cli/examples/frozen_years.rs

import http from 'node:http';

import { Server } from '../tests/browser/vuon.mjs';

const TURNS = Number(process.env.RUNS ?? 5);
const PAGES = [
  ['family by commune', '/review/2023/poverty?unit=province:42&split=commune', 100],
  ['family by district', '/review/2023/poverty?unit=province:42&split=district', 100],
  ['by communes of 2025', '/review/2023/poverty?unit=province:42&split=commune&by=commune@2025-07-01', null],
  ['beside 2022', '/review/2023/poverty?unit=province:42&split=district&before=2022', null],
  ['a figure', '/review/2023/poverty/figure?unit=province:42&split=district&k=3&figure=h', null],
  ['dynamics', '/review/2023/dynamics?unit=province:42', null],
  ['dynamics as XLSX', '/review/2023/dynamics.xlsx?unit=province:42', null],
  ['who moved', '/review/2023/dynamics/rows?unit=province:42&from=poor&to=near_poor', null],
  ['why', 'why', null],
];

function request(base, path, { method = 'GET', headers = {}, body } = {}) {
  return new Promise((answered, failed) => {
    const began = performance.now();
    const call = http.request(new URL(path, base), { method, headers: { 'accept-encoding': 'gzip', ...headers } }, (answer) => {
      let bytes = 0;
      const parts = [];
      answer.on('data', (part) => {
        bytes += part.length;
        parts.push(part);
      });
      answer.on('error', failed);
      answer.on('end', () => answered({ status: answer.statusCode, headers: answer.headers, parts, bytes, ms: performance.now() - began }));
    });
    call.on('error', failed);
    call.end(body);
  });
}

async function session(base) {
  const answer = await request(base, '/access/role', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: base, 'sec-fetch-site': 'same-origin' },
    body: 'role=province_officer',
  });
  const cookies = (answer.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]);
  if (answer.status >= 400 || cookies.length === 0) throw new Error(`no session: ${answer.status}`);
  return cookies.join('; ');
}

const middle = (times) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];

/** A household that both years hold: the first of those who stayed poor. */
async function whyOf(base, headers) {
  const rows = '/review/2023/dynamics/rows?unit=province:42&from=poor&to=poor';
  const answer = await request(base, rows, { headers: { ...headers, 'accept-encoding': 'identity' } });
  const found = /href="([^"]*\/why\?[^"]*)"/.exec(Buffer.concat(answer.parts).toString());
  if (!found) throw new Error('nobody stayed poor: is one of the years not frozen?');
  return found[1].replaceAll('&amp;', '&');
}

const [data, what] = process.argv.slice(2);
if (!data) throw new Error('usage: node benches/snapshots.mjs DATA WHAT');
console.log(`  pages over 2022 and 2023, ${what ?? 'as they are frozen'}:`);
let why = null;
for (const [name, asked, wanted] of PAGES) {
  let path = asked;
  if (asked === 'why') {
    const server = await Server.start({ data });
    why ??= await whyOf(server.url, { cookie: await session(server.url) });
    await server.stop();
    path = why;
  }
  const [first, again] = [[], []];
  let bytes = 0;
  for (let turn = 0; turn < TURNS; turn += 1) {
    const server = await Server.start({ data });
    const headers = { cookie: await session(server.url) };
    for (const times of [first, again]) {
      const answer = await request(server.url, path, { headers });
      if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
      times.push(answer.ms);
      bytes = answer.bytes;
    }
    await server.stop();
  }
  const aim = wanted ? ` (wanted: under ${wanted} ms cold)` : '';
  console.log(`  ${name.padEnd(20)} first ${middle(first).toFixed(1)} ms, again ${middle(again).toFixed(1)} ms, ${(bytes / 1000).toFixed(0)} KB on the wire${aim}`);
}
