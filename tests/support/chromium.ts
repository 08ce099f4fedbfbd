/** Finds a Chrome or Chromium on this machine. CHROME_PATH names one that stands elsewhere. */

import { existsSync } from 'node:fs';
import { chromium } from 'playwright';

/** The same engine at half the cost, and without what needs a browser around it, such as Background Sync. */
const WITHOUT_WINDOW = '/usr/bin/chromium-headless-shell';
const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** No traffic of the browser's own, and no sandbox where the user is root. */
export const CHROMIUM_ARGS: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * @param isWhole not the one without a window
 * @returns null when there is none
 */
export function findChromium(isWhole = false): string | null {
  const named = process.env['CHROME_PATH'];
  const small = isWhole ? [] : [WITHOUT_WINDOW];
  const places = [...(named ? [named] : []), ...small, ...PLACES, chromium.executablePath()];
  return places.find((place) => existsSync(place)) ?? null;
}
