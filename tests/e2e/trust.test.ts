import { describe, expect, test } from 'vitest';
import { BARRIER_TYPE } from '../../shared/protocol/frames.ts';
import { encodeLogRows } from '../../shared/protocol/log-rows.ts';
import { CLIENT_DIR, expectPage, newPhone, type Phone, useBrowser } from '../support/phones.ts';
import { startServer } from '../support/server.ts';

useBrowser();

const SEVEN_MINUTES = 7 * 60_000;

async function bring(phone: Phone, other: Phone): Promise<void> {
  await phone.start();
  await phone.page.goto(other.page.url());
  await expectPage(phone.page.getByRole('log', { name: 'Timeline' })).toBeVisible();
}

describe('what the marks say', () => {
  test('[L2b] a line says how many others have seen it, after a reload too, and not before they looked', async () => {
    const server = await startServer({}, CLIENT_DIR);
    const ana = await newPhone(server.url, 'Ana Lind');
    await ana.start();
    await ana.declare();
    await ana.log('Pool size is 20');
    await ana.sent();
    const seenBy = ana.line('Pool size is 20').locator('.seen-by');
    await expectPage(seenBy).toHaveCount(0);

    const bo = await newPhone(server.url, 'Bo');
    await bring(bo, ana);
    await expectPage(seenBy).toHaveText('1');
    const chen = await newPhone(server.url, 'Chen');
    await bring(chen, ana);
    await expectPage(seenBy).toHaveText('2');

    await ana.page.reload();
    await expectPage(seenBy).toHaveText('2');
    const sheet = await ana.openLine('Pool size is 20');
    await expectPage(sheet.getByText('On the server. Seen by 2 others.')).toBeVisible();
    await ana.page.keyboard.press('Escape');
    await server.stop();
    await ana.log('Written alone');
    await expectPage(ana.line('Written alone').locator('.seen-by')).toHaveCount(0);
    await server.start();
    await expectPage(ana.line('Written alone').locator('.seen-by')).toHaveText('2', {
      timeout: 40_000,
    });
  });
});

describe('versions', () => {
  test('[L2c] a line says who changed what, when, before and after; going back is a change like any other', async () => {
    const server = await startServer({}, CLIENT_DIR);
    const ana = await newPhone(server.url, 'Ana Lind');
    await ana.start();
    await ana.declare();
    await ana.log('Pool size is 20');
    await ana.sent();
    const bo = await newPhone(server.url, 'Bo');
    await bring(bo, ana);
    const boSheet = await bo.openLine('Pool size is 20');
    await boSheet.getByLabel('Text of the line').fill('Pool size was 20');
    await boSheet.getByRole('button', { name: 'One minute earlier' }).click();
    await boSheet.getByRole('button', { name: 'Close' }).click();
    await bo.sent();

    await expectPage(ana.line('Pool size was 20')).toBeVisible();
    const sheet = await ana.openLine('Pool size was 20');
    await sheet.getByRole('button', { name: 'All versions' }).click();
    const versions = ana.page.getByRole('dialog', { name: 'Versions of this line' });
    const [newest, first] = [
      versions.getByRole('listitem').first(),
      versions.getByRole('listitem').last(),
    ];
    await expectPage(newest).toContainText('Bo');
    await expectPage(newest.locator('del')).toHaveText('is ');
    await expectPage(newest.locator('ins')).toHaveText('was ');
    await expectPage(newest.getByText('→')).toBeVisible();
    await expectPage(newest.getByText('This is how it is now.')).toBeVisible();
    await first.getByRole('button', { name: 'Go back to this' }).click();
    await expectPage(ana.line('Pool size is 20')).toBeVisible();
    await expectPage(bo.line('Pool size is 20')).toBeVisible();
    await ana.page.getByRole('dialog').getByRole('button', { name: 'All versions' }).click();
    await expectPage(versions.getByRole('listitem')).toHaveCount(3);
    expect([...ana.errors, ...bo.errors]).toEqual([]);
  });

  test('[L2c] [L2d] [L2h] a section has them too, and goes back on both phones; without the server they say that they come from it', async () => {
    const server = await startServer({}, CLIENT_DIR);
    const ana = await newPhone(server.url, 'Ana Lind');
    await ana.start();
    await ana.declare();
    await ana.log('Pool size is 20');
    await ana.page.goto(`${ana.page.url().split('?')[0]}/postmortem`);
    const field = ana.page.getByLabel('Summary, in your words');
    await field.fill('The pool was too small.');
    await ana.page.getByRole('button', { name: 'Versions of “Summary”' }).click();
    const versions = ana.page.getByRole('dialog', { name: /Versions of/ });
    await expectPage(versions.getByText('This is how it is now.')).toBeVisible();
    await versions.getByRole('button', { name: 'Close' }).click();

    const bo = await newPhone(server.url, 'Bo');
    await bo.start();
    await bo.page.goto(ana.page.url());
    const boField = bo.page.getByLabel('Summary, in your words');
    await expectPage(boField).toHaveValue('The pool was too small.');
    await boField.fill('The pool was far too small.');
    await expectPage(field).toHaveValue('The pool was far too small.');
    await ana.page.getByRole('button', { name: 'Versions of “Summary”' }).click();
    await expectPage(versions.getByRole('listitem').first()).toContainText('Bo');
    await expectPage(versions.locator('ins')).toHaveText(['far ']);
    await versions.getByRole('button', { name: 'Go back to this' }).click();
    await expectPage(field).toHaveValue('The pool was too small.');
    await expectPage(boField).toHaveValue('The pool was too small.');
    await server.stop();
    await ana.page.getByRole('button', { name: 'Versions of “Summary”' }).click();
    await expectPage(versions.getByText(/the server cannot be reached now/)).toBeVisible();
    expect(ana.errors).toEqual([]);
  });
});

describe('a log that cannot be read', () => {
  test('[L2f] is said to be so, and the line stays as it is', async () => {
    const server = await startServer({}, CLIENT_DIR);
    const ana = await newPhone(server.url, 'Ana Lind');
    await ana.start();
    await ana.declare();
    await ana.log('Pool size is 20');
    await ana.sent();
    const damaged = { position: 1, at: 1, person: '', device: '', isRelayed: false };
    const body = Buffer.from(encodeLogRows([{ ...damaged, bytes: new Uint8Array([7, 7, 7]) }]));
    await ana.page.route('**/history', (route) => route.fulfill({ body }));
    const sheet = await ana.openLine('Pool size is 20');
    await sheet.getByRole('button', { name: 'All versions' }).click();
    const versions = ana.page.getByRole('dialog', { name: 'Versions of this line' });
    await expectPage(versions.getByText(/log could not be read/)).toBeVisible();
    await versions.getByRole('button', { name: 'Close' }).click();
    await expectPage(ana.line('Pool size is 20')).toBeVisible();
    expect(ana.errors).toEqual([]);
  });
});

describe('a phone that is seven minutes slow', () => {
  test('[T4e] is told so once; its lines stand where they belong on every phone, and say what it showed', async () => {
    const server = await startServer({}, CLIENT_DIR);
    const ana = await newPhone(server.url, 'Ana Lind');
    await ana.start();
    await ana.declare();
    await ana.log('First, by a right clock');

    const bo = await newPhone(server.url, 'Bo');
    await bo.context.addInitScript(slowDown, SEVEN_MINUTES);
    await bring(bo, ana);
    await expectPage(bo.page.getByText(/This phone’s clock is 7 min slow/)).toBeVisible();
    await bo.log('Second, by a slow clock');
    await bo.sent();
    await expectPage(ana.line('Second, by a slow clock')).toBeVisible();
    await ana.log('Third, by a right clock');
    await expectPage(bo.line('Third, by a right clock')).toBeVisible();

    // Uncorrected it would stand seven minutes before the first.
    const order = ['First, by a right clock', 'Second, by a slow clock'];
    for (const phone of [ana, bo]) {
      const story = await phone.story();
      expect(story.filter((line) => order.includes(line))).toEqual(order);
      const sheet = await phone.openLine('Second, by a slow clock');
      await expectPage(
        sheet.getByText(/The phone’s clock was 7 min slow\. It showed \d\d:\d\d:\d\d/),
      ).toBeVisible();
      await phone.page.keyboard.press('Escape');
      const right = await phone.openLine('Third, by a right clock');
      await expectPage(right.getByText(/clock was/)).toHaveCount(0);
      await phone.page.keyboard.press('Escape');
    }
  });

  test('[T4k] shows how long it lasts by the server’s clock, in the incident and at home', async () => {
    const server = await startServer({}, CLIENT_DIR);
    const ana = await newPhone(server.url, 'Ana Lind');
    await ana.start();
    await ana.declare();
    await ana.sent();
    const bo = await newPhone(server.url, 'Bo');
    await bo.context.addInitScript(slowDown, SEVEN_MINUTES);
    await bring(bo, ana);
    await expectPage(bo.page.getByText(/This phone’s clock is 7 min slow/)).toBeVisible();
    await expectPage(bo.page.getByRole('timer')).toHaveText(/^T\+0:0[01]:\d\d$/);
    await bo.page.goto('/');
    await expectPage(bo.page.locator('.card-elapsed')).toHaveText(/^T\+0:0[01]$/);
  });

  test('[T4j] is named in the log, for ears too; a time set by hand is not said to be corrected', async () => {
    const server = await startServer({}, CLIENT_DIR);
    const bo = await newPhone(server.url, 'Bo');
    await bo.context.addInitScript(slowDown, SEVEN_MINUTES);
    await bo.start();
    await bo.declare();
    await expectPage(bo.page.getByText(/This phone’s clock is 7 min slow/)).toBeVisible();
    await bo.log('By a slow clock');
    await bo.mark('Mitigated');
    await bo.sent();
    const ana = await newPhone(server.url, 'Ana Lind');
    await bring(ana, bo);
    for (const phone of [ana, bo]) {
      for (const words of ['By a slow clock', 'Mitigated']) {
        const row = phone.line(words);
        await expectPage(row.getByText('clock 7 min slow')).toBeVisible();
        await expectPage(row.getByRole('link').first()).toHaveAccessibleName(
          /By a clock that was 7 min slow, corrected/,
        );
      }
    }
    const sheet = await ana.openLine('By a slow clock');
    await sheet.getByRole('button', { name: /Change time/ }).click();
    await sheet.getByRole('button', { name: 'Exact', exact: true }).click();
    await sheet.getByLabel('Time', { exact: true }).fill('02:44');
    await sheet.getByLabel('Time', { exact: true }).blur();
    await expectPage(sheet.getByText(/7 min slow.+; the time here was set by hand/)).toBeVisible();
    await ana.page.keyboard.press('Escape');
    await expectPage(ana.line('By a slow clock').getByText('clock 7 min slow')).toHaveCount(0);
    await expectPage(ana.line('Mitigated').getByText('clock 7 min slow')).toBeVisible();
  });
});

describe('a clock that is set ahead while the app is open', () => {
  test.for([
    ['a line is written', (phone: Phone) => phone.log('Written by a clock that was set')],
    ['somebody comes back', (phone: Phone) => phone.page.evaluate(comeBack)],
  ] as const)('[T4i] it is measured again as soon as %s', async ([, act]) => {
    const server = await startServer({}, CLIENT_DIR);
    const ana = await newPhone(server.url, 'Ana Lind');
    await ana.context.addInitScript(letBeSet);
    const answers = countAnswers(ana);
    await ana.start();
    await ana.declare();
    await ana.log('By a right clock');
    await ana.sent();
    await expect.poll(answers, { timeout: 10_000 }).toBe(4); // the next question by itself is a minute away
    await ana.page.evaluate(setAhead, 10 * SEVEN_MINUTES);
    await act(ana);
    await expectPage(ana.page.getByText(/This phone’s clock is 1 h 10 min fast/)).toBeVisible();
    await ana.log('By a clock that was measured again');
    const sheet = await ana.openLine('By a clock that was measured again');
    await expectPage(sheet.getByText(/clock was 1 h 10 min fast/)).toBeVisible();
    expect(ana.errors).toEqual([]);
  });
});

describe('a clock that is set right while a line is being written', () => {
  test.for([
    ['it is sent', async () => undefined],
    [
      'it is sent after a reload',
      async ({ page }: Phone) => {
        await page.reload();
      },
    ],
  ] as const)('[T2d] the line stands where it was begun, when %s', async ([, act]) => {
    const server = await startServer({}, CLIENT_DIR);
    const bo = await newPhone(server.url, 'Bo');
    await bo.context.addInitScript(letBeSet);
    const answers = countAnswers(bo);
    await bo.start();
    await bo.page.evaluate(setAhead, -SEVEN_MINUTES);
    await bo.declare();
    await expectPage(bo.page.getByText(/This phone’s clock is 7 min slow/)).toBeVisible();
    await expect.poll(answers, { timeout: 10_000 }).toBe(4); // measured as well as it gets
    await bo.log('First, by a slow clock');
    await bo.page.getByLabel('What do you see?').fill('Second, begun by a slow clock');
    await bo.draftKept('Second, begun by a slow clock');
    await bo.page.evaluate(setAhead, 0);
    await act(bo);
    await expectPage(bo.line('First, by a slow clock')).toBeVisible();
    const before = answers();
    await bo.page.evaluate(comeBack);
    await expect.poll(answers, { timeout: 10_000 }).toBeGreaterThan(before);
    await expectPage(bo.page.getByLabel('What do you see?')).toHaveValue(/^Second/);
    await bo.page.getByRole('button', { name: 'Log it' }).click();
    const second = bo.line('Second, begun by a slow clock');
    await expectPage(second.getByText('clock 7 min slow')).toBeVisible();
    const story = await bo.story();
    expect(story.slice(-2)).toEqual(['First, by a slow clock', 'Second, begun by a slow clock']);
    await bo.log('Third, by a right clock');
    await expectPage(bo.line('Third, by a right clock').getByText('clock 7')).toHaveCount(0);
  });
});

/** How often the server told a phone the time. */
function countAnswers(phone: Phone): () => number {
  let count = 0;
  phone.page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => {
      if (typeof payload !== 'string' && payload[0] === BARRIER_TYPE && payload[1] === 3)
        count += 1;
    }),
  );
  return () => count;
}

/** Runs in the page, before the app: a clock that `setAhead` sets. */
function letBeSet(): void {
  const readNow = Date.now;
  Date.now = () => readNow() + Number(Reflect.get(globalThis, 'ahead') ?? 0);
}

/** Runs in the page. */
function setAhead(millis: number): void {
  Reflect.set(globalThis, 'ahead', millis);
}

/** Runs in the page: as when the browser shows it again. */
function comeBack(): void {
  window.dispatchEvent(new Event('pageshow'));
}

/** Runs in the page, before the app: every way to read the time is wrong by the same. */
function slowDown(millis: number): void {
  const RealDate = Date;
  class SlowDate extends RealDate {
    constructor(...parts: unknown[]) {
      if (parts.length === 0) super(RealDate.now() - millis);
      else super(...(parts as []));
    }
    static override now(): number {
      return RealDate.now() - millis;
    }
  }
  globalThis.Date = SlowDate as DateConstructor;
}
