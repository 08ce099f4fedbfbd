import { describe, expect, test } from 'vitest';
import {
  CLIENT_DIR,
  expectPage,
  LAPTOP,
  newPhone,
  type Phone,
  type PhoneOptions,
  useBrowser,
} from '../support/phones.ts';
import { scan } from '../support/scan.ts';
import { startServer, type TestServer } from '../support/server.ts';

useBrowser();

type Pair = { server: TestServer; ana: Phone; bo: Phone };

/** Ana declared it, Bo opened it from his home screen. */
async function anaAndBo(options: PhoneOptions = {}): Promise<Pair> {
  const server = await startServer({}, CLIENT_DIR);
  const ana = await newPhone(server.url, 'Ana Lind', options);
  await ana.start();
  await ana.declare('Card payments failing, EU');
  const bo = await newPhone(server.url, 'Bo Ek', options);
  await bo.start();
  await bo.page.getByRole('link', { name: /Card payments failing, EU/ }).click();
  await expectPage(bo.page.getByRole('log', { name: 'Timeline' })).toBeVisible();
  return { server, ana, bo };
}

describe('being there', () => {
  test('[L3c] an incident appears on the other home screen without a reload, and opens by its link', async () => {
    const server = await startServer({}, CLIENT_DIR);
    const ana = await newPhone(server.url, 'Ana Lind');
    const bo = await newPhone(server.url, 'Bo Ek');
    await ana.start();
    await bo.start();
    await ana.declare('Card payments failing, EU');
    await expectPage(
      bo.page.getByRole('link', { name: /Card payments failing, EU/ }),
    ).toBeVisible();
    await ana.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await ana.page.getByRole('button', { name: 'Invite' }).click();
    const sheet = ana.page.getByRole('dialog', { name: 'Invite to this log' });
    const code = sheet.getByRole('img', { name: /code to scan/ });
    await expectPage(code).toBeVisible();
    await sheet.getByRole('button', { name: 'Copy link' }).click();
    const link = await ana.page.evaluate(() => navigator.clipboard.readText());
    expect(await scan(code)).toBe(link);
    await bo.page.goto(link);
    await expectPage(
      bo.page.getByRole('heading', { name: /Card payments failing, EU/ }),
    ).toBeVisible();
    await bo.log('Seen it here too');
    await expectPage(sheet.getByText('2 here')).toBeVisible();
    await sheet.getByRole('button', { name: 'Close' }).click();
    await expectPage(ana.line('Seen it here too')).toBeVisible();
    expect([...ana.errors, ...bo.errors]).toEqual([]);
  });

  test('[L3d] each sees who is here, who writes what kind, and who has a line open', async () => {
    const { ana, bo } = await anaAndBo();
    await expectPage(
      ana.page.getByRole('button', { name: 'Here too: Bo Ek. People and invite' }),
    ).toBeVisible();
    await bo.page.getByRole('radio', { name: 'Hypothesis' }).click();
    await bo.page.getByLabel('What might explain it?').fill('The pool was');
    await expectPage(ana.page.getByText('Bo Ek is writing a hypothesis')).toBeVisible();
    await bo.page.getByLabel('What might explain it?').fill('');
    await expectPage(ana.page.getByText('Bo Ek is writing')).toHaveCount(0);

    await ana.log('Pool size is 20');
    await bo.openLine('Pool size is 20');
    const sheet = await ana.openLine('Pool size is 20');
    await expectPage(sheet.getByText('Bo Ek has this line open')).toBeVisible();
    await expectPage(
      bo.page.getByRole('dialog').getByText('Ana Lind has this line open'),
    ).toBeVisible();
    await bo.page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    await expectPage(sheet.getByText('has this line open')).toHaveCount(0);
    await sheet.getByRole('button', { name: 'Close' }).click();

    await bo.page.getByRole('link', { name: 'All incidents' }).click();
    await expectPage(ana.page.getByRole('button', { name: 'Invite' })).toBeVisible();
    expect([...ana.errors, ...bo.errors]).toEqual([]);
  });

  test('[L3e] who comes back after the network went is there again at once', async () => {
    const { server, ana, bo } = await anaAndBo();
    const here = (phone: Phone, who: string) =>
      phone.page.getByRole('button', { name: `Here too: ${who}. People and invite` });
    await expectPage(here(ana, 'Bo Ek')).toBeVisible();
    await server.stop();
    await expectPage(here(ana, 'Bo Ek (away)')).toBeVisible();
    await server.start();
    await expectPage(here(ana, 'Bo Ek')).toBeVisible();
    await expectPage(here(bo, 'Ana Lind')).toBeVisible();
  });
});

describe('arrivals', () => {
  test('[L1q] nothing under a thumb moves: new lines and lines slotted in are counted, and a tap goes there', async () => {
    const { ana, bo } = await anaAndBo();
    for (let line = 1; line <= 24; line += 1) await bo.log(`Line ${line} of the pool story`);
    await expectPage(ana.line('Line 24 of the pool story')).toBeVisible();

    await ana.line('Line 12 of').scrollIntoViewIfNeeded();
    const place = async () => (await ana.line('Line 12 of').boundingBox())?.y;
    const scroller = ana.page.getByRole('log');
    await scroller.evaluate((log) => log.scrollBy(0, -log.scrollHeight));
    await scroller.evaluate((log) => log.scrollBy(0, 500));
    await expectPage(ana.line('Line 12 of')).toBeInViewport();
    const before = await place();

    await bo.log('The newest of all');
    await bo.log('And one more');
    await expectPage(ana.page.getByRole('button', { name: '2 new lines' })).toBeVisible();
    expect(await place()).toBe(before);

    await bo.page.getByRole('radio', { name: 'Observation' }).click();
    await bo.page.getByLabel('What do you see?').fill('Long before');
    await bo.page.getByRole('button', { name: /^Time of this line/ }).click();
    await bo.page.getByRole('button', { name: '15 minutes ago' }).click();
    await bo.page.getByRole('button', { name: 'Log it' }).click();
    await expectPage(ana.page.getByRole('button', { name: '1 slotted in above' })).toBeVisible();
    expect(await place()).toBe(before);

    await ana.page.getByRole('button', { name: '1 slotted in above' }).click();
    await expectPage(ana.line('Long before')).toBeInViewport();
    await expectPage(ana.page.getByRole('button', { name: 'slotted in' })).toHaveCount(0);
    await ana.page.getByRole('button', { name: '2 new lines' }).click();
    await expectPage(ana.line('The newest of all')).toBeInViewport();
    await expectPage(ana.page.getByRole('button', { name: 'new lines' })).toHaveCount(0);
    expect([...ana.errors, ...bo.errors]).toEqual([]);
  });

  test('[L2i] whoever scrolls away from the end is not brought back, whatever comes in', async () => {
    const { ana, bo } = await anaAndBo();
    for (let line = 1; line <= 24; line += 1) await bo.log(`Line ${line} of the pool story`);
    await expectPage(ana.line('Line 24 of')).toBeInViewport();
    // Lines above the screen have no size yet.
    await ana.page.reload();
    await expectPage(ana.line('Line 24 of')).toBeInViewport();
    const isAway = ana.page.getByRole('log').evaluate(scrollAwayOnce, 'The newest of all');
    await bo.log('The newest of all');
    await isAway;
    await bo.log('And one more');
    await expectPage(ana.page.getByRole('button', { name: '1 new line' })).toBeVisible();
    await expectPage(ana.line('Line 24 of')).not.toBeInViewport();
    expect([...ana.errors, ...bo.errors]).toEqual([]);
  });

  test('[L1v] a thumb that drags keeps everything where it is until it is lifted', async () => {
    const { ana, bo } = await anaAndBo();
    for (let line = 1; line <= 24; line += 1) await bo.log(`Line ${line} of the pool story`);
    await expectPage(ana.line('Line 24 of the pool story')).toBeVisible();
    const thumb = await ana.context.newCDPSession(ana.page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', y: number) =>
      thumb.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: type === 'touchEnd' ? [] : [{ x: 190, y }],
      });
    const place = async () => (await ana.line('Line 22 of').boundingBox())?.y;
    const start = await place();
    await touch('touchStart', 400);
    for (let y = 410; y <= 440; y += 10) await touch('touchMove', y);
    // Every move of the thumb is followed, the last one too.
    let dragged = start;
    const hasFollowed = async (): Promise<boolean> => {
      const before = dragged;
      dragged = await place();
      return dragged !== start && dragged === before;
    };
    await expectPage.poll(hasFollowed, { intervals: [200] }).toBe(true);
    await bo.log('Under the thumb');
    await expectPage(ana.page.getByRole('button', { name: '1 new line' })).toBeVisible();
    expect(await place()).toBe(dragged);
    await touch('touchEnd', 440);
    await expectPage(ana.line('Under the thumb')).toBeVisible();
    expect([...ana.errors, ...bo.errors]).toEqual([]);
  });

  test('[L1r] a line that would land in the middle of what is read waits to be asked for', async () => {
    const { ana, bo } = await anaAndBo();
    await bo.setTime(new Date());
    for (let line = 1; line <= 24; line += 1) {
      await bo.log(`Line ${line} of the pool story`);
      await bo.passTime(60_000);
    }
    await expectPage(ana.line('Line 24 of the pool story')).toBeInViewport({ ratio: 1 });
    const scroller = ana.page.getByRole('log');
    await scroller.evaluate((log) => log.scrollBy(0, -350));
    for (const line of ['Line 15 of', 'Line 16 of', 'Line 17 of'])
      await expectPage(ana.line(line)).toBeInViewport({ ratio: 1 });
    const places = async () =>
      Promise.all(
        ['Line 15 of', 'Line 16 of', 'Line 17 of'].map(
          async (text) => (await ana.line(text).boundingBox())?.y,
        ),
      );
    const before = await places();
    await bo.page.getByLabel('What do you see?').fill('In the middle');
    await bo.page.getByRole('button', { name: /^Time of this line/ }).click();
    for (let step = 0; step < 9; step += 1) {
      await bo.page.getByRole('button', { name: 'One minute earlier' }).click();
    }
    await bo.page.getByRole('button', { name: 'Log it' }).click();
    await expectPage(ana.page.getByRole('button', { name: '1 slotted in above' })).toBeVisible();
    expect(await places()).toEqual(before);
    await expectPage(ana.line('In the middle')).toHaveCount(0);
    await ana.page.getByRole('button', { name: '1 slotted in above' }).click();
    await expectPage(ana.line('In the middle')).toBeInViewport();
    expect([...ana.errors, ...bo.errors]).toEqual([]);
  });
});

describe('one line, two people', () => {
  test('[L1o] what is typed into the sheet key by key is what everybody reads', async () => {
    const { ana, bo } = await anaAndBo();
    await ana.log('rolled back');
    const sheet = await ana.openLine('rolled back');
    const field = sheet.getByLabel('Text of the line');
    await field.press('End');
    await ana.page.keyboard.type(' api');
    await expectPage(field).toHaveValue('rolled back api');
    await field.press('Home');
    await ana.page.keyboard.type('we ');
    await expectPage(field).toHaveValue('we rolled back api');
    await field.press('End');
    for (let presses = 0; presses < 4; presses += 1) await field.press('Backspace');
    await expectPage(bo.line('we rolled back')).toBeVisible();
    await expect.poll(async () => (await bo.story()).at(-1)).toBe('we rolled back');
    await bo.openLine('we rolled back');
    const other = bo.page.getByRole('dialog').getByLabel('Text of the line');
    await other.press('End');
    await bo.page.keyboard.type(' twice');
    await expectPage(field).toHaveValue('we rolled back twice');
    expect([...ana.errors, ...bo.errors]).toEqual([]);
  });

  test('[L1p] nothing another phone does breaks into a composition', async () => {
    const { ana, bo } = await anaAndBo();
    await ana.log('rolled back');
    await expectPage(bo.line('rolled back')).toBeVisible();
    const sheet = await ana.openLine('rolled back');
    const field = sheet.getByLabel('Text of the line');
    await field.press('End');
    const keyboard = await ana.context.newCDPSession(ana.page);
    const compose = (text: string) =>
      keyboard.send('Input.imeSetComposition', {
        text,
        selectionStart: text.length,
        selectionEnd: text.length,
      });
    await compose(' げ');
    await compose(' げー');

    const other = await bo.openLine('rolled back');
    await other.getByRole('button', { name: 'Star' }).click();
    await expectPage(sheet.getByRole('button', { name: 'Starred' })).toBeVisible();
    await other.getByLabel('Text of the line').press('Home');
    await bo.page.keyboard.type('we ');
    await ana.page
      .getByRole('log')
      .getByText('we rolled back')
      .first()
      .waitFor({ state: 'attached' });
    await expectPage(field).toHaveValue('rolled back げー');

    await keyboard.send('Input.insertText', { text: ' gateway' });
    await expectPage(field).toHaveValue('we rolled back gateway');
    await expectPage(other.getByLabel('Text of the line')).toHaveValue('we rolled back gateway');
    expect([...ana.errors, ...bo.errors]).toEqual([]);
  });

  test('[C2k] in the sheet a line is neither emptied nor overfilled, and it says so', async () => {
    const { ana, bo } = await anaAndBo();
    await ana.log('rolled back');
    const sheet = await ana.openLine('rolled back');
    const field = sheet.getByLabel('Text of the line');
    await field.fill('');
    await field.blur();
    await expectPage(
      sheet.getByText('A line needs words; the log keeps the ones it had.'),
    ).toBeVisible();
    await expectPage(field).toHaveValue('rolled back');

    await ana.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await ana.page.evaluate(() => navigator.clipboard.writeText('timeout '.repeat(10_000)));
    await field.press('End');
    await ana.page.keyboard.press('ControlOrMeta+v');
    await expectPage(
      sheet.getByText('With that it would be 79 KiB; one line holds 64 KiB.'),
    ).toBeVisible();
    await expectPage(field).toHaveValue('rolled back');

    await field.fill('rolled\u0007 back\u0000 api');
    await expectPage(field).toHaveValue('rolled back api');
    await expect.poll(async () => (await bo.story()).at(-1)).toBe('rolled back api');
    expect([...ana.errors, ...bo.errors]).toEqual([]);
  });
});

test('[C2l] a line that was emptied keeps its words and closes with one press', async () => {
  const { ana } = await anaAndBo();
  await ana.log('rolled back');
  const sheet = await ana.openLine('rolled back');
  await sheet.getByLabel('Text of the line').fill('');
  const box = await sheet.getByRole('button', { name: 'Close' }).boundingBox();
  if (!box) throw new Error('There is nothing to close it with');
  await ana.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await ana.page.mouse.down();
  await ana.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  await ana.page.mouse.up();
  await expectPage(sheet).toHaveCount(0);
  await expectPage(ana.line('rolled back')).toBeVisible();
});

/** Both ways of being apart. */
const WAYS = [
  {
    word: 'in airplane mode',
    leave: async (_server: TestServer, phones: readonly Phone[]) => {
      for (const phone of phones) await phone.airplane(true);
    },
    comeBack: async (_server: TestServer, phones: readonly Phone[]) => {
      for (const phone of phones) await phone.airplane(false);
    },
  },
  {
    word: 'with the server stopped',
    leave: (server: TestServer) => server.stop(),
    comeBack: (server: TestServer) => server.start(),
  },
];

describe('apart', () => {
  for (const way of WAYS) {
    test(`[L1s] after hours apart ${way.word}, both writing, reloading and being killed, both show one story: nothing lost, nothing twice`, async () => {
      const { server, ana, bo } = await anaAndBo({ keepsApp: true });
      await ana.installed();
      await bo.installed();
      await ana.log('Pool size is 20');
      await expectPage(bo.line('Pool size is 20')).toBeVisible();
      await way.leave(server, [ana, bo]);
      const lines = ['Pool size is 20'];
      for (const [phone, name] of [
        [ana, 'Ana'],
        [bo, 'Bo'],
      ] as const) {
        await phone.page.clock.install();
        for (let hour = 1; hour <= 3; hour += 1) {
          await phone.log(`${name} alone, hour ${hour}`, hour === 2 ? 'action' : 'observation');
          lines.push(`${name} alone, hour ${hour}`);
          await phone.page.clock.fastForward('20:00');
          await phone.kept();
          if (hour === 1) await phone.page.reload();
          if (hour === 2) await phone.killTab();
        }
        const sheet = await phone.openLine('Pool size is 20');
        await sheet.getByRole('button', { name: /Change time/ }).click();
        await sheet
          .getByRole('button', {
            name: name === 'Ana' ? '5 minutes earlier' : '15 minutes earlier',
            exact: true,
          })
          .click();
        await sheet.getByRole('button', { name: 'Close' }).click();
        await phone.kept();
      }
      await way.comeBack(server, [ana, bo]);
      await ana.sent();
      await bo.sent();
      for (const line of lines) {
        await expectPage(ana.line(line)).toBeAttached();
        await expectPage(bo.line(line)).toBeAttached();
      }
      await expect
        .poll(async () => (await ana.story()).filter((text) => lines.includes(text)).toSorted())
        .toEqual(lines.toSorted());
      const told = async (phone: Phone) =>
        (await phone.story()).filter((text) => lines.includes(text));
      await expect.poll(async () => told(bo)).toEqual(await told(ana));
      for (const phone of [ana, bo]) {
        await expectPage(phone.line('Pool size is 20').locator('.claim')).toBeVisible();
      }
      const sheet = await ana.openLine('Pool size is 20');
      await expectPage(sheet.getByText('Changed by two people at the same time.')).toBeVisible();
      expect([...ana.errors, ...bo.errors]).toEqual([]);
    });
  }

  test('[L1t] whose words were changed is written in the history, with how they read before', async () => {
    const { ana, bo } = await anaAndBo();
    await ana.log('May have halved');
    const sheet = await bo.openLine('May have halved');
    await sheet.getByLabel('Text of the line').fill('Halved');
    await expectPage(ana.line('Halved').getByText('edited')).toBeVisible();
    const other = await ana.openLine('Halved');
    await expectPage(other.getByText('changed the words. Before: “May have halved”')).toBeVisible();
  });
});

describe('by keyboard', () => {
  test('[U5] declaring, logging, going from line to line and opening one need no pointer', async () => {
    const server = await startServer({}, CLIENT_DIR);
    const ana = await newPhone(server.url, 'Ana Lind', { screen: LAPTOP });
    await ana.page.goto('/');
    const press = async (...keys: readonly string[]) => {
      for (const key of keys) await ana.page.keyboard.press(key);
    };
    const tabTo = async (name: RegExp) => {
      for (let presses = 0; presses < 30; presses += 1) {
        await press('Tab');
        const label = await ana.page.evaluate(
          () =>
            document.activeElement?.getAttribute('aria-label') ??
            document.activeElement?.textContent ??
            '',
        );
        if (name.test(label)) return;
      }
      throw new Error(`Tab never reached ${name}`);
    };
    await ana.page.getByLabel('Your name in the log').focus();
    await ana.page.keyboard.type('Ana Lind');
    await press('Enter');
    await expectPage(ana.page.getByRole('heading', { name: 'Active now' })).toBeVisible();
    await tabTo(/^Declare incident/);
    await press('Enter');
    await expectPage(ana.page.getByRole('dialog')).toBeVisible();
    await tabTo(/^Title/);
    await ana.page.keyboard.type('Card payments failing, EU');
    await press('Enter');
    await expectPage(ana.page.getByRole('log')).toBeVisible();
    for (let line = 1; line <= 30; line += 1) await ana.log(`Line ${line}`);
    await ana.page.getByRole('button', { name: /Incident details/ }).focus();
    await tabTo(/^What do you see/);
    await ana.page.keyboard.type('Written without a pointer');
    await press('ControlOrMeta+Enter');
    await expectPage(ana.line('Written without a pointer')).toBeVisible();

    await ana.page.getByRole('button', { name: /Incident details/ }).focus();
    await tabTo(/Written without|Observation/);
    await press('ArrowUp', 'ArrowUp');
    await press('Home');
    await expectPage(ana.page.locator('[data-line]:focus-within')).toContainText('declared it');
    await press('End');
    await expectPage(ana.page.locator('[data-line]:focus-within')).toContainText(
      'Written without a pointer',
    );
    await press('Enter');
    const sheet = ana.page.getByRole('dialog');
    await expectPage(sheet.getByLabel('Text of the line')).toHaveValue('Written without a pointer');
    await press('Escape');
    await expectPage(sheet).toHaveCount(0);
    expect(ana.errors).toEqual([]);
  });
});

describe('two tabs of one phone', () => {
  test('[C19d] two tabs half-way through a line keep both lines; one that died is there when its incident is opened again', async () => {
    const server = await startServer({}, CLIENT_DIR);
    await keepsBothLines(server.url);
  });

  test('[C19e] so they do on plain http, where a browser has no locks', async () => {
    const server = await startServer({ LOGLINE_OPEN: 'yes' }, CLIENT_DIR);
    await keepsBothLines(`http://logline.lan:${new URL(server.url).port}`);
  });

  test('[C19f] two taps on Send are one line, also while another tab holds a half-written one', async () => {
    const server = await startServer({}, CLIENT_DIR);
    const ana = await newPhone(server.url, 'Ana Lind');
    await ana.start();
    await ana.declare('Card payments failing, EU');
    await ana.page.getByLabel('What do you see?').fill('Half of a line');
    await ana.draftKept('Half of a line');
    const other = await ana.context.newPage();
    await other.goto(ana.page.url());
    await other.getByLabel('What do you see?').fill('Sent in a hurry');
    const send = other.getByRole('button', { name: 'Log it' });
    await send.dispatchEvent('click');
    await send.dispatchEvent('click');
    ana.page = other;
    await expectPage(ana.line('Sent in a hurry')).toBeVisible();
    await expectPage(other.getByLabel('What do you see?')).toHaveValue('');
    expect((await ana.story()).filter((line) => line === 'Sent in a hurry')).toHaveLength(1);
  });

  test('[L4i] lines of a killed tab are sent by the other', async () => {
    const server = await startServer({}, CLIENT_DIR);
    const ana = await newPhone(server.url, 'Ana Lind', { keepsApp: true });
    await ana.start();
    await ana.declare('Card payments failing, EU');
    await ana.installed();
    await ana.sent();
    const other = await ana.context.newPage();
    await other.goto(ana.page.url());
    await expectPage(other.getByRole('log').getByText('You declared it.').first()).toBeVisible();

    await server.stop();
    await ana.log('Written in the tab that dies');
    await ana.kept();
    await ana.page.close();
    ana.page = other;
    await expectPage(ana.line('Written in the tab that dies')).toBeVisible();
    await server.start();
    await ana.sent();

    const bo = await newPhone(server.url, 'Bo Ek');
    await bo.start();
    await bo.page.getByRole('link', { name: /Card payments failing, EU/ }).click();
    await expectPage(bo.line('Written in the tab that dies')).toBeVisible();
    await expectPage(ana.page.getByText(/waiting on this phone/)).toHaveCount(0);
    expect(ana.errors).toEqual([]);
  });
});

/** Two tabs half-way through a line; the second is gone before its line is sent. */
async function keepsBothLines(url: string): Promise<void> {
  const ana = await newPhone(url, 'Ana Lind');
  await ana.start();
  await ana.declare('Card payments failing, EU');
  await ana.sent();
  const first = ana.page;
  const second = await ana.context.newPage();
  await second.goto(first.url());
  const field = (page: typeof first) => page.getByLabel('What do you see?');
  await field(first).fill('Half of the first');
  await field(second).fill('Half of the second');
  await first.reload();
  await expectPage(field(first)).toHaveValue('Half of the first');
  await second.reload();
  await expectPage(field(second)).toHaveValue('Half of the second');

  await second.close();
  await first.getByRole('button', { name: 'Log it' }).click();
  await expectPage(ana.line('Half of the first')).toBeVisible();
  await expectPage(field(first)).toHaveValue('Half of the second');
  await first.getByRole('button', { name: 'Log it' }).click();
  await expectPage(ana.line('Half of the second')).toBeVisible();
  await ana.sent();
  await first.reload();
  await expectPage(ana.line('Half of the second')).toBeVisible();
  await expectPage(field(first)).toHaveValue('');
  expect(ana.errors).toEqual([]);
}

test('[C11e] whoever changed the words stands in the history, with how they read before; what lost is named', async () => {
  const { ana, bo } = await anaAndBo();
  await ana.log('We fail over');
  await expectPage(bo.line('We fail over')).toBeVisible();
  await ana.airplane(true);
  await bo.airplane(true);
  const add = async (phone: Phone, words: string, claim: string): Promise<void> => {
    const sheet = await phone.openLine('We fail over');
    await sheet.getByLabel('Text of the line').press('End');
    await sheet.getByLabel('Text of the line').pressSequentially(words);
    await sheet.getByText(claim, { exact: true }).click();
    await sheet.getByRole('button', { name: 'Close' }).click();
  };
  await add(ana, ' to us-east', 'Fact');
  await add(ana, ' now', 'Commitment');
  await add(bo, ' tonight', 'Question');
  await ana.airplane(false);
  await bo.airplane(false);
  await ana.sent();
  await bo.sent();
  await expectPage(ana.line('tonight')).toBeVisible();
  await expectPage(bo.line('us-east')).toBeVisible();
  const history = (await ana.openLine('We fail over')).locator('.history');
  await expectPage(
    history.getByText('You changed the words. Before: “We fail over to us-east”'),
  ).toBeVisible();
  await expectPage(
    history.getByText('Bo Ek changed the words. Before: “We fail over”'),
  ).toBeVisible();
  await expectPage(history.getByText(/at the same time, to (Commitment|Question)\./)).toBeVisible();
});

/** Runs in the page: scrolls up in the moment in which the log follows a line that came. */
function scrollAwayOnce(log: Element, text: string): Promise<void> {
  return new Promise((resolve) => {
    new MutationObserver((_changes, observer) => {
      if (!log.textContent?.includes(text)) return;
      observer.disconnect();
      requestAnimationFrame(() =>
        requestAnimationFrame(() => {
          log.scrollBy(0, -500);
          resolve();
        }),
      );
    }).observe(log, { childList: true, subtree: true });
  });
}
