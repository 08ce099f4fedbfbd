import { describe, expect, test } from 'vitest';
import {
  CLIENT_DIR,
  expectPage,
  LAPTOP,
  newPhone,
  PHONE,
  type Phone,
  TALL_PHONE,
  useBrowser,
} from '../support/phones.ts';
import { startServer, type TestServer } from '../support/server.ts';

useBrowser();

const SCREENS = [PHONE, TALL_PHONE, LAPTOP];

/** Both ways a server can be out of reach. */
const WAYS = [
  {
    word: 'in airplane mode',
    leave: (_server: TestServer, ana: Phone) => ana.airplane(true),
    comeBack: (_server: TestServer, ana: Phone) => ana.airplane(false),
  },
  {
    word: 'with the server stopped',
    leave: (server: TestServer) => server.stop(),
    comeBack: (server: TestServer) => server.start(),
  },
];

async function installedAna(server: TestServer, screen = PHONE): Promise<Phone> {
  const ana = await newPhone(server.url, 'Ana Lind', { screen, keepsApp: true });
  await ana.start();
  await ana.installed();
  return ana;
}

for (const { way, screen } of WAYS.flatMap((way) => SCREENS.map((screen) => ({ way, screen })))) {
  describe(`${way.word}, ${screen.width} × ${screen.height}`, () => {
    test('[L4c] declaring and logging go on, unsent lines are marked, and they go by themselves', async () => {
      const server = await startServer({}, CLIENT_DIR);
      const ana = await installedAna(server, screen);
      await way.leave(server, ana);
      await ana.declare('Card payments failing, EU');
      await ana.log('Every error is a pool timeout');
      await ana.mark('Detected');
      await expectPage(ana.page.getByText(/^Offline since \d\d:\d\d$/)).toBeVisible();
      await expectPage(
        ana.page.getByText('Keep logging. 5 lines are safe on this phone'),
      ).toBeVisible();
      const waiting = ana.line('Every error is a pool timeout');
      await expectPage(ana.page.getByText('From here on, only on this phone')).toHaveCount(1);
      await expectPage(waiting.getByRole('link')).toHaveAccessibleName(
        /On this phone, not sent yet/,
      );

      await way.comeBack(server, ana);
      await ana.sent();
      await expectPage(ana.page.getByText(/^Offline since/)).toHaveCount(0);
      await expectPage(ana.page.getByText('From here on, only on this phone')).toHaveCount(0);
      await expectPage(waiting.getByRole('link')).not.toHaveAccessibleName(/not sent yet/);

      const bo = await newPhone(server.url, 'Bo Ek');
      await bo.start();
      await bo.page.getByRole('link', { name: /Card payments failing, EU/ }).click();
      await expectPage(bo.line('Every error is a pool timeout')).toBeVisible();
      expect(ana.errors).toEqual([]);
    });

    test('[L4d] reloading, a deep link and a killed tab lose nothing', async () => {
      const server = await startServer({}, CLIENT_DIR);
      const ana = await installedAna(server, screen);
      await ana.declare('Card payments failing, EU');
      await ana.log('Written with a network');
      await ana.sent();
      await way.leave(server, ana);
      await ana.log('Written without');
      await ana.kept();
      await ana.page.reload();
      await expectPage(ana.line('Written without')).toBeVisible();
      await ana.log('After the reload', 'action');
      await ana.kept();
      await ana.killTab();
      await expectPage(ana.line('After the reload')).toBeVisible();
      const address = ana.page.url();
      await ana.page.goto('/');
      await expectPage(
        ana.page.getByRole('link', { name: /Card payments failing, EU/ }),
      ).toBeVisible();
      await expectPage(ana.page.getByText('Offline, 2 lines waiting')).toBeVisible();
      await ana.page.goto(address);
      const lines = ['Written with a network', 'Written without', 'After the reload'];
      await expect.poll(async () => (await ana.story()).slice(3)).toEqual(lines);
      await way.comeBack(server, ana);
      await ana.sent();
      expect(ana.errors).toEqual([]);
    });

    test('[L4e] lines go from the home screen too, without the incident being opened', async () => {
      const server = await startServer({}, CLIENT_DIR);
      const ana = await installedAna(server, screen);
      await way.leave(server, ana);
      await ana.declare('Card payments failing, EU');
      await ana.log('Written without');
      await ana.kept();
      await ana.page.goto('/');
      await expectPage(ana.page.getByText('Offline, 4 lines waiting')).toBeVisible();
      await way.comeBack(server, ana);
      await expectPage(ana.page.getByText(/^Synced/)).toBeVisible();
      await expectPage(ana.page.getByText(/waiting on this phone/)).toHaveCount(0);
    });
  });
}

test('[L4h] a tab killed in the moment of sending leaves the words in the log or in the field, once', async () => {
  const server = await startServer({}, CLIENT_DIR);
  const ana = await installedAna(server);
  await ana.declare('Card payments failing, EU');
  for (let turns = 0; turns < 8; turns += 1) {
    const words = `Killed ${turns} turns after the tap`;
    const field = () => ana.page.getByLabel('What do you see?');
    await field().fill(words);
    await ana.draftKept(words);
    await ana.page.evaluate(async (rounds) => {
      document.querySelector<HTMLElement>('[aria-label="Log it"]')?.click();
      for (let round = 0; round < rounds; round += 1) await new Promise(requestAnimationFrame);
    }, turns);
    await ana.killTab();
    await expectPage(ana.page.getByRole('log').getByRole('article')).not.toHaveCount(0);
    await expect
      .poll(async () =>
        [...(await ana.story()), await field().inputValue()].filter((text) => text === words),
      )
      .toEqual([words]);
    await field().fill('');
  }
  expect(ana.errors).toEqual([]);
});

test('[L4f] a link to an incident this phone has never seen says so, and fills in when the server is back', async () => {
  const server = await startServer({}, CLIENT_DIR);
  const ana = await installedAna(server);
  await ana.declare('Card payments failing, EU');
  await ana.log('Every error is a pool timeout');
  await ana.sent();
  const bo = await newPhone(server.url, 'Bo Ek', { keepsApp: true });
  await bo.start();
  await bo.installed();
  await bo.airplane(true);
  await bo.page.goto(new URL(ana.page.url()).pathname);
  await expectPage(bo.page.getByText('Not on this phone yet')).toBeVisible();
  await bo.airplane(false);
  await expectPage(bo.line('Every error is a pool timeout')).toBeVisible();
});

test('[L4k] a link with a wrong letter leads nowhere: nothing can be logged there, and nobody else ever sees it', async () => {
  const server = await startServer({}, CLIENT_DIR);
  const ana = await newPhone(server.url, 'Ana Lind');
  await ana.start();
  await ana.declare('Card payments failing, EU');
  await ana.sent();
  const { pathname } = new URL(ana.page.url());
  const wrong = pathname.slice(0, -1) + (pathname.endsWith('0') ? '1' : '0');
  const bo = await newPhone(server.url, 'Bo Ek', { keepsApp: true });
  await bo.start();
  await bo.page.goto(wrong);
  await expectPage(bo.page.getByText('No incident is at this address')).toBeVisible();
  await expectPage(bo.page.getByRole('button', { name: 'Log it' })).toHaveCount(0);
  // Logged without a network, where nobody can tell, it stays with the one who wrote it.
  await server.stop();
  await bo.page.reload();
  await bo.log('Every error is a pool timeout');
  await server.start();
  await bo.sent();
  await ana.page.goto('/');
  await expectPage(ana.page.getByRole('status').filter({ hasText: 'Synced' })).toBeVisible();
  await expectPage(ana.page.getByRole('link', { name: /Card payments/ })).toHaveCount(1);
  await expectPage(ana.page.getByRole('link', { name: /Incident of/ })).toHaveCount(0);
});

test('[L4l] a line the phone could not read off its disk goes on waiting until it could, and was sent', async () => {
  const server = await startServer({}, CLIENT_DIR);
  const ana = await installedAna(server);
  await ana.declare('Card payments failing, EU');
  await ana.sent();
  const bo = await newPhone(server.url, 'Bo Ek');
  await bo.start();
  await bo.page.goto(ana.page.url());
  await server.stop();
  await ana.log('Written while the server was down');
  await ana.kept();
  const address = ana.page.url();
  await ana.page.close();
  ana.page = await ana.context.newPage();
  await ana.page.addInitScript(breakReading);
  await ana.page.goto(address);
  await server.start();
  await expectPage(ana.page.getByText('A stored piece could not be read')).toBeVisible({
    timeout: 40_000,
  });
  await expectPage(ana.page.getByRole('log').getByText('You declared it.').first()).toBeVisible();
  await bo.log('The server is back');
  await expectPage(ana.line('The server is back')).toBeVisible();

  await ana.page.close();
  ana.page = await ana.context.newPage();
  await ana.page.goto(new URL('/', address).href);
  await expectPage(bo.line('Written while the server was down')).toBeVisible({ timeout: 40_000 });
});

/** Runs in the page before the app: its disk answers no question about updates. */
function breakReading(): void {
  const { getAll } = IDBIndex.prototype;
  const { openCursor, openKeyCursor, getAllKeys } = IDBIndex.prototype;
  const refuse = (index: IDBIndex): void => {
    if (['updates', 'snapshots'].includes(index.objectStore.name))
      throw new DOMException('The disk does not answer', 'UnknownError');
  };
  Object.assign(IDBIndex.prototype, {
    getAll(this: IDBIndex, ...query: Parameters<typeof getAll>) {
      refuse(this);
      return getAll.apply(this, query);
    },
    getAllKeys(this: IDBIndex, ...query: Parameters<typeof getAllKeys>) {
      refuse(this);
      return getAllKeys.apply(this, query);
    },
    openCursor(this: IDBIndex, ...query: Parameters<typeof openCursor>) {
      refuse(this);
      return openCursor.apply(this, query);
    },
    openKeyCursor(this: IDBIndex, ...query: Parameters<typeof openKeyCursor>) {
      refuse(this);
      return openKeyCursor.apply(this, query);
    },
  });
}

test('[L4g] an address that names no incident says so', async () => {
  const server = await startServer({}, CLIENT_DIR);
  const ana = await newPhone(server.url, 'Ana Lind', { keepsApp: true });
  await ana.start();
  await ana.page.goto('/i/lobby');
  await expectPage(ana.page.getByText('This link does not name an incident')).toBeVisible();
  await ana.page.goto('/somewhere');
  await expectPage(ana.page.getByText('There is nothing at this address')).toBeVisible();
});
