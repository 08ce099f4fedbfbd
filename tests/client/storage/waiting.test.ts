import { expect, test, vi } from 'vitest';
import { openWaitingLines } from '../../../client/storage/waiting.ts';
import { createMemoryDisk } from '../../support/memory-disk.ts';

test('[S15] a mark the disk could not take away goes as soon as it can, and is not shown meanwhile', async () => {
  vi.useFakeTimers();
  const disk = createMemoryDisk();
  const log = disk.open();
  let isLost = true;
  const waiting = openWaitingLines(
    {
      ...log,
      forgetWaiting: async (positions) => {
        if (isLost) throw new Error('the connection is closing');
        return log.forgetWaiting(positions);
      },
    },
    'checkout',
    () => undefined,
  );
  const ticket = waiting.add(['a']);
  const local = { doc: 'checkout', bytes: new Uint8Array([1]), lines: ['a'], spentDraft: null };
  const [position = 0] = await log.appendLocal([local]);
  waiting.store(ticket, position);
  waiting.acknowledge(ticket);
  await log.appendLocal([{ ...local, lines: ['b'] }]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect([...waiting.lines()]).toEqual(['b']);
  expect(disk.waiting.size).toBe(2);
  isLost = false;
  await vi.advanceTimersByTimeAsync(20_000);
  expect([...disk.waiting.values()].flatMap((row) => row.lines)).toEqual(['b']);
  waiting.close();
  vi.useRealTimers();
});
