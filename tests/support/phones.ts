/** Phones in a test story: real browser contexts, driven by what is on the screen. */

import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright';
import { expect as expectAtOnce } from 'playwright/test';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import type { Kind } from '../../shared/domain/kind.ts';
import { KIND_WORDS } from '../../shared/domain/kind.ts';
import { CHROMIUM_ARGS, findChromium } from './chromium.ts';
import { waitOnDisk } from './on-disk.ts';
import { clockOf } from './server.ts';

/** A phone whose server was away for long tries again after at most 30 s. */
const RECONNECTED_WITHIN = 40_000;

export const CLIENT_DIR = join(import.meta.dirname, '..', '..', 'dist', 'client');

export type Screen = { readonly width: number; readonly height: number };
export const PHONE: Screen = { width: 390, height: 844 };
export const TALL_PHONE: Screen = { width: 412, height: 915 };
export const LAPTOP: Screen = { width: 1280, height: 800 };

/** Page-level waiting assertions: `await expectPage(locator).toBeVisible()`. Two browsers at once take their time. */
export const expectPage = expectAtOnce.configure({ timeout: 15_000 });

let browser: Browser | null = null;

/**
 * One browser for a file; each phone is a context of its own in it. To be called at the top of the file.
 * @param isWhole where the small one cannot do it
 */
export function useBrowser(isWhole = false): void {
  beforeAll(async () => {
    const executablePath = findChromium(isWhole);
    browser = await chromium.launch({
      // A name that is not this machine's own, as another machine would use.
      args: [...CHROMIUM_ARGS, '--host-resolver-rules=MAP logline.lan 127.0.0.1'],
      ...(executablePath && { executablePath }),
    });
  });
  afterAll(async () => {
    await browser?.close();
    browser = null;
  });
}

export type PhoneOptions = {
  readonly screen?: Screen;
  readonly theme?: 'dark' | 'light';
  readonly zone?: string;
  /** Whether the browser keeps the app for when there is no network. It costs as much as the page itself. */
  readonly keepsApp?: boolean;
};

export type Phone = {
  readonly name: string;
  readonly context: BrowserContext;
  page: Page;
  /** Errors of the page that nobody caught. */
  readonly errors: readonly string[];
  /** Opens the app for the first time and gives the name. */
  start(): Promise<void>;
  declare(title?: string): Promise<void>;
  log(text: string, kind?: Kind): Promise<void>;
  mark(milestone: string): Promise<void>;
  /** The row of the log with these words. */
  line(text: string): Locator;
  /** The lines on the screen, top to bottom. */
  story(): Promise<readonly string[]>;
  openLine(text: string): Promise<Locator>;
  /** Waits until the worker keeps the app, so that it opens without a network. Only of a phone that may. */
  installed(): Promise<void>;
  /** Waits until every line carries the tick that says it is on this phone's disk, or further. */
  kept(): Promise<void>;
  /** Waits until the half-written words are on this phone's disk. */
  draftKept(text: string): Promise<void>;
  /** Waits until every line is on the server. */
  sent(): Promise<void>;
  /** Another time, for this phone and for the server it sets its clock by. */
  setTime(time: Date): Promise<void>;
  /** Time goes by on both, in one leap. Only after `setTime`. */
  passTime(millis: number): Promise<void>;
  airplane(isOn: boolean): Promise<void>;
  /** As when the phone kills the tab: nothing of the page is asked. The next page opens the same address. */
  killTab(): Promise<void>;
};

export async function newPhone(
  url: string,
  name: string,
  options: PhoneOptions = {},
): Promise<Phone> {
  if (!browser) throw new Error('useBrowser() belongs at the top of the file');
  const screen = options.screen ?? PHONE;
  const isPhone = screen.width < 700;
  const context = await browser.newContext({
    baseURL: url,
    viewport: screen,
    colorScheme: options.theme ?? 'dark',
    timezoneId: options.zone ?? 'Europe/Berlin',
    hasTouch: isPhone,
    isMobile: isPhone,
    reducedMotion: 'reduce',
    serviceWorkers: options.keepsApp ? 'allow' : 'block',
  });
  onTestFinished(() => context.close());
  return phoneIn(context, name, url);
}

/** A phone in a browser that is already there. */
export async function phoneIn(context: BrowserContext, name: string, url: string): Promise<Phone> {
  context.setDefaultTimeout(30_000);
  const errors: string[] = [];
  const page = await openPage();

  async function openPage(): Promise<Page> {
    const opened = await context.newPage();
    opened.on('pageerror', (error) => errors.push(error.message));
    return opened;
  }

  const phone: Phone = {
    name,
    context,
    page,
    errors,
    async start() {
      await phone.page.goto('/');
      await phone.page.getByLabel('Your name in the log').fill(name);
      await phone.page.getByRole('button', { name: 'Start' }).click();
      await expectPage(phone.page.getByRole('heading', { name: 'Active now' })).toBeVisible();
      await waitOnDisk(phone.page, 'settings', `"name":${JSON.stringify(name)}`); // a page that goes before would be asked again
    },
    async declare(title) {
      await phone.page.getByRole('button', { name: 'Declare incident' }).click();
      if (title) await phone.page.getByLabel('Title').fill(title);
      await phone.page.getByRole('button', { name: /^Declare SEV/ }).click();
      await expectPage(phone.page.getByRole('log', { name: 'Timeline' })).toBeVisible();
      await expectPage(phone.page.getByText('You declared it.').first()).toBeVisible();
    },
    async log(text, kind = 'observation') {
      const field = phone.page.getByLabel(KIND_WORDS[kind].prompt);
      if (!(await field.isVisible()))
        // another kind is chosen
        await phone.page.getByRole('radio', { name: KIND_WORDS[kind].word }).click();
      await field.fill(text);
      await phone.page.getByRole('button', { name: 'Log it' }).click();
      await expectPage(phone.line(text.replaceAll('`', '').slice(0, 80))).toBeVisible();
    },
    async mark(milestone) {
      await phone.page.getByRole('radio', { name: 'Milestone' }).click();
      await phone.page.getByRole('button', { name: milestone, exact: true }).click();
      await expectPage(phone.line(milestone)).toBeVisible();
    },
    line: (text) =>
      phone.page.getByRole('log').getByRole('article').filter({ hasText: text }).first(),
    async story() {
      const lines = phone.page.getByRole('log').locator('.line-text, .milestone-word, .system p');
      return (await lines.allInnerTexts()).map((line) => line.replaceAll(/\s+/g, ' ').trim());
    },
    async openLine(text) {
      await phone.line(text).getByRole('link').first().click();
      const sheet = phone.page.getByRole('dialog');
      await expectPage(sheet).toBeVisible();
      return sheet;
    },
    async installed() {
      await phone.page.evaluate(async () => {
        await navigator.serviceWorker.ready;
        if (navigator.serviceWorker.controller) return;
        await new Promise((resolve) =>
          navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
        );
      });
    },
    async kept() {
      await expectPage(
        phone.page.locator('[data-place="unknown"], [data-place="memory"]'),
      ).toHaveCount(0);
    },
    async draftKept(text) {
      await waitOnDisk(phone.page, 'drafts', `"text":${JSON.stringify(text)}`);
    },
    async sent() {
      await expectPage(
        phone.page.locator('[data-place="unknown"], [data-place="memory"], [data-place="phone"]'),
      ).toHaveCount(0, { timeout: RECONNECTED_WITHIN });
    },
    async setTime(time) {
      clockOf(url).ahead = time.getTime() - Date.now();
      await phone.page.clock.install({ time });
    },
    async passTime(millis) {
      clockOf(url).ahead += millis;
      await phone.page.clock.fastForward(millis);
    },
    airplane: (isOn) => context.setOffline(isOn),
    async killTab() {
      const address = phone.page.url();
      const session = await context.newCDPSession(phone.page);
      const crashed = phone.page.waitForEvent('crash');
      session.send('Page.crash').catch(() => undefined); // the answer dies with the page
      await crashed;
      await phone.page.close();
      phone.page = await openPage();
      await phone.page.goto(address);
    },
  };
  return phone;
}
