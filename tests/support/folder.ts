/** Folders that are gone when the test is. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'logline-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
