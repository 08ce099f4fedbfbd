/** Loaded into every measured server before its own code: tells its memory after collecting garbage, when asked. */

import { isMainThread } from 'node:worker_threads';

if (isMainThread) {
  process.on('message', (message) => {
    if (message !== 'residentBytes') return;
    globalThis.gc?.();
    globalThis.gc?.();
    // What was freed goes back to the system a little later.
    setTimeout(() => process.send?.(process.memoryUsage.rss()), 500);
  });
  process.channel?.unref();
}
