/** A phone's disk that lives as long as the test: the simplest thing that keeps the contract of `PhoneLog`. */

import type { FirstPaint } from '../../client/storage/first-paint.ts';
import type {
  PhoneLog,
  QuarantineRow,
  RowTable,
  SentRow,
  WaitingRow,
} from '../../client/storage/phone-log.ts';
import type { NewUpdate, Position, StoredUpdate } from '../../shared/doc/update-log.ts';
import { type Draft, isSpent } from '../../shared/domain/draft.ts';
import type { IncidentSummary } from '../../shared/domain/summary.ts';

/** When transactions happen, and whether. A disk without faults does everything at once. */
export type Pace = {
  /** Runs `act`, all of it or nothing, or rejects; or does neither, ever. */
  transact<T>(kind: 'read' | 'write' | 'free', act: () => T): Promise<T>;
  /** Something a tab watches has changed. */
  tell(listener: () => void): void;
  /** Opens anew. */
  revive(): Promise<boolean>;
};

export const AT_ONCE: Pace = {
  transact: async (_kind, act) => act(),
  tell: (listener) => queueMicrotask(listener),
  revive: async () => true,
};

type Row = StoredUpdate & { isDamaged: boolean };
type Kept = { updates: Row[]; snapshots: Row[] };
type SetAside = Omit<QuarantineRow, 'value'>;

export type MemoryDisk = {
  /** A tab's way to it. */
  open(pace?: Pace): PhoneLog;
  damage(table: RowTable, doc: string, position: Position): void;
  readonly waiting: ReadonlyMap<Position, WaitingRow>;
  readonly drafts: ReadonlyMap<string, Draft>;
  readonly quarantine: readonly SetAside[];
};

/** @param onAdded told of each update that is on the disk */
export function createMemoryDisk(
  onAdded: (bytes: Uint8Array, position: Position) => void = () => undefined,
): MemoryDisk {
  const docs = new Map<string, Kept>();
  const waiting = new Map<Position, WaitingRow>();
  const sent = new Map<string, SentRow>();
  const drafts = new Map<string, Draft>();
  const settings = new Map<string, unknown>();
  const summaries = new Map<string, IncidentSummary>();
  const paints = new Map<string, FirstPaint>();
  const quarantine: SetAside[] = [];
  const watchers = { waiting: new Set<() => void>(), sent: new Set<() => void>() };
  let last: Position = 0;

  function keptOf(doc: string): Kept {
    const kept = docs.get(doc) ?? { updates: [], snapshots: [] };
    docs.set(doc, kept);
    return kept;
  }

  function add(updates: readonly NewUpdate[]): readonly Position[] {
    return updates.map(({ doc, bytes }) => {
      last += 1;
      keptOf(doc).updates.push({ position: last, bytes: bytes.slice(), isDamaged: false });
      onAdded(bytes, last);
      return last;
    });
  }

  function setAside(table: RowTable, doc: string, position: Position, reason: string): void {
    const kept = keptOf(doc);
    kept[table] = kept[table].filter((row) => row.position !== position);
    quarantine.push({ table, doc, position, reason });
  }

  function soundRows(table: RowTable, doc: string, after: Position): readonly Row[] {
    const rows = keptOf(doc)[table].filter((row) => row.position > after);
    for (const row of rows) if (row.isDamaged) setAside(table, doc, row.position, 'checksum');
    return rows;
  }

  function open(pace: Pace = AT_ONCE): PhoneLog {
    const read = <T>(act: () => T): Promise<T> => pace.transact('read', act);
    const write = <T>(act: () => T): Promise<T> => pace.transact('write', act);

    function watch<T>(table: 'waiting' | 'sent', find: () => readonly T[]) {
      return (listener: (rows: readonly T[]) => void): (() => void) => {
        let isStopped = false;
        const look = (): void =>
          pace.tell(() => {
            if (!isStopped) listener(find());
          });
        watchers[table].add(look);
        look();
        return () => {
          isStopped = true;
          watchers[table].delete(look);
        };
      };
    }

    return {
      append: (updates) => write(() => add(updates)),
      appendLocal: (updates) =>
        write(() => {
          const positions = add(updates);
          for (const [index, { doc, lines, spentDraft }] of updates.entries()) {
            const position = positions[index] ?? 0;
            if (lines.length > 0) waiting.set(position, { position, doc, lines });
            const kept = spentDraft && drafts.get(spentDraft.key);
            if (kept && isSpent(kept, spentDraft)) drafts.delete(spentDraft.key);
          }
          for (const look of watchers.waiting) look();
          return positions;
        }),
      read: (doc) =>
        read(() => {
          const snapshots = soundRows('snapshots', doc, 0);
          const snapshot = snapshots.findLast((row) => !row.isDamaged) ?? null;
          const rows = soundRows('updates', doc, snapshot?.position ?? 0);
          const updates = rows.filter((row) => !row.isDamaged);
          const damaged = [...snapshots, ...rows].filter((row) => row.isDamaged).length;
          return {
            snapshot: snapshot && toStored(snapshot),
            updates: updates.map(toStored),
            damaged,
          };
        }),
      addSnapshot: (doc, upTo, bytes) =>
        write(() => {
          const { snapshots } = keptOf(doc);
          const newest = snapshots.at(-1);
          if (newest && newest.position >= upTo) return false;
          snapshots.push({ position: upTo, bytes: bytes.slice(), isDamaged: false });
          return true;
        }),
      prune: (doc, proven) =>
        pace.transact('free', () => {
          const kept = keptOf(doc);
          if (!kept.snapshots.some((snapshot) => snapshot.position === proven)) return;
          kept.updates = kept.updates.filter((row) => row.position > proven);
          kept.snapshots = kept.snapshots.filter((snapshot) => snapshot.position >= proven);
        }),
      setAside: (table, doc, position, reason) =>
        write(() => setAside(table, doc, position, reason)),
      readQuarantine: () =>
        pace.transact('read', () => quarantine.map((row) => ({ ...row, value: null }))),
      clearQuarantine: () =>
        write(() => {
          quarantine.length = 0;
        }),
      close: async () => undefined,
      revive: pace.revive,

      readWaiting: (doc) => read(() => [...waiting.values()].filter((row) => row.doc === doc)),
      watchWaiting: (doc) =>
        watch('waiting', () =>
          [...waiting.values()].filter((row) => doc === null || row.doc === doc),
        ),
      forgetWaiting: (positions) =>
        pace.transact('free', () => {
          for (const position of positions) waiting.delete(position);
          for (const look of watchers.waiting) look();
        }),

      watchSent: (doc) => watch('sent', () => [...sent.values()].filter((row) => row.doc === doc)),
      noteSent: (rows) =>
        write(() => {
          for (const row of rows) sent.set(`${row.doc}/${row.line}`, row);
          for (const look of watchers.sent) look();
        }),

      forgetSent: () =>
        pace.transact('free', () => {
          sent.clear();
          for (const look of watchers.sent) look();
        }),
      readDocs: () =>
        read(() =>
          [...docs]
            .filter(([, { updates, snapshots }]) => updates.length + snapshots.length > 0)
            .map(([doc]) => doc),
        ),

      readDraft: (key) => read(() => drafts.get(key) ?? null),
      readDrafts: (prefix) =>
        read(() => [...drafts.values()].filter(({ key }) => key.startsWith(prefix))),
      writeDraft: (draft) =>
        write(() => {
          drafts.set(draft.key, draft);
        }),
      moveDraft: (from, draft) =>
        write(() => {
          drafts.delete(from);
          drafts.set(draft.key, draft);
        }),

      readSetting: (key) => read(() => settings.get(key)),
      writeSetting: (key, value) =>
        write(() => {
          settings.set(key, value);
        }),

      makeSetting: (key, value) =>
        write(() => {
          if (!settings.has(key)) settings.set(key, value);
          return settings.get(key);
        }),

      keepSummary: (summary) =>
        write(() => {
          summaries.set(summary.id, summary);
        }),
      readFirstPaint: (doc) => read(() => paints.get(doc) ?? null),
      keepFirstPaint: (paint) =>
        write(() => {
          paints.set(paint.id, paint);
        }),
    };
  }

  return {
    open,
    damage(table, doc, position) {
      for (const row of keptOf(doc)[table]) if (row.position === position) row.isDamaged = true;
    },
    waiting,
    drafts,
    quarantine,
  };
}

function toStored({ position, bytes }: Row): StoredUpdate {
  return { position, bytes };
}
