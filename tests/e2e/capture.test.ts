import { describe, expect, test } from 'vitest';
import { MINUTE } from '../../shared/domain/time.ts';
import {
  CLIENT_DIR,
  expectPage,
  LAPTOP,
  newPhone,
  PHONE,
  type Phone,
  type PhoneOptions,
  TALL_PHONE,
  useBrowser,
} from '../support/phones.ts';
import { startServer } from '../support/server.ts';

useBrowser();

/** Ana with a declared incident, at 02:44 on a Saturday night in Berlin. */
async function anaAtNight(options: PhoneOptions = {}): Promise<Phone> {
  const server = await startServer({}, CLIENT_DIR);
  const ana = await newPhone(server.url, 'Ana Lind', options);
  await ana.setTime(new Date('2026-11-14T02:44:00+01:00'));
  await ana.start();
  await ana.declare('Card payments failing, EU');
  return ana;
}

const columnClock = (ana: Phone, text: string) => ana.line(text).locator('.line-time time');

describe('the composer', () => {
  test('[T2a] a line happened when its first character came, not when it was sent', async () => {
    const ana = await anaAtNight();
    const field = ana.page.getByLabel('What do you see?');
    await field.fill('P');
    await ana.passTime(3 * MINUTE);
    await field.fill('Pool is full');
    await ana.page.getByRole('button', { name: 'Log it' }).click();
    await expectPage(columnClock(ana, 'Pool is full')).toHaveText('02:44');
  });

  test('[T2b] clearing the text forgets when it began', async () => {
    const ana = await anaAtNight();
    const field = ana.page.getByLabel('What do you see?');
    await field.fill('P');
    await ana.passTime(3 * MINUTE);
    await field.fill('');
    await field.fill('Pool is full');
    await ana.page.getByRole('button', { name: 'Log it' }).click();
    await expectPage(columnClock(ana, 'Pool is full')).toHaveText('02:47');
  });

  test('[T2c] after five idle minutes both times are offered, one tap each', async () => {
    const ana = await anaAtNight();
    await ana.page.getByLabel('What do you see?').fill('Pool is full');
    await expectPage(ana.page.getByRole('group', { name: 'When did it happen?' })).toHaveCount(0);
    await ana.passTime(6 * MINUTE);
    await expectPage(ana.page.getByRole('button', { name: '02:44, when you began' })).toBeVisible();
    await ana.page.getByRole('button', { name: '02:50, now' }).click();
    await ana.page.getByRole('button', { name: 'Log it' }).click();
    await expectPage(columnClock(ana, 'Pool is full')).toHaveText('02:50');
  });

  test('[T3e] five minutes back is one tap, and the log shows where the line will land', async () => {
    const ana = await anaAtNight();
    await ana.page.getByLabel('What do you see?').fill('Pool is full');
    await ana.page.getByRole('button', { name: /^Time of this line/ }).click();
    await ana.page.getByRole('button', { name: '5 minutes ago', exact: true }).click();
    await expectPage(ana.page.getByText('Your line lands here')).toBeVisible();
    await ana.page.getByRole('button', { name: 'One minute earlier' }).click();
    await ana.page.getByRole('button', { name: 'Log it' }).click();
    await expectPage(columnClock(ana, 'Pool is full')).toHaveText('02:38');
    expect((await ana.story())[0]).toBe('Pool is full');
    await expectPage(ana.page.getByText('Your line lands here')).toHaveCount(0);
  });

  test('[T1d] day only and "about" are set in the composer, and shown as what they are', async () => {
    const ana = await anaAtNight();
    const setExactness = async (word: string): Promise<void> => {
      await ana.page.getByRole('button', { name: /^Time of this line/ }).click();
      await ana.page.getByRole('button', { name: 'Exact', exact: true }).click();
      await ana.page.getByText(word, { exact: true }).click();
    };
    await ana.page.getByLabel('What do you see?').fill('Pool is full');
    await setExactness('About 5');
    await ana.page.getByRole('button', { name: 'Log it' }).click();
    await expectPage(columnClock(ana, 'Pool is full')).toHaveText('~02:44');

    await ana.page.getByLabel('What do you see?').fill('Terraform ran');
    await setExactness('Day only');
    await ana.page.getByRole('button', { name: 'Log it' }).click();
    await expectPage(columnClock(ana, 'Terraform ran')).toHaveText('day');
  });

  test('[C3b] the rarer kinds are behind More, and the key shows which one is chosen', async () => {
    const ana = await anaAtNight();
    await ana.page.getByRole('button', { name: 'More kinds' }).click();
    await ana.page
      .getByRole('dialog')
      .getByRole('button', { name: /^Question/ })
      .click();
    await ana.page.getByLabel('What do we need to know?').fill('Who owns the batch?');
    await expectPage(
      ana.page.getByRole('button', { name: 'Question chosen. More kinds' }),
    ).toBeVisible();
    await ana.page.getByRole('button', { name: 'Log it' }).click();
    await expectPage(
      ana.line('Who owns the batch?').getByText('Question', { exact: true }),
    ).toBeVisible();
  });

  test('[C19a] a half-written line, its kind and its time survive leaving, reloading and a killed tab', async () => {
    const ana = await anaAtNight();
    await ana.page.getByRole('radio', { name: 'Decision' }).click();
    const field = () => ana.page.getByLabel('What was decided, and why?');
    await field().fill('Roll back the pool');
    await ana.page.getByRole('link', { name: 'All incidents' }).click();
    await ana.page.getByRole('link', { name: /Card payments failing/ }).click();
    await expectPage(field()).toHaveValue('Roll back the pool');
    await ana.page.reload();
    await expectPage(field()).toHaveValue('Roll back the pool');
    await field().fill('Roll back the pool first');
    await ana.draftKept('Roll back the pool first');
    await ana.killTab();
    await expectPage(field()).toHaveValue('Roll back the pool first');
    await ana.page.getByRole('button', { name: 'Log it' }).click();
    await expectPage(columnClock(ana, 'Roll back the pool first')).toHaveText('02:44');
  });

  test('[C9e] status and severity are two taps away and write their own lines', async () => {
    const ana = await anaAtNight();
    await ana.page.getByRole('button', { name: /Change severity/ }).click();
    await ana.page
      .getByRole('dialog')
      .getByRole('button', { name: /Most customers are stuck/ })
      .click();
    await ana.page.getByRole('button', { name: /Change status/ }).click();
    await ana.page
      .getByRole('dialog')
      .getByRole('button', { name: /^Mitigated/ })
      .click();
    await ana.page.getByRole('button', { name: /Change status/ }).click();
    await ana.page
      .getByRole('dialog')
      .getByRole('button', { name: /^Investigating/ })
      .click();
    await expectPage(ana.line('went back to investigating.')).toBeVisible();
    expect((await ana.story()).slice(3)).toEqual([
      'You set it to SEV-1.',
      expect.stringMatching(/^Mitigated/),
      'You went back to investigating.',
    ]);
  });

  test('[C17c] an untitled incident gets its title later, everywhere', async () => {
    const server = await startServer({}, CLIENT_DIR);
    const ana = await newPhone(server.url, 'Ana Lind');
    await ana.setTime(new Date('2026-11-14T02:44:00+01:00'));
    await ana.start();
    await ana.declare();
    await ana.page
      .getByRole('button', { name: 'Incident of 14 Nov, 02:44. Incident details' })
      .click();
    const sheet = ana.page.getByRole('dialog');
    await sheet.getByLabel('Title').fill('Checkout down');
    await sheet.getByRole('button', { name: 'Close' }).click();
    await expectPage(
      ana.page.getByRole('button', { name: 'Checkout down. Incident details' }),
    ).toBeVisible();
    await ana.page.getByRole('link', { name: 'All incidents' }).click();
    await expectPage(ana.page.getByRole('link', { name: /Checkout down/ })).toBeVisible();
  });
});

describe('the sheet of a line', () => {
  test('[T6f] editing the text never moves the time', async () => {
    const ana = await anaAtNight();
    await ana.log('Pool size may be 20');
    await ana.passTime(20 * MINUTE);
    const sheet = await ana.openLine('Pool size may be 20');
    await sheet.getByLabel('Text of the line').fill('Pool size is 20');
    await sheet.getByRole('button', { name: 'Close' }).click();
    await expectPage(ana.line('Pool size is 20')).toBeVisible();
    await expectPage(columnClock(ana, 'Pool size is 20')).toHaveText('02:44');
    await ana.sent();
    await ana.page.reload();
    await expectPage(ana.line('Pool size is 20')).toBeVisible();
  });

  test.each([PHONE, TALL_PHONE, LAPTOP])(
    '[T3f] steps, minutes back and an exact time move the line; the first time stays in its history, on $width px',
    async (screen) => {
      const ana = await anaAtNight({ screen });
      await ana.log('Rolled back', 'action');
      const sheet = await ana.openLine('Rolled back');
      await sheet.getByRole('button', { name: 'One minute earlier' }).click();
      await expectPage(columnClock(ana, 'Rolled back')).toHaveText('02:43');
      await sheet.getByRole('button', { name: /Change time/ }).click();
      await sheet.getByRole('button', { name: '15 minutes earlier' }).click();
      await expectPage(columnClock(ana, 'Rolled back')).toHaveText('02:28');
      await sheet.getByRole('button', { name: 'Exact', exact: true }).click();
      await sheet.getByLabel('Day', { exact: true }).fill('2026-11-13');
      await sheet.getByLabel('Time', { exact: true }).fill('23:52');
      await sheet.getByLabel('Time', { exact: true }).blur();
      await expectPage(columnClock(ana, 'Rolled back')).toHaveText('23:52');
      await expectPage(sheet.getByText(/First said to be 02:44:\d\d, Sat 14 Nov/)).toBeVisible();
      await expectPage(sheet.getByText('changed its time.')).toBeVisible();
      expect((await ana.story())[0]).toBe('Rolled back');
    },
  );

  test('[T6g] the log is shown in my zone, in UTC or in the incident’s, with the day where it changes', async () => {
    const ana = await anaAtNight();
    await ana.log('Pool is full');
    const days = ana.page.locator('.day');
    await expectPage(days).toHaveText(['Sat 14 Nov']);
    await ana.page.getByRole('button', { name: /Incident details/ }).click();
    const sheet = ana.page.getByRole('dialog');
    await sheet.getByText('UTC', { exact: true }).click();
    await expectPage(sheet.getByText('Now in UTC.')).toBeVisible();
    await sheet.getByRole('button', { name: 'Close' }).click();
    await expectPage(columnClock(ana, 'Pool is full')).toHaveText('01:44');

    const line = await ana.openLine('Pool is full');
    await line.getByRole('button', { name: /Change time/ }).click();
    await line.getByRole('button', { name: 'Exact', exact: true }).click();
    await line.getByLabel('Day', { exact: true }).fill('2026-11-13');
    await line.getByLabel('Day', { exact: true }).blur();
    await line.getByRole('button', { name: 'Close' }).click();
    await expectPage(days).toHaveText(['Fri 13 Nov, UTC', 'Sat 14 Nov, UTC']);
  });

  test('[C11c] strike out, undo, strike out again, restore: the line never leaves the log', async () => {
    const ana = await anaAtNight();
    await ana.log('Wrong window');
    await (await ana.openLine('Wrong window')).getByRole('button', { name: 'Strike out' }).click();
    await expectPage(ana.page.locator('.row.struck')).toContainText('Wrong window');
    await ana.page.getByRole('button', { name: 'Undo' }).click();
    await expectPage(ana.page.locator('.row.struck')).toHaveCount(0);
    await (await ana.openLine('Wrong window')).getByRole('button', { name: 'Strike out' }).click();
    await expectPage(ana.page.locator('.row.struck')).toHaveCount(1);
    const sheet = await ana.openLine('Wrong window');
    await expectPage(sheet.getByText('struck it out.')).toBeVisible();
    await sheet.getByRole('button', { name: 'Restore' }).click();
    await expectPage(ana.page.locator('.row.struck')).toHaveCount(0);
  });

  test('[C11d] a star, a kind and a claim change where they are shown', async () => {
    const ana = await anaAtNight();
    await ana.log('The batch tipped it over');
    const sheet = await ana.openLine('The batch tipped it over');
    await sheet.getByRole('button', { name: 'Star', exact: true }).click();
    await sheet.getByRole('button', { name: 'Observation. Change kind' }).click();
    await ana.page
      .getByRole('dialog')
      .last()
      .getByRole('button', { name: /^Hypothesis/ })
      .click();
    await sheet.getByText('Fact', { exact: true }).click();
    await sheet.getByRole('button', { name: 'Close' }).click();
    const line = ana.line('The batch tipped it over');
    await expectPage(line.getByText('Hypothesis', { exact: true })).toBeVisible();
    await expectPage(line.getByText('Fact', { exact: true })).toBeVisible();
    await expectPage(line.getByRole('link')).toHaveAccessibleName(/Meant as a fact. Starred/);
  });

  test('[U2] back closes a sheet, and a link to a line opens it', async () => {
    const ana = await anaAtNight();
    await ana.log('Pool is full');
    await ana.openLine('Pool is full');
    const address = ana.page.url();
    await ana.page.getByRole('button', { name: 'Observation. Change kind' }).click();
    await expectPage(ana.page.getByRole('dialog')).toHaveCount(2);
    await ana.page.goBack();
    await expectPage(ana.page.getByRole('dialog')).toHaveCount(1);
    await ana.page.goBack();
    await expectPage(ana.page.getByRole('dialog')).toHaveCount(0);
    await expectPage(ana.line('Pool is full')).toBeVisible();
    await ana.page.goto(address);
    await expectPage(ana.page.getByRole('dialog').getByLabel('Text of the line')).toHaveValue(
      'Pool is full',
    );
    await ana.page.keyboard.press('Escape');
    await expectPage(ana.page.getByRole('dialog')).toHaveCount(0);
  });
});

test('[U18] two taps on a choice close its sheet, and nothing behind it', async () => {
  const server = await startServer({}, CLIENT_DIR);
  const ana = await newPhone(server.url, 'Ana Lind');
  await ana.start();
  await ana.declare('Card payments failing, EU');
  await ana.page.getByRole('button', { name: /Change severity/ }).click();
  const choice = ana.page.getByRole('dialog').getByRole('button', { name: /SEV-3/ });
  await choice.evaluate((button: HTMLElement) => {
    button.click();
    button.click();
  });
  await expectPage(ana.page.getByRole('dialog')).toHaveCount(0);
  await expectPage(ana.page.getByRole('button', { name: 'SEV-3. Change severity' })).toBeVisible();
  await expectPage(ana.page.getByRole('log', { name: 'Timeline' })).toBeVisible();
});

test('[C7a] a hypothesis is proposed, tested, supported, confirmed or ruled out, and the log shows which', async () => {
  const server = await startServer({}, CLIENT_DIR);
  const ana = await newPhone(server.url, 'Ana Lind');
  await ana.start();
  await ana.declare('Card payments failing, EU');
  await ana.log('The processor is down', 'hypothesis');
  const sheet = await ana.openLine('The processor is down');
  await sheet.getByText('Ruled out', { exact: true }).click();
  await expectPage(sheet.getByText('changed its outcome.')).toBeVisible();
  await sheet.getByRole('button', { name: 'Close' }).click();
  await expectPage(ana.line('The processor is down').locator('.claim')).toHaveText('Ruled out');
  await ana.page.reload();
  await expectPage(ana.line('The processor is down').locator('.claim')).toHaveText('Ruled out');
});
