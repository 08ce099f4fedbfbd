import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { backUp, restore } from '../../server/storage/backup.ts';
import { newFolder } from '../support/folder.ts';
import { waitOnDisk } from '../support/on-disk.ts';
import { CLIENT_DIR, expectPage, newPhone, useBrowser } from '../support/phones.ts';
import { startServer } from '../support/server.ts';

useBrowser();

test('[N58] what a restored server lost comes back from a phone that only shows its home screen', async () => {
  const server = await startServer({}, CLIENT_DIR);
  const file = join(newFolder(), 'copy.sqlite');
  const ana = await newPhone(server.url, 'Ana Lind');
  await ana.start();
  await ana.declare();
  await ana.log('Pool size is 20');
  await ana.sent();
  backUp(server.dataDir, file);
  await ana.log('After the backup');
  await ana.sent();
  const address = ana.page.url();

  const bo = await newPhone(server.url, 'Bo');
  await bo.start();
  await bo.page.goto(address);
  await expectPage(bo.line('After the backup')).toBeVisible();
  await bo.log('Bo wrote this after it too');
  await bo.sent();
  await waitOnDisk(bo.page, 'updates', 'After the backup');
  await waitOnDisk(bo.page, 'updates', 'Bo wrote this after it too');
  await bo.page.goto('/');
  await expectPage(bo.page.getByRole('heading', { name: 'Active now' })).toBeVisible();
  await ana.context.close(); // her phone is gone, and her lines are on Bo’s

  for (const round of [1, 2]) {
    await server.stop();
    restore(server.dataDir, file, Date.now());
    await server.start();
    const newcomer = await newPhone(server.url, `Newcomer ${round}`);
    await newcomer.start();
    await newcomer.page.goto(address);
    for (const words of ['Pool size is 20', 'After the backup', 'Bo wrote this after it too']) {
      await expectPage(newcomer.line(words)).toBeVisible({ timeout: 40_000 });
    }
    await newcomer.context.close();
  }
  expect(bo.errors).toEqual([]);
  rmSync(file);
});
