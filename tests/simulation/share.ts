/** How many histories there are, and who plays which: two files, so that two processors have something to do. */

import { expect } from 'vitest';
import { playHistory } from './history.ts';

const SHARES = 2;

/** `LOGLINE_LONG=1` plays more. */
export const HISTORIES = process.env['LOGLINE_LONG'] ? 10_000 : 2_000;

/** Seeds that failed once, each with a fault that is mended. They come first, and not again. */
export const FAILED_ONCE: readonly number[] = [1, 2, 4, 5, 7, 13, 20, 214, 1348, 1568];

export async function playShare(share: number): Promise<void> {
  for (let seed = 1; seed <= HISTORIES; seed += 1)
    if (seed % SHARES === share && !FAILED_ONCE.includes(seed)) await playHistory(seed);
}

export async function playFailedOnce(): Promise<void> {
  for (const seed of FAILED_ONCE) await playHistory(seed);
}

/** Twice the same, step by step. */
export async function playTwice(seed: number): Promise<void> {
  expect(await playHistory(seed)).toEqual(await playHistory(seed));
}
