import { expect, test, vi } from 'vitest';
import { ANY_LINE, type PhoneLog } from '../../../client/storage/phone-log.ts';
import { openWaitingLines, watchWaiting } from '../../../client/storage/waiting.ts';
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
    [],
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

/** Its first queries fail. */
function failing(log: PhoneLog, times: number): PhoneLog {
  let failures = 0;
  return {
    ...log,
    watchWaiting: (doc) => (listener, onFailed) => {
      failures += 1;
      if (failures > times) return log.watchWaiting(doc)(listener, onFailed);
      queueMicrotask(() => onFailed(new Error('the connection is closing')));
      return () => undefined;
    },
  };
}

test('[S25] while it cannot be read which lines wait, any may be; it is asked again until it is known', async () => {
  vi.useFakeTimers();
  const log = createMemoryDisk().open();
  const bytes = new Uint8Array([1]);
  await log.appendLocal([{ doc: 'checkout', bytes, lines: ['a'], spentDraft: null }]);
  const failures: unknown[] = [];
  const waiting = openWaitingLines(failing(log, 3), 'checkout', null, (cause) => {
    failures.push(cause);
  });
  const told: (ReadonlyMap<string, number> | null)[] = [];
  const stop = watchWaiting(
    failing(log, 3),
    (lines) => told.push(lines),
    () => undefined,
  );
  await vi.advanceTimersByTimeAsync(1_000);
  expect([...waiting.lines()]).toEqual([ANY_LINE]);
  expect(told.every((lines) => lines === null)).toBe(true);
  await vi.advanceTimersByTimeAsync(20_000);
  expect([...waiting.lines()]).toEqual(['a']);
  expect(told.at(-1)).toEqual(new Map([['checkout', 1]]));
  expect(failures).toHaveLength(3);
  waiting.close();
  stop();
  vi.useRealTimers();
});
