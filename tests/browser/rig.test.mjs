// The rig holds itself: a browser that opens, an axe that finds, a reader that reads. Pages of the program are in the other files.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { HtmlValidate } from 'html-validate';

import { axe, DESKTOP, fitsItsWidth, PHONE, REPOSITORY, world } from './vuon.mjs';
import { rowWith, sheets } from './sheets.mjs';

const GOOD = `<!DOCTYPE html>
<html lang="vi">
  <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Hộ nghèo</title></head>
  <body><main><h1>Danh sách hộ nghèo</h1><p>Xã Hương Sơn có 12 hộ.</p></main></body>
</html>
`;
const BAD = GOOD.replace(/<p>.*<\/p>/, '<img src="data:," style="width: 2000px; height: 1px">');

let server;
let url;

before(async () => {
  server = createServer((request, response) => {
    const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': "script-src 'self'" };
    response.writeHead(200, headers).end(request.url === '/bad' ? BAD : GOOD);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${server.address().port}`;
});

after(() => server.close());

test('axe finds nothing on a good page, wide and narrow, under a strict policy', async (t) => {
  const { open } = await world(t, { url });
  for (const viewport of [DESKTOP, PHONE]) {
    const page = await open('/', { viewport });
    assert.equal(await page.textContent('h1'), 'Danh sách hộ nghèo');
    assert.deepEqual(await axe(page), []);
    assert.ok(await fitsItsWidth(page));
  }
});

test('axe finds a picture without words, and the width a thing that hangs over', async (t) => {
  const { open } = await world(t, { url });
  const page = await open('/bad', { viewport: PHONE });
  assert.match((await axe(page)).join('\n'), /image-alt/);
  assert.equal(await fitsItsWidth(page), false);
});

test('html that is not html is told', async () => {
  const validator = new HtmlValidate({ extends: ['html-validate:standard'] });
  assert.equal((await validator.validateString(GOOD)).valid, true);
  assert.equal((await validator.validateString(GOOD.replace('</h1>', '</h2>'))).valid, false);
});

test('a workbook is read back with its three sheets', async () => {
  const book = await sheets(join(REPOSITORY, 'tests', 'lists', 'three-communes', 'danh-sach-ra-soat.xlsx'));
  assert.equal(Object.keys(book).length, 3);
  const [list] = Object.values(book);
  assert.ok(rowWith(list, 'STT', 'Họ và tên chủ hộ'), 'the header stands in the first sheet');
});
