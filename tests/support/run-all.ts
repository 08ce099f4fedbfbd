/**
 * `npm test`: finds a browser or installs one, builds the app, and runs every test there is. With `--long` (as
 * `npm run test:long` says it) tests that count rounds count many more. Other arguments go to vitest.
 */

import { spawnSync } from 'node:child_process';
import { findChromium } from './chromium.ts';
import { compileOnce } from './compile-once.ts';

if (!findChromium(true)) {
  console.info('No Chrome or Chromium found; installing one for the tests.');
  run('playwright', ['install', '--with-deps', 'chromium']);
  if (!findChromium(true)) {
    console.error(
      'Install Chrome or Chromium, or set CHROME_PATH to one, and run the tests again.',
    );
    process.exit(1);
  }
}
run('vite', ['build', '--logLevel', 'warn']);
await compileOnce();
const given = process.argv.slice(2);
if (given.includes('--long')) process.env['LOGLINE_LONG'] = '1';
run('vitest', ['run', ...given.filter((argument) => argument !== '--long')]);

function run(command: string, args: readonly string[]): void {
  const { status } = spawnSync(command, args, {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
}
