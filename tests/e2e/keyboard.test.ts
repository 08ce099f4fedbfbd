import { describe, expect, test } from 'vitest';
import { type Keys, withKeys } from '../support/by-keys.ts';
import { longIncident } from '../support/long-incident.ts';
import {
  CLIENT_DIR,
  expectPage,
  LAPTOP,
  newPhone,
  type Phone,
  useBrowser,
} from '../support/phones.ts';
import { seedIncident } from '../support/seed.ts';
import { startServer } from '../support/server.ts';

useBrowser();

const button = ({ page }: Phone, name: string | RegExp) =>
  page.getByRole('button', { name, exact: true }).last();
/** The link that opens a line. */
const line = (ana: Phone, text: string) => ana.line(text).getByRole('link').first();

async function expectFocus(keys: Keys, target: ReturnType<typeof line>): Promise<void> {
  await expect.poll(() => keys.hasFocus(target)).toBe(true);
}

describe('the log', () => {
  test('[U12] the log is one stop of Tab wherever it is scrolled to, and arrows go on from the line they left', async () => {
    const server = await startServer({}, CLIENT_DIR);
    const id = await seedIncident(server.url, longIncident(600, Date.now() - 600_000));
    const ana = await newPhone(server.url, 'Bo Ek', { screen: LAPTOP });
    const keys = withKeys(ana.page);
    const log = ana.page.getByRole('log');
    const nth = (count: number) =>
      log.getByRole('article').filter({ hasText: new RegExp(`(^|\\D)${count} payments-eu`) });
    const link = (count: number) => nth(count).getByRole('link');
    /** Until `count` is there; a list that is still laying out takes its place back. */
    const scroll = async (to: number, count: number) => {
      await expectPage(async () => {
        await log.evaluate((element, top) => element.scrollTo(0, top), to);
        await expectPage(nth(count)).toBeInViewport({ timeout: 300 });
      }).toPass();
    };
    const lineStops = async () =>
      (await keys.round()).flatMap(({ line: entry }) => (entry === null ? [] : [entry]));
    await ana.start();
    await ana.page.goto(`/i/${id}`);
    await expectPage(nth(599)).toBeInViewport();

    // Nobody was in the log yet: the stop is where the eyes are.
    await scroll(0, 2);
    expect(await lineStops()).toHaveLength(1);
    await keys.tabTo(ana.page.locator('.line-open[tabindex="0"]'));
    await expectPage(ana.page.locator('[data-line]:focus-within')).toBeInViewport();
    expect(await log.evaluate((element) => element.scrollTop)).toBeLessThan(100);

    // The last line, far away from what is on the screen afterwards.
    await keys.press('End');
    await expectFocus(keys, link(599));
    await keys.tabTo(ana.page.getByLabel('What do you see?'));
    await scroll(0, 2);
    await expectPage(nth(590)).toHaveCount(0);
    expect(await lineStops()).toHaveLength(1);
    await keys.tabTo(link(599));
    await keys.press('ArrowUp', 'ArrowUp');
    await expectFocus(keys, link(597));
    await expectPage(nth(597)).toBeInViewport();

    // Keys faster than rows are laid out.
    await keys.press('End');
    await expectFocus(keys, link(599));
    await ana.page.evaluate(() => {
      for (let presses = 0; presses < 12; presses += 1) {
        const event = new KeyboardEvent('keydown', { key: 'PageUp', bubbles: true });
        document.activeElement?.dispatchEvent(event);
      }
    });
    await expectFocus(keys, link(599 - 12 * 8));
    await keys.press('Home', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown');
    await expectFocus(keys, link(1));
    // Scrolled away with the focus in it, and some of the way back.
    await scroll(20_000, 250);
    await scroll(10_000, 125);
    await keys.press('ArrowDown');
    await expectFocus(keys, link(2));
    await expectPage(nth(2)).toBeInViewport();
    expect(ana.errors).toEqual([]);
  });

  test('[U12] the log stays one stop of Tab while its last line waits to be asked for', async () => {
    const server = await startServer({}, CLIENT_DIR);
    const ana = await newPhone(server.url, 'Ana Lind', { screen: LAPTOP });
    const bo = await newPhone(server.url, 'Bo Ek');
    const keys = withKeys(ana.page);
    await ana.start();
    await ana.declare('Card payments failing, EU');
    await ana.log('Every error is a pool timeout');
    await bo.start();
    await bo.page.getByRole('link', { name: /Card payments failing, EU/ }).click();
    await expectPage(bo.line('Every error is')).toBeVisible();
    const log = ana.page.getByRole('log');
    await log.hover({ position: { x: 5, y: 5 } });
    await ana.page.mouse.down();
    await bo.log('Seen it here too');
    await expectPage(button(ana, '1 slotted in above')).toBeVisible();
    await expectPage(ana.line('Seen it here too')).toHaveCount(0);
    const stops = (await keys.round()).filter(({ line: entry }) => entry !== null);
    expect(stops).toHaveLength(1);
    await keys.tabTo(line(ana, 'Every error is'));
    await ana.page.mouse.up();
    await expectPage(ana.line('Seen it here too')).toBeVisible();
    await keys.press('ArrowDown');
    await expectFocus(keys, line(ana, 'Seen it here too'));
  });

  test('[U13] what others write is said once, politely, and a pill of news is followed by keys', async () => {
    const server = await startServer({}, CLIENT_DIR);
    const ana = await newPhone(server.url, 'Ana Lind', { screen: LAPTOP });
    const bo = await newPhone(server.url, 'Bo Ek');
    const keys = withKeys(ana.page);
    await ana.start();
    await ana.declare('Card payments failing, EU');
    for (let count = 1; count <= 24; count += 1) await ana.log(`Line ${count} of the pool story`);
    await bo.start();
    await bo.page.getByRole('link', { name: /Card payments failing, EU/ }).click();
    await expectPage(bo.line('Line 24')).toBeVisible();

    await keys.tabBackTo(ana.page.locator('.line-open'));
    await keys.press('Home');
    await expectPage(ana.line('declared it')).toBeInViewport();
    await bo.log('The newest of all');
    await expectPage(
      ana.page.getByRole('status').getByText('Bo Ek. Observation. The newest of all'),
    ).toHaveCount(1);
    await keys.go(button(ana, '1 new line'));
    await expectPage(button(ana, '1 new line')).toHaveCount(0);
    await expectFocus(keys, line(ana, 'The newest of all'));
    await expectPage(ana.line('The newest of all')).toBeInViewport();
    await expectPage(line(ana, 'The newest of all')).toHaveAccessibleDescription(
      'The newest of all',
    );

    await keys.press('Home');
    await keys.go(button(ana, 'To the newest line'));
    await expectFocus(keys, line(ana, 'The newest of all'));

    await keys.press('PageUp');
    await expectFocus(keys, line(ana, 'Line 17'));
    await bo.page.getByLabel('What do you see?').fill('Long before');
    await bo.page.getByRole('button', { name: /^Time of this line/ }).click();
    await bo.page.getByRole('button', { name: '15 minutes ago' }).click();
    await bo.page.getByRole('button', { name: 'Log it' }).click();
    await keys.go(button(ana, '1 slotted in above'));
    await expectFocus(keys, line(ana, 'Long before'));
    await expectPage(ana.line('Long before')).toBeInViewport();
    expect([...ana.errors, ...bo.errors]).toEqual([]);
  }, 120_000);
});
