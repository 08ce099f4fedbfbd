import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import {
  CLIENT_DIR,
  expectPage,
  LAPTOP,
  newPhone,
  type Phone,
  useBrowser,
} from '../support/phones.ts';
import { startServer } from '../support/server.ts';

useBrowser(true);

/** An authenticator built into the device, whose person is there and says yes. */
async function withAuthenticator(phone: Phone) {
  const session = await phone.context.newCDPSession(phone.page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    keys: async () =>
      (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials.length,
  };
}

/** Whoever comes in or goes out is brought home by a page that begins anew. */
const startedAnew = (page: Page) =>
  page.waitForURL(({ pathname, search }) => pathname === '/' && search === '');

test('[A26] a passkey signs in again after signing out; its answer used twice or made for another site opens nothing, nor does one that was removed', async () => {
  const server = await startServer({}, CLIENT_DIR);
  const olga = await newPhone(server.url, 'Olga Berg', { screen: LAPTOP });
  const { page } = olga;
  await page.goto(`/claim#${new URL(server.claimLink ?? '').hash.slice(1)}`);
  await page.getByLabel('Your name in the log').fill('Olga Berg');
  await page.getByRole('button', { name: 'Claim it' }).click();
  await expectPage(page.getByRole('heading', { name: 'Active now' })).toBeVisible();
  const authenticator = await withAuthenticator(olga);

  await page.goto('/?sheet=you');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await expectPage(page.getByText(/^Passkey, /)).toBeVisible();
  expect(await authenticator.keys()).toBe(1);
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await startedAnew(page);
  await expectPage(page.getByText('You are signed out').first()).toBeVisible();

  await page.goto('/?sheet=signIn');
  const sent = page.waitForRequest((request) => new URL(request.url()).pathname === '/api/sign-in');
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  const body: unknown = (await sent).postDataJSON();
  await startedAnew(page);
  await expectPage(page.getByText('You are signed out')).toHaveCount(0);
  const origin = new URL(server.url).origin;
  const post = (path: string, content: unknown, from = origin) =>
    fetch(new URL(path, server.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: from },
      body: JSON.stringify(content),
    });
  expect((await post('/api/sign-in', body)).status).toBe(409);
  const started = await post('/api/sign-in/start', {});
  const { id } = (await started.json()) as { id: string };
  expect((await post('/api/sign-in', { ...(body as object), id })).status).toBe(403);
  expect((await post('/api/sign-in', body, 'https://evil.example')).status).toBe(403);

  await page.goto('/?sheet=you');
  await expectPage(page.getByText('Signed in as Olga Berg, Owner')).toBeVisible();

  await page.getByRole('button', { name: 'Remove' }).click();
  await expectPage(page.getByText(/^Passkey, /)).toHaveCount(0);
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await startedAnew(page);
  await expectPage(page.getByText('You are signed out').first()).toBeVisible();
  await page.goto('/?sheet=signIn');
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expectPage(page.getByText(/This passkey does not open this Logline/)).toBeVisible();
  expect(olga.errors).toEqual([]);
});
