// Every page in both languages is sound HTML. The pages are those that the Rust test `every_page` rendered into VUON_PAGES
// (`make test` does that first); by hand: VUON_PAGES=/tmp/pages cargo nextest run -p web every_page

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { HtmlValidate, StaticConfigLoader } from 'html-validate';

const PAGES = process.env.VUON_PAGES ?? '/tmp/pages';

const rules = {
  // A title names the household or the form first; it is as long as their names.
  'long-title': 'off',
  // Style and script come from the program itself.
  'require-sri': ['error', { target: 'crossorigin' }],
  // The error summary with its own heading stands above the page's heading, as govuk-frontend has it.
  'heading-level': ['error', { minInitialRank: 'h2' }],
  // Lists are sent as several fields of one name: boxes of one question, households shown on a page.
  'form-dup-name': 'off',
  // Steps and readings are lists with a name.
  'aria-label-misuse': ['error', { allowAnyNamable: true }],
  // Without scripts a page of progress asks again by itself.
  'meta-refresh': 'off',
};

test('every rendered page is sound HTML', { timeout: 300_000 }, () => {
  const files = existsSync(PAGES) ? readdirSync(PAGES).filter((name) => name.endsWith('.html')) : [];
  assert.ok(files.length > 100, `${PAGES} holds ${files.length} pages; the head of this file says how they are made`);
  const config = { root: true, extends: ['html-validate:recommended', 'html-validate:document'], rules };
  const judge = new HtmlValidate(new StaticConfigLoader(config));
  const found = [];
  for (const file of files) {
    const report = judge.validateStringSync(readFileSync(join(PAGES, file), 'utf8'));
    for (const result of report.results) {
      for (const fault of result.messages) found.push(`${file}:${fault.line} ${fault.ruleId}: ${fault.message}`);
    }
  }
  assert.deepEqual(found, []);
});
