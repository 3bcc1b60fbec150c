// What is one's own to change: the administrator opens another year of work, anybody changes their password.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { addUser, COMMUNE, PASSWORD, signIn, startEmpty } from './people.mjs';
import { axe, world } from './vuon.mjs';

const NEW = 'mot-mat-khau-khac';

test('the administrator opens another year, and everybody works in it', async (t) => {
  const { open } = await world(t);
  const admin = await open();
  await startEmpty(admin);
  await addUser(admin, { name: 'Trần Thị Xã', login: 'xa', role: 'commune_officer', unit: COMMUNE });

  await admin.getByRole('link', { name: 'Năm làm việc', exact: true }).click();
  assert.deepEqual(await axe(admin), []);
  assert.equal(await admin.inputValue('#year'), '2023');
  await admin.selectOption('#year', '2024');
  await admin.locator('main form button[type=submit]').click();
  assert.match(await admin.locator('main').innerText(), /Đã mở năm rà soát 2024/);

  const officer = await open();
  await signIn(officer, 'xa');
  assert.match(await officer.locator('.v-period').innerText(), /năm 2024/);
  const refused = await officer.goto('/access/year');
  assert.equal(refused.status(), 403, 'a commune does not choose the year of the province');
});

test('a password is changed from the user menu by who knows the old one', async (t) => {
  const { open } = await world(t);
  const admin = await open();
  await startEmpty(admin);
  await addUser(admin, { name: 'Trần Thị Xã', login: 'xa', role: 'commune_officer', unit: COMMUNE });
  const officer = await open();
  await signIn(officer, 'xa');
  const elsewhere = await open();
  await signIn(elsewhere, 'xa');

  const change = async (old, first, again) => {
    await officer.fill('#old_password', old);
    await officer.fill('#new_password', first);
    await officer.fill('#password_again', again);
    await officer.locator('main form button[type=submit]').click();
    return officer.locator('main').innerText();
  };
  await officer.locator('.v-me > summary').click();
  await officer.getByRole('link', { name: 'Đổi mật khẩu' }).click();
  assert.deepEqual(await axe(officer), []);
  assert.match(await change('khong-phai-mat-khau', NEW, NEW), /mật khẩu hiện tại không đúng/);
  assert.deepEqual(await axe(officer), []);
  assert.match(await change(PASSWORD, NEW, `${NEW}-khac`), /không giống nhau/);
  assert.match(await change(PASSWORD, 'ngan', 'ngan'), /quá ngắn/);
  assert.equal(await officer.inputValue('#old_password'), '', 'no password is written back');
  assert.match(await change(PASSWORD, NEW, NEW), /Đã đổi mật khẩu/);
  await elsewhere.goto('/registry/households');
  assert.match(elsewhere.url(), /\/sign-in/, 'who is still signed in with the old one has to sign in again');

  const signsIn = async (password) => {
    const page = await open('/sign-in');
    await page.fill('#login', 'xa');
    await page.fill('#password', password);
    await page.locator('main form button[type=submit]').click();
    return (await page.locator('.v-nav').count()) > 0;
  };
  assert.equal(await signsIn(PASSWORD), false, 'the old one opens nothing');
  assert.equal(await signsIn(NEW), true);
});
