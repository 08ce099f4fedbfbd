/** The one order of a timeline, the same for the list, every export and every metric, on every device. */

import type { Entry } from './entry.ts';

/** By corrected occurred time, then recorded time, then id. */
export function compareEntries(a: Entry, b: Entry): number {
  return a.sortAt - b.sortAt || a.recorded - b.recorded || compareText(a.id, b.id);
}

/** By UTF-16 code units: `localeCompare` would differ from phone to phone. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Where `entry` belongs in `sorted`: the index of the first entry that comes after it. */
export function findPlace(sorted: readonly Entry[], entry: Entry): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = sorted[middle];
    if (other && compareEntries(other, entry) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
