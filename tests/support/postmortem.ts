/** The draft as a person works with it. */

import type { Locator } from 'playwright';
import { expectPage, type Phone } from './phones.ts';

export type DraftPage = {
  section(title: string): Locator;
  /** What people write below the statements of a section. */
  prose(title: string): Locator;
  /** The statements of a section, as they read. */
  statements(title: string): Locator;
  openStatement(text: string): Promise<Locator>;
  /** Waits until everything written into the draft is on the server, or on this phone's disk. */
  saved(where: 'Saved' | 'On this phone'): Promise<void>;
  openExport(): Promise<Locator>;
  download(): Promise<string>;
};

/** By the button that shows once it is resolved. */
export async function promote(phone: Phone): Promise<DraftPage> {
  await phone.page.getByRole('link', { name: 'Write the postmortem' }).click();
  return openedDraft(phone);
}

export async function openDraft(phone: Phone): Promise<DraftPage> {
  await phone.page.goto(
    `${new URL(phone.page.url()).pathname.replace(/\/postmortem$/, '')}/postmortem`,
  );
  return openedDraft(phone);
}

async function openedDraft(phone: Phone): Promise<DraftPage> {
  const section = (title: string): Locator =>
    phone.page.getByRole('region', { name: title, exact: true });
  await expectPage(section('Summary')).toBeVisible();
  const openExport = async (): Promise<Locator> => {
    await phone.page.getByRole('button', { name: 'Export', exact: true }).first().click();
    const sheet = phone.page.getByRole('dialog', { name: 'Export as Markdown' });
    await expectPage(sheet).toBeVisible();
    return sheet;
  };
  return {
    section,
    prose: (title) => section(title).getByRole('textbox'),
    statements: (title) => section(title).locator('.statement'),
    async openStatement(text) {
      await phone.page.getByRole('button', { name: text }).first().click();
      const sheet = phone.page.getByRole('dialog');
      await expectPage(sheet).toBeVisible();
      return sheet;
    },
    saved: (where) =>
      expectPage(phone.page.locator('.pm-place')).toHaveText(where, { timeout: 40_000 }),
    openExport,
    async download() {
      const sheet = await openExport();
      const [file] = await Promise.all([
        phone.page.waitForEvent('download'),
        sheet.getByRole('button', { name: 'Download' }).click(),
      ]);
      const chunks: Buffer[] = [];
      for await (const chunk of await file.createReadStream()) chunks.push(chunk);
      await sheet.getByRole('button', { name: 'Close' }).click();
      return Buffer.concat(chunks).toString('utf8');
    },
  };
}
