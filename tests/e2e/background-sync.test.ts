import { test } from 'vitest';
import { CLIENT_DIR, expectPage, newPhone, type Phone, useBrowser } from '../support/phones.ts';
import { startServer } from '../support/server.ts';

useBrowser(true);

test('[L4o] what waits goes with every page closed, as soon as the browser says that the network is back', async () => {
  const server = await startServer({}, CLIENT_DIR);
  const ana = await newPhone(server.url, 'Ana Lind', { keepsApp: true });
  await ana.start();
  await ana.installed();
  await ana.declare('Card payments failing, EU');
  await ana.sent();
  const bo = await newPhone(server.url, 'Bo Ek');
  await bo.start();
  await bo.page.goto(ana.page.url());
  await server.stop();
  await ana.log('Written while the server was down');
  await ana.kept();
  await expectPage
    .poll(() => ana.page.evaluate(readWanted), { timeout: 15_000 })
    .toContain('unsent');

  const worker = await findWorker(ana);
  await ana.page.close();
  await server.start();
  await worker.tellNetworkIsBack();
  await expectPage(bo.line('Written while the server was down')).toBeVisible({ timeout: 40_000 });

  // Nothing was marked as sent meanwhile: the next page asks, and hears that it is there.
  ana.page = await ana.context.newPage();
  await ana.page.goto(bo.page.url());
  await ana.sent();
  await expectPage(ana.line('Written while the server was down')).toHaveCount(1);
});

/** Runs in the page. @returns what the browser was asked to wake the worker for */
async function readWanted(): Promise<readonly string[]> {
  const { sync }: ServiceWorkerRegistration & { sync?: { getTags(): Promise<string[]> } } =
    await navigator.serviceWorker.ready;
  return sync ? sync.getTags() : [];
}

/** The browser's own way to say so needs a network that goes and comes; this is the same event. */
async function findWorker(phone: Phone): Promise<{ tellNetworkIsBack(): Promise<void> }> {
  const blank = await phone.context.newPage();
  await blank.goto('/icon.svg');
  const session = await phone.context.newCDPSession(blank);
  const registrations = new Promise<string>((resolve) => {
    session.on('ServiceWorker.workerRegistrationUpdated', (event) => {
      const [first] = event.registrations;
      if (first) resolve(first.registrationId);
    });
  });
  await session.send('ServiceWorker.enable');
  const registrationId = await registrations;
  const { origin } = new URL(blank.url());
  return {
    async tellNetworkIsBack() {
      const event = { origin, registrationId, tag: 'unsent', lastChance: false };
      await session.send('ServiceWorker.dispatchSyncEvent', event);
    },
  };
}
