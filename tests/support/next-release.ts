/** The release after this one: the same source with a few sentences changed, built by the same build. */

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { newFolder } from './folder.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** The sentences are such that the first page and the sheets get new names. */
const BUILD = `
  import { build } from 'vite';
  const [configFile, outDir] = process.argv.slice(1);
  const reword = (code, id) =>
    id.includes('/client/') && code
      .replaceAll('You and this phone', 'You and this device')
      .replaceAll('Nothing is on fire', 'Nothing burns')
      .replaceAll('Kind of line', 'Kind of the line');
  await build({
    configFile,
    logLevel: 'error',
    build: { outDir },
    plugins: [{ name: 'next-release', enforce: 'pre', transform: (code, id) => reword(code, id) || null }],
  });
`;

/** @returns the folder it was built into */
export async function buildNextRelease(): Promise<string> {
  const outDir = newFolder();
  const { VITEST: _, NODE_ENV: __, ...environment } = process.env;
  const args = ['--input-type=module', '-e', BUILD, join(ROOT, 'vite.config.ts'), outDir];
  await promisify(execFile)(process.execPath, args, { cwd: ROOT, env: environment });
  return outDir;
}
