import { describe, expect, test } from 'vitest';
import { type Keys, withKeys } from '../support/by-keys.ts';
import { longIncident } from '../support/long-incident.ts';
import {
  CLIENT_DIR,
  expectPage,
  LAPTOP,
  newPhone,
  PHONE,
  type Phone,
  useBrowser,
} from '../support/phones.ts';
import { seedIncident } from '../support/seed.ts';
import { startServer } from '../support/server.ts';

useBrowser();

type Ana = { ana: Phone; keys: Keys };

/** Ana has an incident open in which a few things happened. */
async function inAnIncident(screen = LAPTOP): Promise<Ana> {
  const server = await startServer({}, CLIENT_DIR);
  const ana = await newPhone(server.url, 'Ana Lind', { screen });
  await ana.start();
  await ana.declare('Card payments failing, EU');
  await ana.log('Every error is a pool timeout');
  await ana.mark('Detected');
  await ana.log('Pool back to 40 on eu-1', 'action');
  await ana.page.getByRole('button', { name: /Incident details/ }).focus();
  return { ana, keys: withKeys(ana.page) };
}

const button = ({ page }: Phone, name: string | RegExp) =>
  page.getByRole('button', { name, exact: true }).last();
const sheet = ({ page }: Phone, name: string | RegExp) =>
  page.getByRole('dialog', { name, exact: true });
/** The link that opens a line. */
const line = (ana: Phone, text: string) => ana.line(text).getByRole('link').first();

/** The log is one stop; from there it is arrows. */
async function walkTo(ana: Phone, keys: Keys, text: string): Promise<void> {
  await keys.tabTo(ana.page.locator('.line-open'));
  await keys.press('End');
  for (let presses = 0; presses < 20; presses += 1) {
    if (await keys.hasFocus(line(ana, text))) return;
    await keys.press('ArrowUp');
  }
  throw new Error(`No arrow reached ${text}`);
}

async function expectFocus(keys: Keys, target: ReturnType<typeof line>): Promise<void> {
  await expect.poll(() => keys.hasFocus(target)).toBe(true);
}

type OpenedByKeys = {
  readonly name: string | RegExp;
  readonly opener: (ana: Phone) => ReturnType<typeof line>;
  readonly open: (ana: Phone, keys: Keys) => Promise<void>;
};

const SHEETS: readonly OpenedByKeys[] = [
  {
    name: 'You and this phone',
    opener: (ana) => button(ana, 'You and settings'),
    open: (ana, keys) => keys.go(button(ana, 'You and settings')),
  },
  {
    name: 'Declare incident',
    opener: (ana) => button(ana, 'Declare incident'),
    open: async (ana, keys) => {
      await keys.go(button(ana, 'Declare incident'));
      await keys.go(button(ana, /^Declared at/));
      await keys.go(button(ana, 'Exact'));
    },
  },
  {
    name: 'Incident details',
    opener: (ana) => button(ana, /Incident details/),
    open: (ana, keys) => keys.go(button(ana, /Incident details/)),
  },
  {
    name: 'Invite to this log',
    opener: (ana) => button(ana, 'Invite'),
    open: (ana, keys) => keys.go(button(ana, 'Invite')),
  },
  {
    name: 'Severity',
    opener: (ana) => button(ana, /Change severity/),
    open: (ana, keys) => keys.go(button(ana, /Change severity/)),
  },
  {
    name: 'Status',
    opener: (ana) => button(ana, /Change status/),
    open: (ana, keys) => keys.go(button(ana, /Change status/)),
  },
  {
    name: 'Kind of line',
    opener: (ana) => button(ana, 'More kinds'),
    open: (ana, keys) => keys.go(button(ana, 'More kinds')),
  },
  {
    name: 'Line: Observation',
    opener: (ana) => line(ana, 'Every error is'),
    open: async (ana, keys) => {
      await walkTo(ana, keys, 'Every error is');
      await keys.press('Enter');
      await keys.go(button(ana, /Change time/));
      await keys.go(button(ana, 'Exact'));
    },
  },
  {
    name: 'Line: Detected',
    opener: (ana) => line(ana, 'Detected'),
    open: async (ana, keys) => {
      await walkTo(ana, keys, 'Detected');
      await keys.press('Enter');
    },
  },
  {
    name: 'Milestone',
    opener: (ana) => button(ana, 'More milestones'),
    open: async (ana, keys) => {
      await keys.tabTo(ana.page.getByRole('radio', { checked: true }));
      while (!(await keys.hasFocus(ana.page.getByRole('radio', { name: 'Milestone' }))))
        await keys.press('ArrowRight');
      await keys.go(button(ana, 'More milestones'));
    },
  },
];

/** On a phone these are opened from another screen. */
const isOfHome = ({ name }: OpenedByKeys) => /^(You|Declare)/.test(String(name));

for (const screen of [PHONE, LAPTOP]) {
  describe(`every sheet, ${screen.width} px`, () => {
    test('[U9] [U10] a sheet opened by keys holds the Tab key, closes with Escape and gives the focus back; whatever Tab stops at has a name and is seen to have the focus, and axe finds nothing in any open sheet', async () => {
      const { ana, keys } = await inAnIncident(screen);
      const found: string[] = [];
      const goRound = async (): Promise<void> => {
        await keys.round();
        found.push(...(await keys.findings()));
      };
      const tryOut = async (sheets: readonly OpenedByKeys[]): Promise<void> => {
        for (const { name, opener, open } of sheets) {
          await open(ana, keys);
          await expectPage(sheet(ana, name)).toBeVisible();
          const stops = await keys.round();
          found.push(...stops.filter(({ isInDialog }) => !isInDialog).map((stop) => stop.name));
          expect(stops.length, String(name)).toBeGreaterThan(0);
          found.push(...(await keys.findings('dialog')).map((fault) => `${name}: ${fault}`));
          await keys.press('Escape');
          await expectPage(ana.page.getByRole('dialog')).toHaveCount(0);
          if (!(await keys.hasFocus(opener(ana))))
            found.push(`${name}: the focus did not come back`);
        }
      };
      await goRound();
      await tryOut(screen === PHONE ? SHEETS.filter((one) => !isOfHome(one)) : SHEETS);
      await goRound();
      if (screen === PHONE) {
        await keys.go(ana.page.getByRole('link', { name: 'All incidents' }));
        await goRound();
        await tryOut(SHEETS.filter(isOfHome));
      }
      expect(found).toEqual([]);
      expect(ana.errors).toEqual([]);
    });
  });
}

test('[U11] Escape closes one sheet after the other, and the sheet a link opened, and each opens again', async () => {
  const { ana, keys } = await inAnIncident();
  const { page } = ana;
  const isShut = () => expectPage(page.getByRole('dialog')).toHaveCount(0);
  await walkTo(ana, keys, 'Every error is');
  for (let time = 0; time < 2; time += 1) {
    await keys.press('Enter');
    await keys.go(button(ana, /Change kind/));
    await expectPage(sheet(ana, 'Kind of line')).toBeVisible();
    await keys.press('Escape');
    await expectPage(sheet(ana, 'Kind of line')).toHaveCount(0);
    await expectFocus(keys, button(ana, /Change kind/));
    await keys.press('Escape');
    await isShut();
    await expectFocus(keys, line(ana, 'Every error is'));
  }

  await page.goto((await line(ana, 'Detected').getAttribute('href')) ?? '');
  await expectPage(sheet(ana, 'Line: Detected')).toBeVisible();
  await keys.press('Escape');
  await isShut();
  await expectFocus(keys, line(ana, 'Detected'));
  await keys.press('Enter');
  await expectPage(sheet(ana, 'Line: Detected')).toBeVisible();

  await page.goto('/?sheet=declare');
  await expectPage(sheet(ana, 'Declare incident')).toBeVisible();
  await keys.press('Escape');
  await isShut();
  await keys.go(button(ana, 'Declare incident'));
  await expectPage(sheet(ana, 'Declare incident')).toBeVisible();
  // Twice in one breath closes once: the screen behind stays.
  await keys.press('Escape', 'Escape');
  await isShut();
  await expectPage(page.getByRole('heading', { name: 'Active now' })).toBeVisible();
  expect(ana.errors).toEqual([]);
});

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
    await expectPage(button(ana, '1 new line')).toBeVisible();
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
  });
});

describe('without a pointer', () => {
  test('[U14] name, settings and declaring with severity, role and time; a new screen has the focus', async () => {
    const server = await startServer({}, CLIENT_DIR);
    const ana = await newPhone(server.url, 'Ana Lind');
    const { page } = ana;
    const keys = withKeys(page);
    const isOnScreen = () => expectFocus(keys, page.getByRole('main'));
    await page.goto('/');
    await keys.tabTo(page.getByLabel('Your name in the log'));
    await keys.press('Enter');
    await expectPage(page.getByRole('status').getByText('Write a name first.')).toBeVisible();
    await keys.type('Ana');
    await keys.go(button(ana, 'Start'));
    await expectPage(page.getByRole('heading', { name: 'Active now' })).toBeVisible();
    await isOnScreen();

    await keys.go(button(ana, 'You and settings'));
    await keys.tabTo(page.getByLabel('Your name in the log'));
    await keys.press('ControlOrMeta+a');
    await keys.type('Ana Lind');
    await keys.tabTo(page.getByRole('radio', { name: 'As the phone' }));
    await keys.press('ArrowRight', 'ArrowRight');
    await expectPage(page.locator('html')).toHaveAttribute('data-theme', 'light');
    await keys.tabTo(page.getByRole('radio', { name: 'My zone' }));
    await keys.press('ArrowRight');
    await expectPage(page.getByRole('radio', { name: 'UTC' })).toBeChecked();
    await keys.press('Escape');
    await expectFocus(keys, button(ana, 'You and settings'));

    await keys.go(button(ana, 'Declare incident'));
    await keys.tabTo(page.getByLabel('Title'));
    await keys.type('Card payments failing, EU');
    await keys.tabTo(page.getByRole('radio', { name: /SEV-2/ }));
    await keys.press('ArrowUp');
    await keys.tabTo(page.getByRole('radio', { name: 'Incident commander' }));
    await keys.press('ArrowRight');
    await keys.go(button(ana, /^Declared at now/));
    await expectFocus(keys, page.getByRole('slider', { name: 'When it happened' }));
    await keys.press('PageDown', 'ArrowRight');
    await expectPage(page.getByRole('slider')).toHaveAttribute('aria-valuenow', '-9');
    await keys.go(button(ana, /^Declare SEV-1/));
    await expectPage(page.getByRole('log', { name: 'Timeline' })).toBeVisible();
    await isOnScreen();
    await expectPage(
      page.getByText('You took the log.').or(ana.line('scribe')).first(),
    ).toBeVisible();
    await expectPage(button(ana, 'SEV-1. Change severity')).toBeVisible();

    await keys.go(page.getByRole('link', { name: 'All incidents' }));
    await expectPage(page.getByRole('heading', { name: 'Active now' })).toBeVisible();
    await isOnScreen();
    await keys.go(page.getByRole('link', { name: /Card payments failing, EU/ }));
    await expectPage(page.getByRole('log', { name: 'Timeline' })).toBeVisible();
    await isOnScreen();
    expect(ana.errors).toEqual([]);
  });

  test('[U15] a line of any kind, a milestone and their times; what is chosen leaves its focus to a neighbour', async () => {
    const { ana, keys } = await inAnIncident(PHONE);
    const { page } = ana;
    const chosen = page.getByRole('radio', { checked: true });
    const timeButton = button(ana, /^Time of this line/);
    await keys.tabTo(chosen);
    await keys.press('ArrowDown', 'ArrowUp', 'ArrowLeft', 'ArrowRight');
    await expectPage(chosen).toHaveAccessibleName('Action taken');
    await expectFocus(keys, chosen);

    await keys.go(button(ana, 'More kinds'));
    await keys.go(button(ana, /^Question/));
    await expectFocus(keys, page.getByRole('textbox'));
    await keys.type('Who restarted the pooler?');
    await keys.tabBackTo(timeButton);
    await keys.press('Enter');
    await expectFocus(keys, page.getByRole('slider'));
    await keys.press('ArrowLeft', 'ArrowLeft');
    await expectPage(page.getByText('Your line lands here')).toBeVisible();
    await keys.go(button(ana, '5 minutes ago'));
    await keys.go(button(ana, 'Exact'));
    await keys.tabTo(page.getByRole('radio', { name: 'Exact' }));
    await keys.press('ArrowRight');
    await expectPage(timeButton).toHaveAccessibleName(/~.*−5 min/);
    await keys.press('Escape');
    await expectPage(page.getByRole('slider')).toHaveCount(0);
    await expectFocus(keys, timeButton);
    await keys.tabTo(page.getByRole('textbox'));
    await keys.press('ControlOrMeta+Enter');
    await expectPage(ana.line('Who restarted the pooler?')).toBeVisible();

    await keys.tabTo(page.getByRole('radio', { name: 'Observation' }));
    while (!(await keys.hasFocus(page.getByRole('radio', { name: 'Milestone' }))))
      await keys.press('ArrowRight');
    await keys.go(button(ana, 'More milestones'));
    await keys.go(button(ana, /^Mitigated/));
    await expectPage(ana.line('Mitigated')).toBeVisible();
    await expectFocus(keys, chosen);
    expect(ana.errors).toEqual([]);
  });

  test('[U15] after five idle minutes the choice of times leaves its focus to the time', async () => {
    const { ana, keys } = await inAnIncident(PHONE);
    const { page } = ana;
    await ana.setTime(new Date());
    await page.reload();
    await keys.tabTo(page.getByRole('textbox'));
    await keys.type('Back to normal');
    await ana.passTime(6 * 60_000);
    await keys.tabBackTo(page.getByRole('group').getByRole('button', { name: /, now$/ }));
    await keys.press('Enter');
    await expectPage(button(ana, /, when you began$/)).toHaveCount(0);
    await expectFocus(keys, button(ana, /^Time of this line/));
  });

  test('[U15] what is too long leaves its focus to what can be done about it, and that to the field', async () => {
    const { ana, keys } = await inAnIncident(PHONE);
    const { page } = ana;
    await ana.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.evaluate(() => navigator.clipboard.writeText('timeout '.repeat(10_000)));
    await keys.tabTo(page.getByRole('textbox'));
    await keys.press('ControlOrMeta+v');
    await expectFocus(keys, button(ana, 'Save as a file'));
    await keys.go(button(ana, 'Clear'));
    await expectFocus(keys, page.getByRole('textbox'));
  });

  test('[U16] a line is changed in all it has, struck out and brought back, and the focus stays with it', async () => {
    const { ana, keys } = await inAnIncident();
    const { page } = ana;
    await walkTo(ana, keys, 'Every error is');
    await keys.press('Enter');
    const line1 = sheet(ana, /^Line: /);
    await keys.tabTo(page.getByLabel('Text of the line'));
    await keys.press('End');
    await keys.type(', still');
    await keys.go(button(ana, 'One minute earlier'));
    await keys.go(button(ana, /Change time/));
    await expectFocus(keys, page.getByRole('slider'));
    await keys.press('ArrowLeft');
    await keys.go(button(ana, '5 minutes earlier'));
    await keys.go(button(ana, 'Exact'));
    await keys.tabTo(page.getByLabel('Day'));
    await keys.tabTo(page.getByRole('radio', { name: 'Exact' }));
    await keys.press('ArrowLeft'); // round to the last one
    await expectPage(page.getByRole('radio', { name: 'Day only' })).toBeChecked();
    await expectPage(page.getByRole('slider')).toHaveCount(0);
    await keys.tabTo(line1.getByRole('radio', { name: 'Fact' }));
    await keys.press('ArrowRight');
    await keys.go(button(ana, 'Star'));
    await expectPage(button(ana, 'Starred')).toHaveAttribute('aria-pressed', 'true');
    await expectPage(line1.getByText('changed its time.')).toBeVisible();
    await expectPage(line1.getByText('changed its meaning.')).toBeVisible();

    await keys.tabBackTo(button(ana, /Change kind/));
    await keys.press('Enter');
    await keys.go(button(ana, /^Milestone/));
    await expectPage(sheet(ana, 'Milestone')).toBeVisible();
    await keys.go(button(ana, /^Alerted/));
    await expectPage(sheet(ana, 'Milestone')).toHaveCount(0);
    await expectFocus(keys, button(ana, 'Alerted. Change kind'));
    await keys.press('Escape');
    // The row was made anew, as a milestone.
    await expectFocus(keys, line(ana, 'Alerted'));

    await keys.press('Enter');
    await keys.go(button(ana, 'Strike out'));
    await expectPage(page.getByRole('status').getByText('Line struck out.')).toBeVisible();
    await expectFocus(keys, line(ana, 'Alerted'));
    await keys.go(button(ana, 'Undo'));
    await expectPage(button(ana, 'Undo')).toHaveCount(0);
    await expectFocus(keys, line(ana, 'Alerted'));
    await keys.press('Enter');
    await keys.go(button(ana, 'Strike out'));
    await expectFocus(keys, line(ana, 'Alerted'));
    await keys.press('Enter');
    await keys.go(button(ana, 'Restore'));
    await expectPage(button(ana, 'Strike out')).toBeVisible();
    expect(ana.errors).toEqual([]);
  });

  test('[U17] severity, status, title, zone and invitation, each giving its focus back', async () => {
    const { ana, keys } = await inAnIncident();
    const { page } = ana;
    await keys.go(button(ana, /Change severity/));
    await keys.go(page.getByRole('dialog').getByRole('button', { name: /SEV-3/ }));
    await expectFocus(keys, button(ana, 'SEV-3. Change severity'));
    await keys.go(button(ana, /Change status/));
    await keys.go(page.getByRole('dialog').getByRole('button', { name: /^Monitoring|^Mitigated/ }));
    await expectFocus(keys, button(ana, /Change status/));

    await keys.go(button(ana, /Incident details/));
    await keys.tabTo(page.getByLabel('Title'));
    await keys.press('ControlOrMeta+a');
    await keys.type('Cards fail');
    await keys.tabTo(page.getByRole('radio', { name: 'My zone' }));
    await keys.press('ArrowLeft');
    await expectPage(page.getByRole('radio', { name: 'Incident’s zone' })).toBeChecked();
    await keys.go(button(ana, 'Invite to this log'));
    await ana.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await expectPage(page.getByRole('img', { name: /code to scan/ })).toBeVisible();
    await keys.go(button(ana, 'Copy link'));
    await expectPage(page.getByRole('status').getByText('Link copied.')).toBeVisible();
    await keys.press('Escape');
    await expectPage(sheet(ana, 'Incident details')).toBeVisible();
    await keys.press('Escape');
    await expectPage(page.getByRole('dialog')).toHaveCount(0);
    await expectFocus(keys, button(ana, 'Cards fail. Incident details'));
    expect(ana.errors).toEqual([]);
  });
});
