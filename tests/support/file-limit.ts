/** A disk that is full for one process: from now on no file of it may be written past a size (util-linux prlimit). */

import { execFileSync, spawnSync } from 'node:child_process';

export const hasFileLimit = spawnSync('prlimit', ['--version']).status === 0;

/** @param bytes null: as large as it likes again */
export function limitFiles(pid: number, bytes: number | null): void {
  const soft = bytes === null ? 'unlimited' : String(bytes);
  execFileSync('prlimit', ['--pid', String(pid), `--fsize=${soft}:`]);
}
