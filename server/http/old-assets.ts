/**
 * A tab that stays open over a new release still asks for the parts of its own. Their names carry their hash, so they
 * can stand beside the new ones: every start puts the built parts into the data folder, and old ones go after a while.
 */

import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { join } from 'node:path';
import { DAY } from '../../shared/domain/time.ts';

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
  for (const name of existsSync(built) ? readdirSync(built) : []) {
    const copy = join(kept, name);
    if (!existsSync(copy)) copyFileSync(join(built, name), copy);
    utimesSync(copy, seen, seen);
  }
  for (const name of readdirSync(kept)) {
    if (now - statSync(join(kept, name)).mtimeMs > KEPT_FOR) rmSync(join(kept, name));
  }
  return root;
}
