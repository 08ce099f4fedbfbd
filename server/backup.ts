/** `npm run backup -- FILE` copies the database while the server runs; `npm run restore -- FILE` puts a copy back. */

import { readConfig } from './config.ts';
import { BackupRefused, backUp, restore } from './storage/backup.ts';
import { LockTaken } from './storage/open-sqlite.ts';

const USAGE = `npm run backup -- FILE    copies the database in DATA_DIR to FILE, also while the server runs
npm run restore -- FILE   puts FILE in its place; stop the server first. What was there is kept beside it`;

function main([task, file]: readonly string[]): number {
  if (file === undefined || (task !== 'backup' && task !== 'restore')) {
    console.error(USAGE);
    return 1;
  }
  const outcome = readConfig(process.env);
  if (!outcome.ok) {
    for (const problem of outcome.problems) console.error(problem);
    return 1;
  }
  const { dataDir } = outcome.config;
  try {
    if (task === 'backup') {
      backUp(dataDir, file);
      console.info(`Everything in ${dataDir} is in ${file}.`);
      return 0;
    }
    const kept = restore(dataDir, file, Date.now());
    console.info(`${file} is in its place.${kept ? ` What was there is ${kept}.` : ''}`);
    console.info('Phones bring back what they hold as they connect.');
    return 0;
  } catch (cause) {
    if (!(cause instanceof BackupRefused || cause instanceof LockTaken)) throw cause;
    console.error(cause.message);
    return 1;
  }
}

process.exitCode = main(process.argv.slice(2));
