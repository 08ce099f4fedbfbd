import { appendFileSync, cpSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newFolder } from '../support/folder.ts';
import { buildNextRelease } from '../support/next-release.ts';
import { CLIENT_DIR, expectPage, newPhone, useBrowser } from '../support/phones.ts';
import { startServer } from '../support/server.ts';

useBrowser();

test('[P1] it can be installed: a manifest with icons that exist, and a worker that opens the start page alone', async () => {
  const server = await startServer({}, CLIENT_DIR);
  const ana = await newPhone(server.url, 'Ana Lind', { keepsApp: true });
  await ana.start();
  await ana.installed();
  const manifest = await ana.page.evaluate(async () => {
    const link = document.querySelector<HTMLLinkElement>('link[rel=manifest]');
    const answer = await fetch(link?.href ?? '');
    return { type: answer.headers.get('content-type'), body: await answer.json() };
  });
  expect(manifest.type).toContain('application/manifest+json');
  expect(manifest.body).toMatchObject({ start_url: '/', display: 'standalone', name: 'Logline' });
  for (const { src, type } of manifest.body.icons) {
    const icon = await fetch(new URL(src, server.url));
    expect([icon.status, icon.headers.get('content-type')]).toEqual([200, type]);
  }
  await server.stop();
  await ana.page.goto('/');
  await expectPage(ana.page.getByRole('heading', { name: 'Active now' })).toBeVisible();
  expect(
    await ana.page.evaluate(() =>
      document.fonts.ready.then(() => document.fonts.check('16px Inter')),
    ),
  ).toBe(true);
});

test('[P2] a new version waits, is offered, and is taken only when asked; drafts stay', async () => {
  const clientDir = newFolder();
  cpSync(CLIENT_DIR, clientDir, { recursive: true });
  const server = await startServer({}, clientDir);
  const ana = await newPhone(server.url, 'Ana Lind', { keepsApp: true });
  await ana.start();
  await ana.installed();
  await ana.page.evaluate(() => document.body.setAttribute('data-loaded', 'once'));

  const worker = join(clientDir, 'service-worker.js');
  appendFileSync(worker, '\n// the next version');
  rmSync(`${worker}.br`);
  rmSync(`${worker}.gz`);
  await server.stop();
  await server.start();
  await ana.page.evaluate(async () => {
    await (await navigator.serviceWorker.ready).update();
  });
  await expectPage(ana.page.getByText('A new version is ready')).toBeVisible();
  expect(await ana.page.getAttribute('body', 'data-loaded')).toBe('once');

  await ana.page.getByRole('button', { name: 'Declare incident' }).click();
  await ana.page.getByLabel('Title').fill('Half a title');
  await ana.page.getByRole('button', { name: 'Close' }).click();
  const reloaded = ana.page.waitForEvent('load');
  await ana.page.getByRole('button', { name: 'Update' }).click();
  await reloaded;
  await expectPage(ana.page.getByText('A new version is ready')).toHaveCount(0);
  expect(await ana.page.getAttribute('body', 'data-loaded')).toBeNull();
  await ana.page.getByRole('button', { name: 'Declare incident' }).click();
  await expectPage(ana.page.getByLabel('Title')).toHaveValue('Half a title');
});

test('[P5] a tab left open over a new release runs on, opens what it had not loaded, and keeps what is half-written', async () => {
  const clientDir = newFolder();
  cpSync(CLIENT_DIR, clientDir, { recursive: true });
  const next = buildNextRelease();
  const server = await startServer({}, clientDir);
  const ana = await newPhone(server.url, 'Ana Lind', { keepsApp: true });
  await ana.start();
  await ana.declare('Card payments failing, EU');
  await ana.installed();

  // Two tabs of release 1 that never found the time to load their sheets.
  await ana.context.addInitScript(() => {
    window.requestIdleCallback = () => 0;
  });
  await ana.page.reload();
  await expectPage(ana.line('You declared it.')).toBeVisible();
  const other = await ana.context.newPage();
  await other.goto('/');
  await expectPage(other.getByRole('heading', { name: 'Active now' })).toBeVisible();
  const loadedSheets = (page: typeof other) =>
    page.evaluate(() =>
      performance.getEntriesByType('resource').filter(({ name }) => name.includes('/sheets-')),
    );
  for (const page of [ana.page, other]) {
    await page.evaluate(() => document.body.setAttribute('data-release', '1'));
    expect(await loadedSheets(page)).toEqual([]);
  }

  await server.stop();
  const sheetsOf = (folder: string) =>
    readdirSync(join(folder, 'assets')).find((name) => /^sheets-.*\.js$/.test(name));
  const sheets = sheetsOf(clientDir);
  cpSync(await next, clientDir, { recursive: true });
  for (const name of readdirSync(join(clientDir, 'assets'))) {
    if (!existsSync(join(await next, 'assets', name))) rmSync(join(clientDir, 'assets', name));
  }
  expect(sheetsOf(clientDir)).not.toBe(sheets);
  await server.start();

  await ana.page.evaluate(async () => {
    await (await navigator.serviceWorker.ready).update();
  });
  for (const page of [ana.page, other]) {
    await expectPage(page.getByText('A new version is ready')).toBeVisible();
  }
  await ana.page.getByLabel('What do you see?').fill('Half a line');
  await ana.draftKept('Half a line');
  await ana.page.getByRole('button', { name: 'More kinds' }).click();
  await expectPage(
    ana.page.getByRole('dialog', { name: 'Kind of line', exact: true }),
  ).toBeVisible();
  await ana.page.getByRole('button', { name: 'Close' }).click();
  expect(await ana.page.getAttribute('body', 'data-release')).toBe('1');

  const reloaded = ana.page.waitForEvent('load');
  await ana.page.getByRole('button', { name: 'Update' }).click();
  await reloaded;
  await expectPage(ana.page.getByLabel('What do you see?')).toHaveValue('Half a line');
  await expectPage(ana.page.getByText('A new version is ready')).toHaveCount(0);
  await ana.page.getByRole('button', { name: 'More kinds' }).click();
  await expectPage(
    ana.page.getByRole('dialog', { name: 'Kind of the line', exact: true }),
  ).toBeVisible();

  // Neither the worker of release 2 nor the browser has the parts of release 1; the server still does.
  const session = await ana.context.newCDPSession(other);
  await session.send('Network.clearBrowserCache');
  await expect
    .poll(() =>
      other.evaluate(
        async (part) => (await caches.match(part, { ignoreSearch: true })) === undefined,
        `/assets/${sheets}`,
      ),
    )
    .toBe(true);
  expect(await other.getAttribute('body', 'data-release')).toBe('1');
  expect(await loadedSheets(other)).toEqual([]);
  await other.getByRole('button', { name: 'You and settings' }).click();
  await expectPage(
    other.getByRole('dialog', { name: 'You and this phone', exact: true }),
  ).toBeVisible();
  await other.getByRole('button', { name: 'Update now' }).click();
  await expectPage(
    other.getByRole('dialog', { name: 'You and this device', exact: true }),
  ).toBeVisible();
  expect(ana.errors).toEqual([]);
});

test('[P4] on plain http from another machine everything but installing works, and one line says what is missing', async () => {
  const server = await startServer({ LOGLINE_OPEN: 'yes' }, CLIENT_DIR);
  const ana = await newPhone(`http://logline.lan:${new URL(server.url).port}`, 'Ana Lind');
  await ana.start();
  await expectPage(ana.page.getByText('No https at this address')).toBeVisible();
  await ana.declare('Card payments failing, EU');
  await ana.log('Every error is a pool timeout');
  await ana.sent();
  await ana.page.getByRole('button', { name: 'Invite' }).click();
  await ana.page.getByRole('button', { name: 'Copy link' }).click();
  await expectPage(ana.page.getByText('This browser does not let the app copy.')).toBeVisible();
  expect(ana.errors).toEqual([]);
});
