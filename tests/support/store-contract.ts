/** What every store of the server keeps to, whatever is behind it, beside the contract of an update log. */

import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Batch, Compaction, LoggedUpdate, Store } from '../../server/storage/store.ts';
import type { StoredDoc } from '../../shared/doc/update-log.ts';
import { type IncidentSummary, toSummary } from '../../shared/domain/summary.ts';
import { encodeLogRows } from '../../shared/protocol/log-rows.ts';
import { createDevice, NIGHT } from './device.ts';
import { type LogUnderTest, updateLogContract } from './update-log-contract.ts';

export type StoreUnderTest = Omit<LogUnderTest, 'log' | 'reopen'> & {
  readonly store: Store;
  /** Closes and opens again what is on disk. Left out where nothing outlives the store. */
  reopen?(): Promise<Store>;
  /** From now on the disk is full whenever the directory row of this incident comes. */
  refuseSummary(id: string): Promise<void>;
};

const CHECKOUT = 'checkout';
const SEARCH = 'search';
const ANA = { person: 'ana', device: 'phone of ana' };
const BO = { person: 'bo', device: 'phone of bo' };

/** @param open makes an empty store that writes `NIGHT` beside its rows */
export function storeContract(open: () => Promise<StoreUnderTest>): void {
  updateLogContract(async () => {
    const { store, ...rest } = await open();
    return { log: store, ...rest };
  });

  describe('commits', () => {
    test('[S10] updates, bindings and directory rows of a batch are committed together or not at all', async () => {
      const { store, refuseSummary } = await open();
      await store.commit(batch({ updates: [update('a')], summaries: [summary('a')] }));
      await refuseSummary('c');
      const failing = batch({
        updates: [update('b'), update('c')],
        bindings: [{ doc: 'b', client: 7, device: 'b1' }],
        summaries: [summary('b'), summary('c')],
      });
      await expect(store.commit(failing)).rejects.toThrow();
      expect((await store.read('b')).updates).toEqual([]);
      expect(await store.readBindings('b')).toEqual([]);
      expect((await store.readDirectory(0, 10)).map(({ id }) => id)).toEqual(['a']);
      expect(await store.directoryRev()).toBe(1);

      const committed = await store.commit(
        batch({ updates: [update('b')], summaries: [summary('b')] }),
      );
      expect(committed).toEqual({ positions: [1], rev: 2 });
    });

    test('[S2] each update gets the next position of its own incident, in the order of the batch', async () => {
      const { store } = await open();
      const updates = [update(CHECKOUT), update(SEARCH), update(CHECKOUT)];
      expect((await store.commit(batch({ updates }))).positions).toEqual([1, 1, 2]);
      const all = await Promise.all(
        Array.from({ length: 10 }, () => store.commit(batch({ updates }))),
      );
      const positions = all.map((committed) => committed.positions);
      expect(positions.flatMap(([first, , last]) => [first, last]).toSorted(byNumber)).toEqual(
        Array.from({ length: 20 }, (_, index) => index + 3),
      );
      for (const [first = 0, , last = 0] of positions) expect(last).toBeGreaterThan(first);
    });

    test('[S7] who brought what, the bindings, the directory and what was read are there after opening again', async () => {
      const { store, reopen } = await open();
      if (!reopen) return;
      await store.commit(
        batch({
          updates: [update(CHECKOUT, 1, { isRelayed: true })],
          bindings: [{ doc: CHECKOUT, client: 7, device: ANA.device }],
          summaries: [summary(CHECKOUT)],
        }),
      );
      await store.writeSeen(CHECKOUT, new Map([['bo', 1]]));
      const again = await reopen();
      expect(await again.readRows(CHECKOUT)).toMatchObject([{ ...ANA, isRelayed: true }]);
      expect(await again.readBindings(CHECKOUT)).toHaveLength(1);
      expect(await again.readDirectory(0, 10)).toMatchObject([{ id: CHECKOUT, number: 1, rev: 1 }]);
      expect(await again.readSeen(CHECKOUT)).toEqual(new Map([['bo', 1]]));
      expect(await again.commit(batch({ updates: [update(CHECKOUT)] }))).toMatchObject({
        positions: [2],
        rev: 1,
      });
    });
  });

  describe('rows and the archive', () => {
    test('[S30] the size of an incident is its last position, its live rows, and the bytes of them and of the snapshot', async () => {
      const { store } = await open();
      const nothing = { position: 0, rows: 0, bytes: 0, snapshotBytes: 0 };
      expect(await store.readSize(CHECKOUT)).toEqual(nothing);
      await store.commit(batch({ updates: [update(CHECKOUT), update(CHECKOUT), update(SEARCH)] }));
      expect(await store.readSize(CHECKOUT)).toEqual({
        ...nothing,
        position: 2,
        rows: 2,
        bytes: 8,
      });
      await store.compact(await compaction(store, 1, 12));
      const after = await store.readSize(CHECKOUT);
      expect(after).toEqual({ position: 2, rows: 1, bytes: 4 + 5, snapshotBytes: 5 });
    });

    test('[N43] a compaction moves rows to the archive, and the history tells them with who and when', async () => {
      const { store } = await open();
      await store.commit(
        batch({ updates: [update(CHECKOUT, 1), update(CHECKOUT, 2, { actor: BO })] }),
      );
      await store.commit(batch({ updates: [update(CHECKOUT, 3), update(SEARCH, 9)] }));
      expect(await store.compact(await compaction(store, 2, 12))).toBe(true);
      expect((await store.readRows(CHECKOUT)).map(({ position }) => position)).toEqual([3]);
      expect(contentOf(await store.read(CHECKOUT))).toEqual([12, 3]);
      expect(contentOf(await store.read(SEARCH))).toEqual([9]);
      const history = await store.readHistory(CHECKOUT);
      expect(history.map(({ position, person, at }) => [position, person, at])).toEqual([
        [1, 'ana', NIGHT],
        [2, 'bo', NIGHT],
        [3, 'ana', NIGHT],
      ]);
      expect(history.map(({ bytes }) => bytes[0])).toEqual([1, 2, 3]);

      expect(await store.compact(await compaction(store, 3, 13))).toBe(true);
      expect(contentOf(await store.read(CHECKOUT))).toEqual([13]);
      expect(await store.readHistory(CHECKOUT)).toEqual(history);
      expect((await store.commit(batch({ updates: [update(CHECKOUT)] }))).positions).toEqual([4]);
    });

    test('[S4] a compaction changes nothing where a snapshot at or past it is there', async () => {
      const { store } = await open();
      await store.commit(batch({ updates: [update(CHECKOUT, 1), update(CHECKOUT, 2)] }));
      const [late, early] = [await compaction(store, 2, 12), await compaction(store, 1, 11)];
      expect(await store.compact(late)).toBe(true);
      const history = await store.readHistory(CHECKOUT);
      expect(await store.compact(late)).toBe(false);
      expect(await store.compact(early)).toBe(false);
      expect(contentOf(await store.read(CHECKOUT))).toEqual([12]);
      expect(await store.readHistory(CHECKOUT)).toEqual(history);
    });

    test('[S9] of a damaged snapshot everything it stood for is read from the archive', async () => {
      const { store, damage } = await open();
      if (!damage) return;
      await store.commit(batch({ updates: [update(CHECKOUT, 1), update(CHECKOUT, 2)] }));
      await store.compact(await compaction(store, 2, 12));
      await store.commit(batch({ updates: [update(CHECKOUT, 3)] }));
      await store.compact(await compaction(store, 3, 13));
      await store.commit(batch({ updates: [update(CHECKOUT, 4)] }));
      await damage('snapshot', CHECKOUT, 3);
      const read = await store.read(CHECKOUT);
      expect(contentOf(read)).toEqual([1, 2, 3, 4]);
      expect(read.damaged).toBe(1);
      expect(await store.readHistory(CHECKOUT)).toHaveLength(4);
    });
  });

  describe('beside the log', () => {
    test('[N41] a client id stays with the device that first came with it, and goes to one where nobody said who', async () => {
      const { store } = await open();
      const bind = (device: string, client = 7, doc = CHECKOUT) =>
        store.commit(batch({ bindings: [{ doc, client, device }] }));
      await bind(ANA.device);
      await bind(BO.device);
      await bind('', 8);
      await bind(BO.device, 8);
      await bind(ANA.device, 8);
      await bind(BO.device, 7, SEARCH);
      expect(new Set(await store.readBindings(CHECKOUT))).toEqual(
        new Set([
          { doc: CHECKOUT, client: 7, device: ANA.device },
          { doc: CHECKOUT, client: 8, device: BO.device },
        ]),
      );
      expect(await store.readBindings(SEARCH)).toEqual([
        { doc: SEARCH, client: 7, device: BO.device },
      ]);
    });

    test('[N2] an incident gets its number once, and its row moves to the newest revision with each change', async () => {
      const { store } = await open();
      expect(await store.directoryRev()).toBe(0);
      await store.commit(batch({ summaries: [summary('a')] }));
      await store.commit(batch({ summaries: [summary('b'), summary('c')] }));
      await store.commit(batch({ summaries: [summary('a', 'Renamed')] }));
      expect(await store.readDirectory(0, 10)).toMatchObject([
        { id: 'b', number: 2, rev: 2 },
        { id: 'c', number: 3, rev: 3 },
        { id: 'a', number: 1, rev: 4, summary: { title: 'Renamed' } },
      ]);
      expect((await store.readDirectory(0, 2)).map(({ id }) => id)).toEqual(['b', 'c']);
      expect((await store.readDirectory(3, 10)).map(({ id }) => id)).toEqual(['a']);
      expect(await store.readDirectory(4, 10)).toEqual([]);
      expect(await store.directoryRev()).toBe(4);
    });

    test('[N44] an incident is without its row until a row comes with its last update, or after it', async () => {
      const { store } = await open();
      await store.commit(batch({ updates: [update(CHECKOUT), update(SEARCH)] }));
      expect((await store.readUnsummarized()).toSorted()).toEqual([CHECKOUT, SEARCH]);
      await store.commit(batch({ updates: [update(SEARCH)], summaries: [summary(SEARCH)] }));
      await store.commit(batch({ summaries: [summary(CHECKOUT)] }));
      expect(await store.readUnsummarized()).toEqual([]);
      await store.commit(batch({ updates: [update(CHECKOUT)] }));
      expect(await store.readUnsummarized()).toEqual([CHECKOUT]);
    });

    test('[S31] of two positions that somebody has read the larger stays, incident by incident', async () => {
      const { store } = await open();
      expect(await store.readSeen(CHECKOUT)).toEqual(new Map());
      await store.writeSeen(
        CHECKOUT,
        new Map([
          ['ana', 5],
          ['bo', 2],
        ]),
      );
      await store.writeSeen(
        CHECKOUT,
        new Map([
          ['ana', 3],
          ['bo', 4],
        ]),
      );
      await store.writeSeen(SEARCH, new Map([['ana', 1]]));
      expect(await store.readSeen(CHECKOUT)).toEqual(
        new Map([
          ['ana', 5],
          ['bo', 4],
        ]),
      );
      expect(await store.readSeen(SEARCH)).toEqual(new Map([['ana', 1]]));
    });

    test('[N46] what was never restored is of the first lineage', async () => {
      const { store } = await open();
      expect(await store.readLineage()).toBe(0);
    });
  });
}

function batch(parts: Partial<Batch>): Batch {
  return { updates: [], bindings: [], summaries: [], ...parts };
}

function update(
  doc: string,
  content = 1,
  parts: Partial<Pick<LoggedUpdate, 'actor' | 'isRelayed'>> = {},
): LoggedUpdate {
  return { doc, bytes: new Uint8Array([content, 2, 3, 4]), actor: ANA, isRelayed: false, ...parts };
}

function summary(id: string, title = 'Card payments failing'): IncidentSummary {
  const ana = createDevice('Ana');
  ana.declare(title);
  const made = toSummary(id, ana.doc.read, ana.doc.size());
  if (!made) throw new Error('Nothing to sum up');
  return made;
}

/** A snapshot of five bytes for every row up to `upTo`, as the compactor makes it. */
async function compaction(store: Store, upTo: number, content: number): Promise<Compaction> {
  const rows = (await store.readRows(CHECKOUT)).filter(({ position }) => position <= upTo);
  const snapshot = new Uint8Array([content, 0, 0, 0, 0]);
  return { doc: CHECKOUT, upTo, snapshot, packedRows: gzipSync(encodeLogRows(rows)) };
}

function contentOf({ snapshot, updates }: StoredDoc): readonly (number | undefined)[] {
  return [...(snapshot ? [snapshot] : []), ...updates].map(({ bytes }) => bytes[0]);
}

function byNumber(a = 0, b = 0): number {
  return a - b;
}
