/** Loaded into every measured server before its own code: tells its memory after collecting garbage, when asked. */

import { isMainThread } from 'node:worker_threads';

/** V8 gives freed pages back a little after it collected. */
const GIVEN_BACK_MILLIS = 1_000;

if (isMainThread) {
  process.on('message', (message) => {
    if (message !== 'memory') return;
    collect();
    setTimeout(() => {
      collect();
      const { rss, heapUsed, external } = process.memoryUsage();
      process.send?.({ residentBytes: rss, usedBytes: heapUsed + external });
    }, GIVEN_BACK_MILLIS);
  });
  process.channel?.unref();
}

/** As if memory had run out, so that nothing is kept for later. */
function collect(): void {
  const thorough = { type: 'major', execution: 'sync', flavor: 'last-resort' } as const;
  globalThis.gc?.(thorough);
}
