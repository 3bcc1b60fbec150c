// The rig of the browser tests: starts the built program on a throw-away register, opens Chromium, looks with axe.
// Never reaches beyond the loopback address. Start with `world`; a test reads as acts by people on pages.

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { cp, mkdtemp, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { chromium } from 'playwright-core';

const HERE = dirname(fileURLToPath(import.meta.url));
export const REPOSITORY = resolve(HERE, '..', '..');
/** Screenshots and downloads of a failed run; not committed. */
export const OUT = join(HERE, 'out');

const CHROMIUM = '/usr/bin/chromium';
const CHROMIUM_FLAGS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];
const START_WITHIN_MS = 20_000;

export const DESKTOP = { width: 1280, height: 800 };
export const PHONE = { width: 360, height: 740 };

/** The program under test: VUON_BIN, else the newest place cargo leaves it. */
export function binary() {
  const target = process.env.CARGO_TARGET_DIR ?? join(REPOSITORY, 'target');
  const places = [process.env.VUON_BIN, join(target, 'release', 'vuon'), join(target, 'debug', 'vuon')];
  const found = places.find((place) => place && existsSync(place));
  if (!found) throw new Error('no vuon to test; build it first: cargo build --package cli --bin vuon');
  return found;
}

/**
 * A fresh copy of the sample register. It is filled once for a build of the program and kept in the temporary folder, as every
 * test on sample data begins with the same one.
 */
async function sampleRegister() {
  const { mtimeMs, size } = statSync(binary());
  const name = `vuon-sample-${Math.round(mtimeMs)}-${size}`;
  const filled = join(tmpdir(), name);
  if (!existsSync(filled)) {
    for (const old of await readdir(tmpdir())) {
      if (/^vuon-sample-\d/.test(old)) await rm(join(tmpdir(), old), { recursive: true, force: true });
    }
    const fresh = await mkdtemp(join(tmpdir(), 'vuon-filling-'));
    const vuon = (...words) => promisify(execFile)(binary(), [...words, '--data', join(fresh, 'data')]);
    await vuon('sample', 'load');
    // The province's targets are counted once and kept: a server would count them in every test, behind the test's back.
    await vuon('target', 'show', 'T01', '--unit', '42', '--on', '2023-12-31');
    // Two test files may fill one at the same time: the second finds the first one's there, which is as good.
    await rename(join(fresh, 'data'), filled).catch(() => {});
    await rm(fresh, { recursive: true, force: true });
  }
  const data = await mkdtemp(join(tmpdir(), 'vuon-browser-'));
  await cp(filled, data, { recursive: true });
  return data;
}

/** A server on its own folder and port. `stop` ends it as an operator would, `kill` as a power cut would. */
export class Server {
  static async start({ data, sample = false, args = [], env = {} } = {}) {
    const server = new Server();
    server.data = data ?? (sample ? await sampleRegister() : await mkdtemp(join(tmpdir(), 'vuon-browser-')));
    server.ownsData = !data;
    server.log = [];
    const began = performance.now();
    server.process = spawn(binary(), ['serve', '--data', server.data, '--listen', '127.0.0.1:0', ...args], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    server.url = await server.#address();
    server.startedInMs = performance.now() - began;
    return server;
  }

  #address() {
    return new Promise((found, failed) => {
      const fail = (why) => failed(new Error(`vuon serve ${why}; it said:\n${this.log.join('\n')}`));
      const late = setTimeout(() => fail(`printed no address within ${START_WITHIN_MS / 1000} s`), START_WITHIN_MS);
      for (const stream of [this.process.stdout, this.process.stderr]) {
        createInterface({ input: stream }).on('line', (line) => {
          this.log.push(line);
          const address = stream === this.process.stdout && line.match(/http:\/\/127\.0\.0\.1:\d+/);
          if (address) {
            clearTimeout(late);
            found(address[0]);
          }
        });
      }
      this.process.once('exit', (code) => {
        clearTimeout(late);
        fail(`ended with ${code} before it answered`);
      });
    });
  }

  async stop(signal = 'SIGTERM') {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      const ended = once(this.process, 'exit');
      this.process.kill(signal);
      await ended;
    }
    if (this.ownsData) await rm(this.data, { recursive: true, force: true });
  }

  /** Ends at once and keeps the data, to see what is left of it. */
  async kill() {
    this.ownsData = false;
    await this.stop('SIGKILL');
  }
}

export function launchBrowser() {
  return chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_FLAGS });
}

/**
 * A server and a browser for one test, both gone after it; a failed test leaves its last screen in `out/`. With `sample` the
 * server starts on the sample register.
 * `open()` gives a page of a new person: own cookies, own language, own window.
 */
export async function world(test, options = {}) {
  const server = options.url ? { url: options.url, stop: async () => {} } : await Server.start(options);
  const browser = await launchBrowser();
  const pages = [];
  test.after(async () => {
    if (test.passed === false) await keepScreens(test.name, pages);
    await browser.close();
    await server.stop();
  });
  return {
    server,
    browser,
    async open(path = '/', { viewport = DESKTOP, locale = 'vi-VN', scripts = true } = {}) {
      const context = await browser.newContext({
        viewport, locale, javaScriptEnabled: scripts, acceptDownloads: true, baseURL: server.url,
      });
      const page = await context.newPage();
      pages.push(page);
      await page.goto(path);
      return page;
    },
  };
}

async function keepScreens(name, pages) {
  await mkdir(OUT, { recursive: true });
  for (const [index, page] of pages.entries()) {
    const file = `${name.replace(/[^\p{L}\p{N}]+/gu, '-')}-${index + 1}.png`;
    await page.screenshot({ path: join(OUT, file), fullPage: true }).catch(() => {});
  }
}

const axeSource = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What axe finds on the page as it stands, one sentence each: an empty list is what we want. */
export async function axe(page) {
  await page.addScriptTag({ path: axeSource }).catch(async () => {
    // A strict content policy refuses an added tag; the debugger's own door stays open.
    const { readFile } = await import('node:fs/promises');
    await page.evaluate(await readFile(axeSource, 'utf8'));
  });
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  return violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${rule.help} — ${node.target.join(' ')} — ${node.html.slice(0, 160)}`),
  );
}

/** True when nothing hangs over the right edge, so that nobody scrolls sideways. */
export function fitsItsWidth(page) {
  return page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
}

/** Clicks what starts a download and gives the path of the saved file. */
export async function download(page, click) {
  await mkdir(OUT, { recursive: true });
  const [file] = await Promise.all([page.waitForEvent('download'), click()]);
  const path = join(OUT, file.suggestedFilename());
  await file.saveAs(path);
  return path;
}
