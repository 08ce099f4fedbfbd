import './globals.ts';
import { expect, test } from 'vitest';
import { rounds } from '../support/counts.ts';
import { playHistory } from './history.ts';
import {
  acknowledgedBeforeTheDisk,
  claimedUnseen,
  clearedOnRefusal,
  clearedOnSend,
  forgottenByCompaction,
  gapAccepted,
  keptInMemory,
  overtaken,
  type Plant,
  sentAgainAsNew,
  shownBeforeTheCommit,
  storedTwice,
} from './plants.ts';

const PLANTS: readonly (readonly [fault: string, plant: Plant, within: number, found: RegExp])[] = [
  [
    'acknowledging before the disk has it',
    acknowledgedBeforeTheDisk,
    3,
    /before the server had it/,
  ],
  ['forgetting what was sent', clearedOnSend, 10, /forgotten before the server had it/],
  ['forgetting everything when a login is refused', clearedOnRefusal, 30, /forgotten before/],
  ['storing what was sent again', storedTwice, 10, /stored twice/],
  ['sending again as something new', sentAgainAsNew, 30, /is in the log twice/],
  [
    'a queue that is in memory only',
    keptInMemory,
    10,
    /was on the disk and is gone|its mark did not come back/,
  ],
  ['accepting a gap', gapAccepted, 30, /before the server had it/],
  ['claiming to have what was never sent', claimedUnseen, 10, /before the server had it/],
  [
    'showing what is not on the disk',
    shownBeforeTheCommit,
    10,
    /which is not on the server’s disk/,
  ],
  ['a compaction that forgets what came meanwhile', forgottenByCompaction, 60, /is gone/],
];

const OVERTAKEN = rounds({ usual: 30, long: 300 });

for (const [fault, plant, within, found] of PLANTS) {
  test(`[Z7] ${fault} is found within ${within} histories`, async () => {
    let words = 'nothing was found';
    let seed = 0;
    while (seed < within && words === 'nothing was found') {
      seed += 1;
      words = await playHistory(seed, plant).then(
        () => 'nothing was found',
        (cause: unknown) => String(cause),
      );
    }
    expect(words).toMatch(found);
  });
}

test(`[Z9] updates that overtake each other on their way lose nothing, in ${OVERTAKEN} histories`, async () => {
  for (let seed = 1; seed <= OVERTAKEN; seed += 1) await playHistory(seed, overtaken);
});
