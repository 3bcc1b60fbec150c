// People of the browser tests: who starts the program, signs in, tries a role. Each act is what a person would click.

import { request } from 'node:http';

export const PASSWORD = 'mot-mat-khau-dai';

/** Starts an empty register of Hà Tĩnh for 2023 with its administrator, and leaves them signed in. */
export async function startEmpty(page) {
  await page.goto('/start');
  await page.getByRole('link', { name: 'Bắt đầu trống' }).or(page.locator('a[href="/start/empty"]')).first().click();
  await page.selectOption('#province', '42');
  await page.selectOption('#year', '2023');
  await page.fill('#name', 'Phan Thị Quản');
  await page.fill('#login', 'quantri');
  await page.fill('#password', PASSWORD);
  await page.fill('#password_again', PASSWORD);
  await page.locator('main form button[type=submit]').click();
  await page.waitForURL('**/');
}

/** The administrator makes an account for somebody. */
export async function addUser(page, { name, login, role, unit }) {
  await page.goto('/access/users/new');
  await page.fill('#name', name);
  await page.fill('#login', login);
  await page.selectOption('#role', role);
  await page.selectOption('#unit', unit);
  await page.fill('#password', PASSWORD);
  await page.locator('main form button[type=submit]').click();
  await page.waitForURL('**/access/users');
}

export async function signIn(page, login) {
  await page.goto('/sign-in');
  await page.fill('#login', login);
  await page.fill('#password', PASSWORD);
  await page.locator('main form button[type=submit]').click();
  await page.waitForURL('**/');
}

/** Loads the sample register and waits until it stands. */
export async function startSample(page) {
  await page.goto('/start');
  await page.locator('form[action="/start/sample"] button').click();
  await page.waitForSelector('.v-nav', { timeout: 180_000 });
}

/** «Thử với vai»: by the words of the button. */
export async function tryRole(page, words) {
  await page.locator('.v-roles').getByRole('button', { name: words, exact: true }).click();
  await page.waitForURL('**/');
}

/** Bytes of a page as a phone receives them, compressed, without fonts. */
export function bytesOf(url, cookie) {
  return new Promise((found, failed) => {
    const headers = { 'accept-encoding': 'gzip', cookie };
    request(url, { headers }, (answer) => {
      let bytes = 0;
      answer.on('data', (chunk) => (bytes += chunk.length));
      answer.on('end', () => found(bytes));
    })
      .on('error', failed)
      .end();
  });
}
