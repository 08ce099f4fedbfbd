/** What every update log keeps to, whatever is behind it. Runs in Node and in a browser. */

import { describe, expect, test } from 'vitest';
import type { StoredDoc, UpdateLog } from '../../shared/doc/update-log.ts';

export type LogUnderTest = {
  readonly log: UpdateLog;
  /** Closes and opens again what is on disk. Left out where nothing outlives the log. */
  reopen?(): Promise<UpdateLog>;
  /** Flips a byte of what is stored. Left out where nothing can be damaged. */
  damage?(what: 'update' | 'snapshot', doc: string, position: number): Promise<void>;
};

const CHECKOUT = 'checkout';
const SEARCH = 'search';

export function updateLogContract(open: () => Promise<LogUnderTest>): void {
  describe('update log', () => {
    test('[S1] what was appended is read back in order, document by document', async () => {
      const { log } = await open();
      await log.append([update(CHECKOUT, 1), update(SEARCH, 2)]);
      await log.append([update(CHECKOUT, 3)]);
      expect(contentOf(await log.read(CHECKOUT))).toEqual([1, 3]);
      expect(contentOf(await log.read(SEARCH))).toEqual([2]);
      expect(await log.read('nothing yet')).toEqual({ snapshot: null, updates: [], damaged: 0 });
    });

    test('[S2] positions grow, also when many append at once', async () => {
      const { log } = await open();
      const batches = Array.from({ length: 20 }, (_, i) => [
        update(CHECKOUT, i),
        update(CHECKOUT, i),
      ]);
      const taken = (await Promise.all(batches.map((batch) => log.append(batch)))).flat();
      const read = (await log.read(CHECKOUT)).updates.map((row) => row.position);
      expect(read).toEqual(taken.toSorted((a, b) => a - b));
      expect(new Set(read).size).toBe(40);
    });

    test('[S3] a snapshot stands for the rows up to its position, and later rows follow it', async () => {
      const { log } = await open();
      const [, second = 0] = await log.append([update(CHECKOUT, 1), update(CHECKOUT, 2)]);
      await log.append([update(CHECKOUT, 3)]);
      expect(await log.addSnapshot(CHECKOUT, second, bytes(12))).toBe(true);
      expect(contentOf(await log.read(CHECKOUT))).toEqual([12, 3]);
      expect((await log.read(CHECKOUT)).snapshot?.position).toBe(second);
    });

    test('[S4] a snapshot that knows less than the newest one changes nothing', async () => {
      const { log } = await open();
      const [first = 0, second = 0] = await log.append([update(CHECKOUT, 1), update(CHECKOUT, 2)]);
      expect(await log.addSnapshot(CHECKOUT, second, bytes(12))).toBe(true);
      expect(await log.addSnapshot(CHECKOUT, first, bytes(11))).toBe(false);
      expect(await log.addSnapshot(CHECKOUT, second, bytes(99))).toBe(false);
      expect(contentOf(await log.read(CHECKOUT))).toEqual([12]);
    });

    test('[S5] pruning forgets nothing that was not in the proven snapshot', async () => {
      const { log } = await open();
      const [, second = 0] = await log.append([update(CHECKOUT, 1), update(CHECKOUT, 2)]);
      await log.append([update(SEARCH, 7)]);
      await log.addSnapshot(CHECKOUT, second, bytes(12));
      const [third = 0] = await log.append([update(CHECKOUT, 3)]);
      await log.prune(CHECKOUT, second);
      expect(contentOf(await log.read(CHECKOUT))).toEqual([12, 3]);
      await log.prune(CHECKOUT, third);
      expect(contentOf(await log.read(CHECKOUT))).toEqual([12, 3]);
      expect(contentOf(await log.read(SEARCH))).toEqual([7]);
    });

    test('[S6] what is appended later does not change with the caller’s buffer', async () => {
      const { log } = await open();
      const buffer = bytes(5);
      await log.append([{ doc: CHECKOUT, bytes: buffer }]);
      buffer[0] = 6;
      expect(contentOf(await log.read(CHECKOUT))).toEqual([5]);
    });

    test('[S7] everything is still there after closing and opening', async () => {
      const { log, reopen } = await open();
      if (!reopen) return;
      const [first = 0] = await log.append([update(CHECKOUT, 1)]);
      await log.addSnapshot(CHECKOUT, first, bytes(11));
      await log.append([update(CHECKOUT, 2)]);
      const again = await reopen();
      expect(contentOf(await again.read(CHECKOUT))).toEqual([11, 2]);
      const [next = 0] = await again.append([update(CHECKOUT, 3)]);
      expect(next).toBeGreaterThan(first + 1);
    });

    test('[S8] a damaged row is passed over and counted, and the others are read', async () => {
      const { log, damage } = await open();
      if (!damage) return;
      const rows = [update(CHECKOUT, 1), update(CHECKOUT, 2), update(CHECKOUT, 3)];
      const [, second = 0] = await log.append(rows);
      await damage('update', CHECKOUT, second);
      const read = await log.read(CHECKOUT);
      expect(contentOf(read)).toEqual([1, 3]);
      expect(read.damaged).toBe(1);
    });

    test('[S9] a damaged snapshot is passed over for what it would have replaced', async () => {
      const { log, damage } = await open();
      if (!damage) return;
      const [first = 0, second = 0] = await log.append([update(CHECKOUT, 1), update(CHECKOUT, 2)]);
      await log.addSnapshot(CHECKOUT, first, bytes(11));
      await log.addSnapshot(CHECKOUT, second, bytes(12));
      await damage('snapshot', CHECKOUT, second);
      const read = await log.read(CHECKOUT);
      expect(contentOf(read)).toEqual([11, 2]);
      expect(read.damaged).toBe(1);
    });
  });
}

function update(doc: string, content: number): { doc: string; bytes: Uint8Array } {
  return { doc, bytes: bytes(content) };
}

function bytes(content: number): Uint8Array {
  return new Uint8Array([content, 0, 255, content]);
}

function contentOf({ snapshot, updates }: StoredDoc): readonly (number | undefined)[] {
  return [...(snapshot ? [snapshot] : []), ...updates].map((row) => row.bytes[0]);
}
