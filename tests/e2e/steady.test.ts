import { expect, onTestFinished, test } from 'vitest';
import { WebsocketProvider } from 'y-websocket';
import { HOUR } from '../../shared/domain/time.ts';
import { createDevice } from '../support/device.ts';
import { CLIENT_DIR, expectPage, newPhone, type Phone, useBrowser } from '../support/phones.ts';
import { seedIncident } from '../support/seed.ts';
import { startServer } from '../support/server.ts';

useBrowser();

const MINUTE = 60_000;
const LINES = 24;

/** Ana reads in the middle of a log of twenty-four lines, a minute apart. */
async function anaReadsWhatBoWrote(): Promise<{ ana: Phone; url: string; syncUrl: string }> {
  const server = await startServer({}, CLIENT_DIR);
  const bo = createDevice('Bo Ek');
  bo.now = Date.now() - (LINES + 1) * MINUTE;
  bo.declare('Card payments failing, EU');
  for (let line = 1; line <= LINES; line += 1) {
    bo.now += MINUTE;
    bo.log(`Line ${line} of the pool story`);
  }
  const id = await seedIncident(server.url, bo);
  const ana = await newPhone(server.url, 'Ana Lind');
  await ana.start();
  await ana.page.goto(`/i/${id}`);
  await expectPage(ana.line('Line 24 of the pool story')).toBeVisible();
  const scroller = ana.page.getByRole('log');
  await expectPage(async () => {
    await scroller.evaluate((log) => log.scrollTo(0, 0));
    await expectPage(ana.line('Line 1 of')).toBeInViewport({ timeout: 1_000 });
    await scroller.evaluate((log) => log.scrollBy(0, 500));
    await expectPage(ana.line('Line 10 of')).toBeInViewport({ timeout: 1_000 });
  }).toPass();
  return { ana, url: server.url, syncUrl: server.syncUrl };
}

async function placesOf(phone: Phone): Promise<readonly (number | undefined)[]> {
  return Promise.all(
    ['Line 8 of', 'Line 10 of', 'Line 12 of'].map(
      async (text) => (await phone.line(text).boundingBox())?.y,
    ),
  );
}

test('[L1z] what comes above and below at once, as after hours apart, moves nothing that is read', async () => {
  const { ana, syncUrl } = await anaReadsWhatBoWrote();
  const before = await placesOf(ana);
  const cy = createDevice('Cy');
  cy.now = Date.now();
  const provider = new WebsocketProvider(syncUrl, roomOf(ana), cy.doc.ydoc, { disableBc: true });
  onTestFinished(() => provider.destroy());
  await new Promise<void>((resolve) => provider.once('sync', () => resolve()));
  provider.disconnect();
  cy.log('Long before', { at: cy.now - HOUR });
  for (let line = 1; line <= 5; line += 1) cy.log(`Newest ${line}`, { at: cy.now + HOUR });
  provider.connect();
  await expectPage(ana.page.getByRole('button', { name: '5 new lines' })).toBeVisible();
  await expectPage(ana.page.getByRole('button', { name: '1 slotted in above' })).toBeVisible();
  expect(await placesOf(ana)).toEqual(before);
  await ana.page.getByRole('button', { name: '5 new lines' }).click();
  await expectPage(ana.line('Newest 1')).toBeInViewport();
  const story = await ana.story();
  expect(story.length).toBe(new Set(story).size);
});

function roomOf(phone: Phone): string {
  return new URL(phone.page.url()).pathname.split('/').at(-1) ?? '';
}

test('[L2a] a line another person moves past what is read moves nothing of it', async () => {
  const { ana, url } = await anaReadsWhatBoWrote();
  const bo = await newPhone(url, 'Bo Ek');
  await bo.start();
  await bo.page.goto(ana.page.url());
  const before = await placesOf(ana);
  const sheet = await bo.openLine('Line 23 of');
  await sheet.getByRole('button', { name: /Change time/ }).click();
  await sheet.getByRole('button', { name: '15 minutes earlier' }).click({ clickCount: 2 });
  await sheet.getByRole('button', { name: 'Close' }).click();
  await expectPage(ana.page.getByRole('button', { name: '1 slotted in above' })).toBeVisible();
  expect(await placesOf(ana)).toEqual(before);
});
