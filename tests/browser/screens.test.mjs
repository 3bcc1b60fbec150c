// axe over every screen, on a desk and on a phone: the pages that the Rust test `every_page` rendered into VUON_PAGES, each as the
// browser shows it with the program's own style and scripts. States that a walk seldom meets are among them.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { axe, DESKTOP, fitsItsWidth, PHONE, world } from './vuon.mjs';

const PAGES = process.env.VUON_PAGES ?? '/tmp/pages';

test('axe finds nothing on any screen and none hangs over its edge', { timeout: 600_000 }, async (t) => {
  const files = existsSync(PAGES) ? readdirSync(PAGES).filter((name) => name.endsWith('.html')) : [];
  // Both languages are laid out alike; the longer words decide what fits.
  const screens = files.filter((name) => name.endsWith('vi.html'));
  assert.ok(screens.length > 100, `${PAGES} holds ${screens.length} Vietnamese pages; the head of html.test.mjs says how they are made`);
  const { open } = await world(t);
  const page = await open('/start');
  await page.route('**/rendered/*', (route) => {
    const body = readFileSync(join(PAGES, new URL(route.request().url()).pathname.split('/').pop()), 'utf8');
    return route.fulfill({ body, contentType: 'text/html; charset=utf-8' });
  });
  const found = [];
  for (const file of screens) {
    await page.setViewportSize(DESKTOP);
    await page.goto(`/rendered/${file}`);
    for (const size of [DESKTOP, PHONE]) {
      await page.setViewportSize(size);
      for (const fault of await axe(page)) found.push(`${file} at ${size.width}: ${fault}`);
      if (!(await fitsItsWidth(page))) found.push(`${file} at ${size.width}: hangs over the edge`);
    }
  }
  assert.deepEqual(found, []);
});
