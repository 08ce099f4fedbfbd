/**
 * `npm run bench`: the figures that are promised, with their targets. A phone is played by Chromium with its CPU slowed
 * down four times, in an incident of 10,000 lines. Times are medians and 95th percentiles in milliseconds.
 */

import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type BrowserContext, chromium, type Page } from 'playwright';
import { createLog } from '../../server/log.ts';
import { serve } from '../../server/serve.ts';
import { createIncidentDoc } from '../../shared/doc/incident-doc.ts';
import { CHROMIUM_ARGS, findChromium } from '../support/chromium.ts';
import { toConfig } from '../support/config.ts';
import { busyIncident, longIncident } from '../support/long-incident.ts';
import { waitOnDisk } from '../support/on-disk.ts';
import { seedIncident } from '../support/seed.ts';
import { measureDrafting, measurePromotion } from './draft.ts';
import { type Figure, measureNode, print } from './figures.ts';

const ENTRIES = 10_000;
const SLOWDOWN = 4;
const ROUNDS = 20;
const COLD_STARTS = 5;
const CLIENT_DIR = join(import.meta.dirname, '..', '..', 'dist', 'client');

const folder = await mkdtemp(join(tmpdir(), 'logline-bench-'));
const config = toConfig({ PORT: '0', DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'silent' });
const server = await serve(config, createLog('silent'), CLIENT_DIR);
const executablePath = findChromium(true);
const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
  args: [...CHROMIUM_ARGS],
  ...(executablePath && { executablePath }),
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
});

try {
  const device = longIncident(ENTRIES, Date.now() - ENTRIES * 1000);
  const bytes = device.doc.encode();
  const id = await seedIncident(server.url, device);
  const page = await firstVisit(context, `${server.url}i/${id}`);
  const figures: Figure[] = [
    ...(await measureTaps(page)),
    await measureKeys(page),
    await measureColdStart(context, page.url()),
    ...(await measurePostmortem()),
    { name: 'document of 10,000 lines', value: bytes.length / 1e6, unit: 'MB', target: 2.6 },
    { name: 'the same, gzip', value: gzipSync(bytes).length / 1e6, unit: 'MB', target: null },
    measureNode('reading 10,000 lines', 'ms CPU', null, () => {
      createIncidentDoc().apply(bytes, 'storage');
    }),
    measureNode('one new line among 10,000, read again', 'ms CPU', null, () => {
      device.log('One more', { at: device.now });
    }),
  ];
  process.exitCode = print(figures) ? 0 : 1;
} finally {
  await context.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
measureServers();

/** One round of the other bench, told and not judged: most of its figures are about other servers. */
function measureServers(): void {
  console.info('\nThe server beside others, one round (npm run bench:server for more):');
  const bench = join(import.meta.dirname, 'server.ts');
  spawnSync(process.execPath, [bench, '--rounds', '1'], { stdio: 'inherit' });
}

/** Installs the app, opens the incident, and waits until all of it is on the phone. */
async function firstVisit(phone: BrowserContext, address: string): Promise<Page> {
  const page = await phone.newPage();
  await page.goto(server.url);
  await page.getByLabel('Your name in the log').fill('Ana Lind');
  await page.getByRole('button', { name: 'Start' }).click();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.goto(address);
  await page.getByText(`${ENTRIES - 1} payments-eu`).waitFor();
  for (const table of ['firstPaint', 'updates']) await waitOnDisk(page, table, '');
  await slowDown(page);
  return page;
}

/** In an incident as long, of many kinds. */
async function measurePostmortem(): Promise<readonly Figure[]> {
  const busy = busyIncident(ENTRIES, Date.now() - ENTRIES * 1000);
  const page = await context.newPage();
  await page.goto(`${server.url}i/${await seedIncident(server.url, busy)}`);
  await page.getByText(`${ENTRIES - 1} payments-eu`).waitFor();
  await slowDown(page);
  return [
    await measurePromotion(page, COLD_STARTS),
    ...(await measureDrafting(page, busy.doc.encode())),
  ];
}

async function slowDown(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
}

async function measureTaps(page: Page): Promise<readonly Figure[]> {
  await page.context().setOffline(true);
  await page.getByText(/^Offline since/).waitFor();
  const rows: number[] = [];
  const durable: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const text = `measured ${round}`;
    await page.getByLabel('What do you see?').fill(text);
    const measuring = page.evaluate(watchTap, text);
    await page.getByRole('button', { name: 'Log it' }).tap();
    const taken = await measuring;
    rows.push(taken.row);
    durable.push(taken.durable);
  }
  await page.context().setOffline(false);
  return [
    { name: 'tap → row on the screen', values: rows, unit: 'ms', target: 100 },
    { name: 'tap → durable on the phone', values: durable, unit: 'ms', target: 150 },
  ];
}

async function measureKeys(page: Page): Promise<Figure> {
  await page.getByLabel('What do you see?').focus();
  await page.evaluate(watchKeys);
  for (const letter of 'every error is a pool timeout')
    await page.keyboard.press(letter === ' ' ? 'Space' : letter);
  const values = await page.evaluate(takeKeys);
  await page.getByLabel('What do you see?').fill('');
  return { name: 'keystroke → paint', values, unit: 'ms', target: 50 };
}

async function measureColdStart(phone: BrowserContext, address: string): Promise<Figure> {
  const values: number[] = [];
  for (let start = 0; start < COLD_STARTS; start++) {
    for (const open of phone.pages()) await open.close();
    const page = await phone.newPage();
    await page.addInitScript(watchFirstLine);
    await slowDown(page);
    await page.goto(address);
    await page.waitForFunction(() => 'firstLine' in window);
    values.push(await page.evaluate(() => Number(Reflect.get(window, 'firstLine'))));
    await page.getByText('measured 19').waitFor();
  }
  return { name: 'cold start → painted timeline', values, unit: 'ms', target: 1500 };
}

/** From the finger going down to the row being painted, and to its "on this phone" mark. */
function watchTap(text: string): Promise<{ row: number; durable: number }> {
  return new Promise((resolve) => {
    let down = 0;
    let row = 0;
    document.addEventListener('pointerdown', () => (down = performance.now()), {
      once: true,
      capture: true,
    });
    const observer = new MutationObserver(() => {
      const line = [...document.querySelectorAll('.line')].find((found) =>
        found.querySelector('.line-text')?.textContent?.endsWith(text),
      );
      if (!line) return;
      if (row === 0) {
        row = -1;
        requestAnimationFrame(() => setTimeout(() => (row = performance.now())));
      }
      if (line.querySelector('[data-place="phone"]')) {
        observer.disconnect();
        const stored = performance.now();
        requestAnimationFrame(() =>
          setTimeout(() => resolve({ row: row - down, durable: stored - down }), 50),
        );
      }
    });
    observer.observe(document.body, { childList: true, subtree: true, attributes: true });
  });
}

/** Event Timing: from the key to the next paint, in steps of 8 ms. */
function watchKeys(): void {
  const taken: number[] = [];
  Reflect.set(window, 'keyTimes', taken);
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry.name === 'keydown') taken.push(entry.duration);
  });
  const options = { type: 'event', durationThreshold: 16 };
  observer.observe(options);
}

function takeKeys(): Promise<number[]> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(() => resolve(Reflect.get(window, 'keyTimes')), 100));
  });
}

function watchFirstLine(): void {
  const observer = new MutationObserver(() => {
    if (!document.querySelector('.line-text')) return;
    observer.disconnect();
    requestAnimationFrame(() =>
      setTimeout(() => Reflect.set(window, 'firstLine', performance.now())),
    );
  });
  observer.observe(document, { childList: true, subtree: true });
}
