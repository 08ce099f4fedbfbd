/** Finds a Chrome or Chromium on this machine. CHROME_PATH names one that stands elsewhere. */

import { existsSync } from 'node:fs';
import { chromium } from 'playwright';

/** The one without a window first: the same engine at half the cost. */
const PLACES = [
  '/usr/bin/chromium-headless-shell',
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

/** @returns null when there is none */
export function findChromium(): string | null {
  const named = process.env['CHROME_PATH'];
  const places = [...(named ? [named] : []), ...PLACES, chromium.executablePath()];
  return places.find((place) => existsSync(place)) ?? null;
}
