/** An update log that lives as long as the test: the simplest thing that keeps the contract. */

import type { Position, StoredUpdate, UpdateLog } from '../../shared/doc/update-log.ts';

type Kept = { updates: StoredUpdate[]; snapshots: StoredUpdate[] };

export function createMemoryLog(): UpdateLog {
  const docs = new Map<string, Kept>();
  let last: Position = 0;

  function open(doc: string): Kept {
    const kept = docs.get(doc) ?? { updates: [], snapshots: [] };
    docs.set(doc, kept);
    return kept;
  }

  return {
    append(updates) {
      const positions = updates.map(({ doc, bytes }) => {
        last += 1;
        open(doc).updates.push({ position: last, bytes: bytes.slice() });
        return last;
      });
      return Promise.resolve(positions);
    },
    read(doc) {
      const { updates, snapshots } = open(doc);
      const snapshot = snapshots.at(-1) ?? null;
      const after = snapshot?.position ?? 0;
      const rows = updates.filter((row) => row.position > after);
      return Promise.resolve({ snapshot, updates: rows, damaged: 0 });
    },
    addSnapshot(doc, upTo, bytes) {
      const { snapshots } = open(doc);
      const newest = snapshots.at(-1);
      if (newest && newest.position >= upTo) return Promise.resolve(false);
      snapshots.push({ position: upTo, bytes: bytes.slice() });
      return Promise.resolve(true);
    },
    prune(doc, proven) {
      const kept = open(doc);
      if (kept.snapshots.some((snapshot) => snapshot.position === proven)) {
        kept.updates = kept.updates.filter((row) => row.position > proven);
        kept.snapshots = kept.snapshots.filter((snapshot) => snapshot.position >= proven);
      }
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
}
