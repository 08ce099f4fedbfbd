import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { encodeUpdate } from '../../shared/protocol/frames.ts';
import { CLIENT_DIR, expectPage, newPhone, type Phone, useBrowser } from '../support/phones.ts';
import { createRandom } from '../support/random.ts';
import { startServer, type TestServer } from '../support/server.ts';

useBrowser();

async function declared(server: TestServer): Promise<Phone> {
  const ana = await newPhone(server.url, 'Ana Lind');
  await ana.start();
  await ana.declare('Card payments failing, EU');
  return ana;
}

describe('bad input', () => {
  test('[C2i] ten megabytes pasted stay a draft, are offered as a file, and survive a reload', async () => {
    const server = await startServer({}, CLIENT_DIR);
    const ana = await declared(server);
    await ana.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await ana.page.evaluate(() => navigator.clipboard.writeText('timeout '.repeat(1_310_720)));
    await ana.page.getByLabel('What do you see?').focus();
    await ana.page.keyboard.press('ControlOrMeta+v');
    const note = ana.page.getByText('This is 10 MiB; one line holds 64 KiB.');
    await expectPage(note).toBeVisible();
    expect(await ana.story()).toHaveLength(3);

    const downloading = ana.page.waitForEvent('download');
    await ana.page.getByRole('button', { name: 'Save as a file' }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe('Card payments failing, EU.txt');
    expect((await readFile(await download.path())).length).toBe(10 * 1024 * 1024);

    await ana.page.reload();
    await expectPage(note).toBeVisible();
    await ana.page.getByRole('button', { name: 'Cut to fit' }).click();
    await expectPage(note).toHaveCount(0);
    await ana.page.getByRole('button', { name: 'Log it' }).click();
    await expectPage(ana.line('timeout timeout')).toBeVisible();
    await ana.sent();
    expect(ana.errors).toEqual([]);
  });

  test('[C2j] odd text is shown as it is: nothing runs, nothing breaks out, nothing overflows', async () => {
    const server = await startServer({}, CLIENT_DIR);
    const ana = await declared(server);
    const texts = [
      '<script>window.ran = true</script><img src=x onerror="window.ran = true">',
      'שלום \u202eabc\u202c 123 مرحبا',
      'family 👩‍👩‍👧‍👦 flag 🏴󠁧󠁢󠁥󠁮󠁧󠁿 skin 👍🏽',
      'x'.repeat(300),
      '[link](javascript:window.ran=1) `code <b>` **bold <i>**',
    ];
    for (const text of texts.slice(0, 4)) await ana.log(text);
    await ana.page.getByLabel('What do you see?').fill(texts[4] ?? '');
    await ana.page.getByRole('button', { name: 'Log it' }).click();
    await expectPage(ana.line('bold <i>')).toBeVisible();
    await ana.page.getByLabel('What do you see?').fill('a\u0000b\u0007c\u001b[31md');
    await ana.page.getByRole('button', { name: 'Log it' }).click();
    await expectPage(ana.line('abc[31md')).toBeVisible();
    await ana.sent();
    await ana.page.reload();
    const shown = ana.page.locator('.line-text');
    await expect
      .poll(() => shown.allTextContents())
      .toEqual([
        texts[0],
        texts[1],
        texts[2],
        texts[3],
        '[link](javascript:window.ran=1) code <b> bold <i>',
        'abc[31md',
      ]);
    expect(await ana.page.evaluate(() => 'ran' in window)).toBe(false);
    expect(await overflow(ana)).toBeLessThanOrEqual(0);
    const sheet = await ana.openLine('x'.repeat(300));
    await expectPage(sheet.getByLabel('Text of the line')).toHaveValue('x'.repeat(300));
    expect(await overflow(ana)).toBeLessThanOrEqual(0);
    expect(ana.errors).toEqual([]);
  });

  test('[C17d] a title that is too long is refused in words, and can be shortened', async () => {
    const server = await startServer({}, CLIENT_DIR);
    const ana = await newPhone(server.url, 'Ana Lind');
    await ana.start();
    await ana.page.getByRole('button', { name: 'Declare incident' }).click();
    await ana.page.getByLabel('Title').fill('long '.repeat(60));
    await ana.page.getByRole('button', { name: /^Declare SEV/ }).click();
    await expectPage(ana.page.getByText('This title has 299 characters; 200 fit.')).toBeVisible();
    await ana.page.getByLabel('Title').fill('Short');
    await ana.page.getByRole('button', { name: /^Declare SEV/ }).click();
    await expectPage(
      ana.page.getByRole('button', { name: 'Short. Incident details' }),
    ).toBeVisible();
  });

  test('[S13] a damaged row is kept aside and said; the rest is there, and the server fills the gap', async () => {
    const server = await startServer({}, CLIENT_DIR);
    const ana = await declared(server);
    await ana.log('First');
    await ana.log('Second');
    await ana.sent();
    await ana.page.goto('/');
    await ana.page.evaluate(damageLastUpdate);
    await ana.page.getByRole('link', { name: /Card payments failing/ }).click();
    await expectPage(ana.page.getByText('A stored piece could not be read')).toBeVisible();
    await expectPage(ana.line('First')).toBeVisible();
    await expectPage(ana.line('Second')).toBeVisible();
    expect(await ana.page.evaluate(countQuarantine)).toBe(1);
    expect(ana.errors).toEqual([]);
  });

  test('[N22] an unreadable message from the network changes nothing, is said, and is asked for again', async () => {
    const server = await startServer({}, CLIENT_DIR);
    const ana = await newPhone(server.url, 'Ana Lind');
    let inject = (_frame: Buffer): void => undefined;
    await ana.page.routeWebSocket(/\/sync\//, (socket) => {
      socket.connectToServer();
      inject = (frame) => socket.send(frame);
    });
    await ana.start();
    await ana.declare('Card payments failing, EU');
    await ana.log('Before');
    await ana.sent();
    inject(Buffer.from(encodeUpdate(new Uint8Array([1, 2, 3, 255, 255, 7]))));
    await expectPage(ana.page.getByText('Something unreadable came from the server')).toBeVisible();
    await ana.log('After');
    await ana.sent();
    await expectPage(ana.line('Before')).toBeVisible();
    expect(ana.errors).toEqual([]);
  });

  test('[S14] [S20] a full phone says so loudly, keeps what it could not save, gives it away as a copy, and saves it when there is room', async () => {
    const server = await startServer({}, CLIENT_DIR);
    const ana = await newPhone(server.url, 'Ana Lind', { keepsApp: true });
    const session = await ana.context.newCDPSession(ana.page);
    const { origin } = new URL(server.url);
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 4_000_000 });
    await ana.start();
    await ana.installed();
    await ana.declare('Card payments failing, EU');
    await ana.sent();
    await ana.airplane(true);
    const full = ana.page.getByRole('alert').getByText('This phone is full');
    let lines = 0;
    while (!(await full.isVisible())) {
      expect(lines).toBeLessThan(120);
      lines += 1;
      await ana.log(`line ${lines} ${incompressible(60_000, lines)}`);
    }
    await ana.log('The line that does not fit');
    await expectPage(
      ana.line('The line that does not fit').getByText('Not saved. Keep this page open.'),
    ).toBeVisible();
    await ana.page.getByRole('alert').getByRole('button', { name: 'Keep a copy' }).click();
    const copy = ana.page.getByRole('dialog', { name: 'Keep a copy' });
    await expectPage(copy.getByLabel('The lines as text')).toHaveValue(
      /The line that does not fit/,
    );
    const download = ana.page.waitForEvent('download');
    await copy.getByRole('button', { name: 'Save as a file' }).click();
    expect(readFileSync(await (await download).path(), 'utf8')).toContain(
      'The line that does not fit',
    );
    await copy.getByRole('button', { name: 'Close' }).click();

    await session.send('Storage.overrideQuotaForOrigin', { origin });
    // By itself, or by “Try again” where that is sooner.
    await ana.page
      .getByRole('button', { name: 'Try again' })
      .click({ timeout: 1_000 })
      .catch(() => undefined);
    await expectPage(full).toHaveCount(0, { timeout: 20_000 });
    await expectPage(ana.line('The line that does not fit').getByRole('link')).toHaveAccessibleName(
      /On this phone, not sent yet/,
    );
    await ana.page.reload();
    await expectPage(ana.line('The line that does not fit')).toBeVisible();
    await ana.airplane(false);
    await ana.sent();
    expect(ana.errors).toEqual([]);
  });
});

/** Letters at random: the browser packs what it stores, and a repeated text would hardly take room. */
function incompressible(length: number, seed: number): string {
  const random = createRandom(seed);
  return Array.from({ length }, () => random.below(36).toString(36)).join('');
}

/** How many pixels the page is wider than the screen. */
function overflow(ana: Phone): Promise<number> {
  return ana.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}

async function damageLastUpdate(): Promise<void> {
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('logline');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  await new Promise<void>((resolve, reject) => {
    const transaction = db.transaction('updates', 'readwrite');
    transaction.oncomplete = () => resolve();
    transaction.onerror = () => reject(transaction.error);
    const request = transaction.objectStore('updates').openCursor(null, 'prev');
    request.onsuccess = () => {
      const row = request.result?.value;
      if (row) request.result?.update({ ...row, bytes: new Uint8Array([9, 9, 9]) });
    };
  });
  db.close();
}

async function countQuarantine(): Promise<number> {
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('logline');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return new Promise((resolve, reject) => {
    const request = db.transaction('quarantine').objectStore('quarantine').count();
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
