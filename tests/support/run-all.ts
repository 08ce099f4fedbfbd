/** `npm test`: finds a browser or installs one, builds the app, and runs every test there is. */

import { spawnSync } from 'node:child_process';
import { findChromium } from './chromium.ts';

if (!findChromium()) {
  console.info('No Chrome or Chromium found; installing one for the tests.');
  run('playwright', ['install', '--with-deps', '--only-shell', 'chromium']);
  if (!findChromium()) {
    console.error(
      'Install Chrome or Chromium, or set CHROME_PATH to one, and run the tests again.',
    );
    process.exit(1);
  }
}
run('vite', ['build', '--logLevel', 'warn']);
run('vitest', ['run', ...process.argv.slice(2)]);

function run(command: string, args: readonly string[]): void {
  const { status } = spawnSync(command, args, {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
}
