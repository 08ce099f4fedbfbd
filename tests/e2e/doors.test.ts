import { expect, test } from 'vitest';
import { findViolations } from '../support/axe.ts';
import {
  CLIENT_DIR,
  expectPage,
  LAPTOP,
  newPhone,
  type Phone,
  useBrowser,
} from '../support/phones.ts';
import { startServer, type TestServer } from '../support/server.ts';

useBrowser();

const secretOf = (link: string | null): string => new URL(link ?? '').hash.slice(1);

/** Olga owns the server, by the link in its log. */
async function olgaClaims(): Promise<{ server: TestServer; olga: Phone }> {
  const server = await startServer({}, CLIENT_DIR);
  const olga = await newPhone(server.url, 'Olga Berg', { screen: LAPTOP });
  await olga.page.goto(`/claim#${secretOf(server.claimLink)}`);
  await enter(olga, 'Claim it');
  await expectPage(olga.page.getByRole('heading', { name: 'Active now' })).toBeVisible();
  return { server, olga };
}

async function enter(phone: Phone, word: string): Promise<void> {
  await phone.page.getByLabel('Your name in the log').fill(phone.name);
  await phone.page.getByRole('button', { name: word, exact: true }).click();
}

/** By the code that an open invite sheet shows. */
async function codeOn(phone: Phone): Promise<string> {
  const code = phone.page.locator('.invite-code').last();
  await expectPage(code).toHaveText(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  return code.innerText();
}

async function linkOn(phone: Phone): Promise<string> {
  await phone.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await phone.page.getByRole('button', { name: 'Copy link' }).click();
  await expectPage(phone.page.getByText('Link copied.')).toBeVisible();
  return phone.page.evaluate(() => navigator.clipboard.readText());
}

async function seriousOn(phone: Phone): Promise<readonly string[]> {
  const found = await findViolations(phone.page);
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id} ${nodes.map(({ html }) => html).join(' ')}`);
}

test('[A22] from the claim link to a line on the second phone, with the name that was given', async () => {
  const { server, olga } = await olgaClaims();
  await olga.declare('Card payments failing, EU');
  await olga.page.getByRole('button', { name: 'Invite', exact: true }).click();
  await codeOn(olga);
  expect(await seriousOn(olga)).toEqual([]);
  const link = await linkOn(olga);
  expect(new URL(link).pathname).toBe('/join');
  expect(new URL(link).hash.length).toBeGreaterThan(40);

  const gus = await newPhone(server.url, 'Gus Falk');
  await gus.page.goto(link);
  await expectPage(gus.page.getByText('Olga Berg invites you to')).toBeVisible();
  await expectPage(
    gus.page.getByRole('heading', { name: 'Card payments failing, EU' }),
  ).toBeVisible();
  expect(await seriousOn(gus)).toEqual([]);
  await enter(gus, 'Join the log');
  await expectPage(gus.page.getByRole('log', { name: 'Timeline' })).toBeVisible();
  await gus.log('Every error is a pool timeout');
  await gus.sent();
  await expectPage(olga.line('Every error is a pool timeout')).toContainText('Gus Falk');
  // A guest has one incident, and nothing else of the server.
  await gus.page.goto('/?sheet=you');
  await expectPage(gus.page.getByText('Signed in as Gus Falk, Guest')).toBeVisible();
  expect(gus.errors).toEqual([]);
  expect(olga.errors).toEqual([]);
});

test('[A23] whoever is signed out goes on writing, and what waits goes when they are in again', async () => {
  const { server, olga } = await olgaClaims();
  await olga.page.goto('/?sheet=team');
  await olga.page.getByRole('button', { name: 'Make an invitation' }).click();
  const code = await codeOn(olga);
  const bo = await newPhone(server.url, 'Bo Ek');
  await bo.start();
  await bo.page.getByRole('button', { name: 'Sign in' }).click();
  await bo.page.getByLabel('Code').fill(code.toLowerCase());
  await bo.page.getByRole('button', { name: 'Go on' }).click();
  await expectPage(bo.page.getByText('Olga Berg invites you.')).toBeVisible();
  await bo.page.getByRole('button', { name: 'Come in' }).click();
  await bo.page.waitForURL(({ pathname, search }) => pathname === '/' && search === '');
  await expectPage(bo.page.getByRole('button', { name: 'Sign in' })).toHaveCount(0);
  await bo.declare('Search is slow');
  await bo.sent();

  await olga.page.goto('/?sheet=team');
  await olga.page.getByRole('button', { name: /Bo Ek/ }).click();
  await olga.page.getByRole('button', { name: /^Suspend/ }).click();
  await expectPage(bo.page.getByText(/You are signed out/)).toBeVisible();
  await bo.log('Written while signed out');
  await bo.page.reload();
  await expectPage(bo.line('Written while signed out')).toBeVisible();
  await expectPage(bo.page.locator('[data-place="phone"]')).toHaveCount(1);
  await bo.page.goto('/');
  await expectPage(bo.page.getByText('Signed out, 1 line waiting')).toBeVisible();

  await expectPage(olga.page.getByText('Suspended')).toBeVisible();
  await olga.page.getByRole('button', { name: 'Let back in' }).click();
  await olga.page.getByRole('button', { name: 'New sign-in code' }).click();
  const again = await codeOn(olga);
  await bo.page.goto('/?sheet=signIn');
  await bo.page.getByLabel('Code').fill(again);
  await bo.page.getByRole('button', { name: 'Go on' }).click();
  await expectPage(bo.page.getByText('You sign in as Bo Ek.')).toBeVisible();
  await bo.page.getByRole('button', { name: 'Come in' }).click();
  await bo.page.waitForURL(({ pathname, search }) => pathname === '/' && search === '');
  await bo.page.getByText('Search is slow').first().click();
  await bo.sent();
  await olga.page.goto(bo.page.url());
  await expectPage(olga.line('Written while signed out')).toBeVisible();
});

test('[A24] [A25] whoever may only read has no field to write in; an owner changes that, at once', async () => {
  const { server, olga } = await olgaClaims();
  await olga.declare('Card payments failing, EU');
  const incident = olga.page.url();
  await olga.page.goto('/?sheet=team');
  await olga.page.getByText('Viewer', { exact: true }).first().click();
  await olga.page.getByRole('button', { name: 'Make an invitation' }).click();
  const link = await linkOn(olga);
  expect(await seriousOn(olga)).toEqual([]);
  const vera = await newPhone(server.url, 'Vera Holm');
  await vera.page.goto(link);
  await enter(vera, 'Join');
  await expectPage(vera.page.getByText('Card payments failing, EU').first()).toBeVisible();
  await vera.page.goto(incident);
  await expectPage(vera.page.getByText('You may read this log')).toBeVisible();
  await expectPage(vera.page.getByLabel('What do you see?')).toHaveCount(0);
  await vera.page.getByRole('button', { name: /Change status/ }).click();
  await vera.page
    .getByRole('dialog')
    .getByRole('button', { name: /^Identified/ })
    .click();
  await expectPage(vera.page.getByText(/To write, ask an owner/)).toBeVisible();
  await expectPage(vera.page.getByRole('button', { name: /^Investigating/ })).toBeVisible();

  await olga.page.goto('/?sheet=team');
  await olga.page.getByRole('button', { name: /Vera Holm/ }).click();
  await olga.page
    .getByRole('group', { name: 'What Vera Holm may do' })
    .getByText('Responder')
    .click();
  await vera.log('Now I may write');
  await vera.sent();

  await olga.page.getByRole('button', { name: 'Make an invitation' }).click();
  await olga.page.getByRole('button', { name: 'Take back' }).click();
  await expectPage(olga.page.getByRole('button', { name: 'Take back' })).toHaveCount(0);
});
