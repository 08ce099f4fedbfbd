/** Plays histories and says which failed: `node tests/simulation/explore.ts <first seed> <how many>`. One is told whole. */

import './globals.ts';
import { playHistory } from './history.ts';

const [first = 1, count = 1] = process.argv.slice(2).map(Number);
const before = process.cpuUsage();
let failed = 0;
for (let seed = first; seed < first + count; seed += 1) {
  try {
    await playHistory(seed);
  } catch (cause) {
    failed += 1;
    const words = String(cause);
    console.info(count === 1 ? words : words.split('\n', 1)[0]);
  }
}
const { user, system } = process.cpuUsage(before);
console.info(
  `${failed} of ${count} failed, ${Math.round((user + system) / 1_000 / count)} ms of CPU each`,
);
