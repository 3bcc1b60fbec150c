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

/** Chooses the sample register on the first page, where it is not there yet, and waits until somebody is signed in to it. */
export async function startSample(page) {
  await page.goto('/start');
  if ((await page.locator('form[action="/start/sample"]').count()) === 0) await page.goto('/start/loading');
  else await page.locator('form[action="/start/sample"] button').click();
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

/** The commune Quang Diệm, where lists of the tests are brought in. */
export const COMMUNE = 'commune:18184';

const HEADER = ['STT', 'Họ và tên chủ hộ', 'Họ và tên thành viên', 'Quan hệ với chủ hộ', 'Ngày sinh', 'Giới tính', 'Tỉnh', 'Huyện', 'Mã huyện', 'Xã', 'Mã xã', 'Thôn', 'Dân tộc', 'Phân loại', 'Điểm B1', 'Điểm B2'].join('\t');
const household = (number, name, birth, village) =>
  [number, name, name, 'Chủ hộ', birth, 'Nữ', 'Hà Tĩnh', 'Huyện Hương Sơn', '439', 'Xã Quang Diệm', '18184', village, 'Kinh', 'N', 110, 40].join('\t');

/** A list of `villages` × `each` households, pasted as a spreadsheet of last year. */
function listOf(villages, each) {
  const rows = [HEADER];
  const given = ['An', 'Bình', 'Châu', 'Dung', 'Giang', 'Hà', 'Hoa', 'Hương', 'Lan', 'Mai', 'Nga', 'Oanh', 'Phương', 'Quyên', 'Sen', 'Tâm', 'Thu', 'Trang', 'Vân', 'Yến'];
  for (let v = 1; v <= villages; v += 1) {
    for (let h = 0; h < each; h += 1) {
      const name = `Trần Thị ${given[h % given.length]} ${v}${String.fromCharCode(65 + Math.floor(h / given.length))}`;
      rows.push(household(rows.length, name, `0${1 + (h % 9)}/03/19${60 + (h % 30)}`, `Thôn ${v}`));
    }
  }
  return rows.join('\n');
}

/** Brings such a list of 2022 into the commune Quang Diệm. */
export async function bringList(page, villages, each) {
  await bring(page, listOf(villages, each));
}

/** Brings one more village of one household. */
export async function bringVillage(page, village, name) {
  await bring(page, [HEADER, household(1, name, '01/03/1960', village)].join('\n'));
}

async function bring(page, list) {
  await page.goto(`/review/intake?unit=${COMMUNE}&year=2022`);
  await page.selectOption('#year', '2022');
  await page.fill('#paste', list);
  await page.locator('form[action="/review/intake"] button[type=submit]').click();
  await page.waitForURL(/\/review\/intake\/[0-9a-f-]{36}/);
  const intake = page.url().match(/[0-9a-f-]{36}/)[0];
  await page.goto(`/review/intake/${intake}`);
  await page.locator(`form[action$="/apply"] button`).click();
  await page.waitForSelector('form[action$="/undo"]', { timeout: 60_000 });
}

/** Fills the form of an act and sends it. */
export async function act(page, action, fields) {
  const form = page.locator(`form[action$="${action}"]`);
  for (const [name, value] of Object.entries(fields)) {
    const field = form.locator(`[name="${name}"]`);
    if ((await field.evaluate((f) => f.tagName)) === 'SELECT') {
      const option = await field.locator('option', { hasText: value }).first().getAttribute('value');
      await field.selectOption(option);
    } else await field.fill(String(value));
  }
  await Promise.all([page.waitForNavigation(), form.locator('button[type=submit]').click()]);
}
