import { expect, test } from 'vitest';
import { createDurableQueue } from '../../../client/storage/durable-queue.ts';
import { NIGHT } from '../../support/device.ts';
import { createMemoryDisk } from '../../support/memory-disk.ts';

const UPDATE = { doc: 'checkout', bytes: new Uint8Array([1]), lines: ['a'], spentDraft: null };

test('[S35] a line written in the moment the one before it was stored is stored too', async () => {
  const disk = createMemoryDisk();
  const log = disk.open();
  const queue = createDurableQueue({
    write: log.appendLocal,
    revive: log.revive,
    now: () => NIGHT,
  });
  let isAdded = false;
  queue.subscribe(() => {
    if (queue.state().waits > 0 || isAdded) return;
    isAdded = true;
    queueMicrotask(() => queue.add({ ...UPDATE, lines: ['b'] }, () => undefined));
  });
  queue.add(UPDATE, () => undefined);
  await expect
    .poll(() => [...disk.waiting.values()].flatMap((row) => row.lines), { timeout: 5_000 })
    .toEqual(['a', 'b']);
});
