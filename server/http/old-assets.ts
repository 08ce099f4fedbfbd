/**
 * A tab that stays open over a new release still asks for the parts of its own. Their names carry their hash, so they
 * can stand beside the new ones: every start puts the built parts into the data folder, and old ones go after a while.
 */

import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DAY } from '../../shared/domain/time.ts';

/** Names the parts of the release that was started last, one a line. */
const CURRENT = 'current';

function readNames(root: string): readonly string[] {
  const file = join(root, CURRENT);
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
}

/** Nobody keeps a tab open for longer; who does is asked to reload. */
const KEPT_FOR = 30 * DAY;

/**
 * @param now in ms since 1970
 * @returns the folder to read the parts of all releases from
 */
export function keepAssets(clientDir: string, dataDir: string, now: number): string {
  const root = join(dataDir, 'releases');
  const kept = join(root, 'assets');
  const built = join(clientDir, 'assets');
  mkdirSync(kept, { recursive: true });
  const seen = new Date(now);
  const names = existsSync(built) ? readdirSync(built) : [];
  for (const name of names) {
    const copy = join(kept, name);
    if (existsSync(copy)) continue;
    copyFileSync(join(built, name), `${copy}.part`);
    renameSync(`${copy}.part`, copy);
  }
  // The last release was served until now, however long ago it started.
  for (const name of [...readNames(root), ...names]) {
    if (existsSync(join(kept, name))) utimesSync(join(kept, name), seen, seen);
  }
  writeFileSync(join(root, CURRENT), names.join('\n'));
  for (const name of readdirSync(kept)) {
    if (now - statSync(join(kept, name)).mtimeMs > KEPT_FOR) rmSync(join(kept, name));
  }
  return root;
}
