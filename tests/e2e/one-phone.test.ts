import { describe, expect, test } from 'vitest';
import {
  CLIENT_DIR,
  expectPage,
  LAPTOP,
  newPhone,
  PHONE,
  TALL_PHONE,
  useBrowser,
} from '../support/phones.ts';
import { startServer } from '../support/server.ts';

useBrowser();

for (const screen of [PHONE, TALL_PHONE, LAPTOP]) {
  describe(`on ${screen.width} × ${screen.height}`, () => {
    test('[U1] name, declare, and the live timeline is there', async () => {
      const server = await startServer({}, CLIENT_DIR);
      const ana = await newPhone(server.url, 'Ana Lind', { screen });
      await ana.start();
      await ana.declare('Card payments failing, EU');
      await expectPage(
        ana.page.getByRole('heading', { name: 'Card payments failing, EU' }).first(),
      ).toBeVisible();
      expect(await ana.story()).toEqual([
        'You declared it.',
        'You set it to SEV-2.',
        'You are incident commander.',
      ]);
      await expectPage(ana.page.getByRole('timer')).toHaveText(/T\+0:00:\d\d/);
      expect(ana.errors).toEqual([]);
    });

    test('[C1a] kind, words, send: the line is in the log, in its kind, and on the server', async () => {
      const server = await startServer({}, CLIENT_DIR);
      const ana = await newPhone(server.url, 'Ana Lind', { screen });
      await ana.start();
      await ana.declare();
      await ana.log('Gateway pods healthy');
      await ana.log('Rolled back api to v41', 'action');
      await expectPage(
        ana.line('Rolled back').getByText('Action taken', { exact: true }),
      ).toBeVisible();
      await ana.mark('Mitigated');
      await expectPage(
        ana.page.getByRole('button', { name: /Mitigated. Change status/ }),
      ).toBeVisible();
      await ana.sent();
      await expectPage(ana.page.getByLabel('What do you see?')).toHaveValue('');
      expect(ana.errors).toEqual([]);
    });
  });
}
