/** Seeded randomness (mulberry32), so that a history that failed once fails again. */

import type { RandomBytes } from '../../shared/domain/id.ts';

export type Random = {
  /** In [0, 1). */
  next(): number;
  /** A whole number in [0, below). */
  below(below: number): number;
  pick<T>(list: readonly T[]): T;
  bytes: RandomBytes;
};

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    next,
    below,
    pick(list) {
      const chosen = list[below(list.length)];
      if (chosen === undefined) throw new Error('Nothing to pick from');
      return chosen;
    },
    bytes(into) {
      for (let i = 0; i < into.length; i++) into[i] = below(256);
    },
  };
}

/** Another one in every run; `SEED=…` in the environment gives a run back that failed. */
export function newSeed(): number {
  return Number(process.env['SEED'] ?? Date.now() % 1_000_000);
}
