// Reads a workbook back, as a person's spreadsheet program would: sheet names and rows of cells.
// Never writes one. Uses tests/tools/sheets.py, because openpyxl is a reader that is not ours.

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { REPOSITORY } from './vuon.mjs';

const run = promisify(execFile);

/** `{ name: [[cell, …], …] }`; empty cells are null, days are ISO texts. */
export async function sheets(path) {
  const { stdout } = await run('python3', [join(REPOSITORY, 'tests', 'tools', 'sheets.py'), path], {
    maxBuffer: 256 * 1024 * 1024,
  });
  return JSON.parse(stdout);
}

/** The first row whose cells include all these, or undefined. */
export function rowWith(rows, ...cells) {
  return rows.find((row) => cells.every((cell) => row.includes(cell)));
}
