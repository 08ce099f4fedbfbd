import { expect, test } from 'vitest';
import { CLIENT_DIR } from '../support/phones.ts';
import { startServer } from '../support/server.ts';
import { hasWebKit, startWebKit, type WebKit } from '../support/webkit.ts';

const isThere = hasWebKit();
if (!isThere) {
  console.warn('WebKit is not tried here: install webkit2gtk-driver and xvfb (Debian) to do so.');
}

/** Until the words are on the screen; a step in between may not be possible yet. */
async function says(page: WebKit, words: string): Promise<void> {
  await expect.poll(() => page.text(), { timeout: 15_000 }).toContain(words);
}

async function eventually(step: () => Promise<void>): Promise<void> {
  await expect.poll(() => step().then(() => 'done', String), { timeout: 15_000 }).toBe('done');
}

test.skipIf(!isThere)(
  '[U6] in WebKit it loads, logs, and survives a reload and the server being down',
  async () => {
    const server = await startServer({}, CLIENT_DIR);
    const page = await startWebKit();
    await page.open(server.url);
    await eventually(() => page.type('input', 'Ana Lind'));
    await page.click('button[type="submit"]');
    await says(page, 'Active now');
    await page.click('.home-dock button');
    await eventually(() =>
      page.type('dialog input[aria-label="Title"]', 'Card payments failing, EU'),
    );
    await page.click('dialog .button.go');
    await says(page, 'You declared it.');
    await page.type('.composer textarea', 'Every error is a pool timeout');
    await page.click('.composer-send');
    await says(page, 'Every error is a pool timeout');
    await page.reload();
    await says(page, 'Every error is a pool timeout');

    await server.stop();
    await says(page, 'Offline since');
    await page.type('.composer textarea', 'Written with the server down');
    await page.click('.composer-send');
    await says(page, 'From here on, only on this phone');
    await server.start();
    await expect.poll(() => page.text(), { timeout: 40_000 }).not.toContain('Offline since');
    await says(page, 'Written with the server down');
    await page.reload();
    await says(page, 'Written with the server down');
  },
);
