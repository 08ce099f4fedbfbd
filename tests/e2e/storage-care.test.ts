import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createIncidentDoc } from '../../shared/doc/incident-doc.ts';
import { CLIENT_DIR, expectPage, newPhone, type Phone, useBrowser } from '../support/phones.ts';
import { startServer } from '../support/server.ts';

useBrowser();

async function anaAlone(): Promise<Phone> {
  const server = await startServer({}, CLIENT_DIR);
  const ana = await newPhone(server.url, 'Ana Lind', { keepsApp: true });
  await ana.start();
  await ana.installed();
  await ana.declare('Card payments failing, EU');
  await ana.sent();
  await server.stop();
  await ana.log('Every error is a pool timeout');
  return ana;
}

async function savedFile(ana: Phone): Promise<unknown> {
  const download = ana.page.waitForEvent('download');
  await ana.page.getByRole('button', { name: 'Save as a file' }).click();
  return JSON.parse(readFileSync(await (await download).path(), 'utf8'));
}

function textsIn(file: unknown): readonly string[] {
  const update = typeof file === 'object' && file && 'update' in file ? String(file.update) : '';
  const doc = createIncidentDoc();
  doc.apply(new Uint8Array(Buffer.from(update, 'base64')), 'remote');
  return doc.read.timeline().map((entry) => entry.text);
}

test('[S20] what is not on the server can be kept as text and as a file', async () => {
  const ana = await anaAlone();
  await ana.page.getByRole('button', { name: /Incident details/ }).click();
  await ana.page.getByRole('button', { name: 'Keep a copy of what is not sent yet' }).click();
  const sheet = ana.page.getByRole('dialog', { name: 'Keep a copy' });
  await expectPage(sheet.getByLabel('The lines as text')).toHaveValue(
    /Ana Lind {2}Observation: Every error is a pool timeout/,
  );
  await ana.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await sheet.getByRole('button', { name: 'Copy the text' }).click();
  await expectPage(sheet.getByText('Done.')).toBeVisible();
  expect(await ana.page.evaluate(() => navigator.clipboard.readText())).toContain('pool timeout');
  const file = await savedFile(ana);
  expect(file).toMatchObject({
    title: 'Card payments failing, EU',
    lines: [{ kind: 'observation', text: 'Every error is a pool timeout', name: 'Ana Lind' }],
  });
  expect(textsIn(file)).toContain('Every error is a pool timeout');
  expect(ana.errors).toEqual([]);
});

test('[S20] also when the server has refused this phone for good', async () => {
  const server = await startServer({}, CLIENT_DIR);
  const ana = await newPhone(server.url, 'Ana Lind');
  await ana.page.routeWebSocket(/\/sync\//, (socket) => socket.close({ code: 4409 }));
  await ana.start();
  await ana.declare();
  await ana.log('Written all the same');
  await expectPage(ana.page.getByText(/carries the mark of another device/)).toBeVisible();
  await ana.page.getByRole('button', { name: 'Keep a copy' }).click();
  await expectPage(ana.page.getByLabel('The lines as text')).toHaveValue(/Written all the same/);
  expect(textsIn(await savedFile(ana))).toContain('Written all the same');
});

test('[S32] where only the title, a section or other words wait, they are named and in the copy', async () => {
  const server = await startServer({}, CLIENT_DIR);
  const ana = await newPhone(server.url, 'Ana Lind', { keepsApp: true });
  await ana.start();
  await ana.installed();
  await ana.declare();
  await ana.log('Pool size is 20');
  await ana.sent();
  const address = ana.page.url().split('?')[0] ?? '';
  await ana.page.goto(`${address}/postmortem`);
  const field = ana.page.getByLabel('Summary, in your words');
  await expectPage(field).toBeVisible();
  await server.stop();
  await field.fill('The pool was too small.');
  await ana.page
    .getByRole('link', { name: /Timeline|Back/ })
    .first()
    .click();
  await ana.page.getByRole('button', { name: /Incident details/ }).click();
  await ana.page.getByRole('button', { name: 'Keep a copy of what is not sent yet' }).click();
  const sheet = ana.page.getByRole('dialog', { name: 'Keep a copy' });
  await expectPage(
    sheet.getByText(/written into the draft, is not on the server yet/),
  ).toBeVisible();
  await expectPage(sheet.getByLabel('The lines as text')).toHaveValue(/The pool was too small\./);
  expect(await savedFile(ana)).toMatchObject({ prose: { summary: 'The pool was too small.' } });
});

test.for([
  [4409, /carries the mark of another device/],
  [1009, /more to send at once than the server takes/],
  [4499, /for a reason that this version of the app does not know/],
] as const)(
  '[S33] [S34] refused for good with %d, nothing is said to be sent, and it is said where to see why',
  async ([code, why]) => {
    const server = await startServer({}, CLIENT_DIR);
    const ana = await newPhone(server.url, 'Ana Lind');
    await ana.page.routeWebSocket(/\/sync\//, (socket) => socket.close({ code }));
    await ana.start();
    await ana.declare();
    await ana.log('Written all the same');
    await expectPage(ana.page.getByText(why)).toBeVisible();
    await expectPage(ana.page.getByText(/Sends itself|send themselves/)).toHaveCount(0);
    await ana.page.goto('/');
    await expectPage(
      ana.page.getByText(/not taken by the server\. Open the incident/),
    ).toBeVisible();
  },
);

test('[S21] the browser is asked to keep the storage once there is something to keep', async () => {
  const server = await startServer({}, CLIENT_DIR);
  const ana = await newPhone(server.url, 'Ana Lind');
  await ana.page.addInitScript(() => {
    let isKept = false;
    navigator.storage.persist = async () => {
      isKept = true;
      return true;
    };
    navigator.storage.persisted = async () => isKept;
  });
  await ana.start();
  const you = ana.page.getByRole('button', { name: 'You and settings' });
  await you.click();
  await expectPage(ana.page.getByText(/The browser may clear what is stored here/)).toBeVisible();
  await ana.page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await ana.declare();
  await ana.log('Something to keep');
  await ana.sent();
  await ana.page.getByRole('link', { name: 'All incidents' }).click();
  await you.click();
  await expectPage(ana.page.getByText(/The browser keeps what is stored here/)).toBeVisible();
  await expectPage(ana.page.getByText(/MB used/)).toBeVisible();
  await expectPage(ana.page.getByText('Every line of this phone is on the server.')).toBeVisible();
});

test('[S22] storage that the browser threw away is noticed and said, with how many lines were nowhere else', async () => {
  const ana = await anaAlone();
  await ana.kept();
  await ana.page.goto('/');
  // Once the app knows what waits, it has made a note of it elsewhere.
  await expectPage(ana.page.getByText(/Offline, 1 line waiting|Sending 1 line/)).toBeVisible();
  await ana.page.evaluate(async () => {
    for (const { name } of await indexedDB.databases()) if (name) indexedDB.deleteDatabase(name);
  });
  await ana.page.reload();
  await ana.page.getByLabel('Your name in the log').fill('Ana Lind');
  await ana.page.getByRole('button', { name: 'Start' }).click();
  await expectPage(ana.page.getByText('The browser cleared this phone’s storage')).toBeVisible();
  await expectPage(ana.page.getByText(/^1 line had not reached the server/)).toBeVisible();
  await ana.page.getByRole('button', { name: 'Understood' }).click();
  await ana.page.reload();
  await expectPage(ana.page.getByRole('heading', { name: 'Active now' })).toBeVisible();
  await expectPage(ana.page.getByText('The browser cleared this phone’s storage')).toHaveCount(0);
});

test('[S23] what could not be read is counted in the settings, saved as a file, and deleted when asked', async () => {
  const server = await startServer({}, CLIENT_DIR);
  const ana = await newPhone(server.url, 'Ana Lind');
  await ana.start();
  await ana.page.evaluate(async () => {
    const open = indexedDB.open('logline');
    await new Promise((resolve) => open.addEventListener('success', resolve));
    const writing = open.result.transaction('quarantine', 'readwrite');
    const value = { bytes: new Uint8Array([9, 9]) };
    writing.objectStore('quarantine').add({ doc: 'x', position: 1, reason: 'checksum', value });
    await new Promise((resolve) => writing.addEventListener('complete', resolve));
    open.result.close();
  });
  await ana.page.getByRole('button', { name: 'You and settings' }).click();
  await expectPage(ana.page.getByText(/1 stored piece could not be read/)).toBeVisible();
  const download = ana.page.waitForEvent('download');
  await ana.page.getByRole('button', { name: 'Save them as a file' }).click();
  expect(JSON.parse(readFileSync(await (await download).path(), 'utf8'))).toMatchObject([
    { reason: 'checksum', value: { bytes: [9, 9] } },
  ]);
  await ana.page.getByRole('button', { name: 'Delete them' }).click();
  await expectPage(ana.page.getByText(/could not be read/)).toHaveCount(0);
});

test('[L4m] what the socket had no time for goes by itself when the page is put aside', async () => {
  const server = await startServer({}, CLIENT_DIR);
  const ana = await newPhone(server.url, 'Ana Lind');
  // A socket that opens and then carries nothing, as on a network that is about to go.
  await ana.page.routeWebSocket(/\/sync\//, () => undefined);
  await ana.start();
  await ana.declare('Card payments failing, EU');
  await ana.log('Written in the last moment');
  const address = ana.page.url();
  const posted = ana.page.waitForResponse(/\/api\/incidents\/[^/]+\/updates$/);
  await ana.page.evaluate(() => window.dispatchEvent(new Event('pagehide')));
  expect((await posted).status()).toBe(200);

  const bo = await newPhone(server.url, 'Bo');
  await bo.start();
  await bo.page.goto(address);
  await expectPage(bo.line('Written in the last moment')).toBeVisible();
});
