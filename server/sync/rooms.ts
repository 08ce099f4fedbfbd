/**
 * The rooms that are open. A room is opened once, however many knock, and leaves memory soon after its last visitor;
 * documents nobody uses leave earlier when there are too many bytes of them.
 */

import type { IncidentDoc } from '../../shared/doc/incident-doc.ts';
import { type IncidentSummary, toSummary } from '../../shared/domain/summary.ts';
import { encodePresence } from '../../shared/protocol/frames.ts';
import { HEARTBEAT_EVERY_MILLIS } from '../../shared/protocol/limits.ts';
import type { Log } from '../log.ts';
import type { LogSize, Store } from '../storage/store.ts';
import { createCommitter } from './committer.ts';
import { type Compact, createCompactor } from './compactor.ts';
import { type Delivery, deliver, type Parcel } from './deliver.ts';
import { createRoom, type Room } from './room.ts';
import { toDoc } from './room-doc.ts';

const UNLOAD_AFTER_MILLIS = 10_000;

/** A directory row is made again at most this often: it reads the whole timeline. */
const SUMMARY_EVERY_MILLIS = 1_000;

/** A large document is written anew less often: not before its rows are worth a quarter of it. */
const COMPACT_AFTER_ROWS = 500;
const COMPACT_AFTER_SHARE = 0.25;
const COMPACT_ANYWAY_ROWS = 5_000;
/** When the room closes, fewer are enough. */
const COMPACT_ON_CLOSE_ROWS = 50;

/** Documents in memory take about this many times their bytes in the log. */
const MEMORY_PER_LOG_BYTE = 12;
const MAX_DOCUMENTS_BYTES = 512 * 1024 * 1024;

export type Rooms = {
  enter(id: string): Promise<Room>;
  /** For what comes by http. */
  deliver(id: string, parcel: Parcel): Promise<Delivery>;
  /** To be called when a member left, so that an empty room can go. */
  leave(id: string, room: Room): void;
  /** Makes the directory rows that a kill kept from being made. */
  catchUp(): Promise<void>;
  /** Waits for what is not on the disk yet. */
  drain(): Promise<void>;
  close(): Promise<void>;
};

export type RoomsOptions = {
  readonly store: Store;
  readonly log: Log;
  /** ms since 1970 */
  readonly now: () => number;
  readonly compact: Compact;
  readonly onDirectory: (rev: number) => void;
  /** What all documents in memory may take. */
  readonly maxDocumentsBytes?: number;
  /** An open incident with so many rows may be compacted. */
  readonly compactAfterRows?: number;
};

export function createRooms(options: RoomsOptions): Rooms {
  const { store, log, now, compact, onDirectory } = options;
  const maxBytes = options.maxDocumentsBytes ?? MAX_DOCUMENTS_BYTES;
  const minRows = options.compactAfterRows ?? COMPACT_AFTER_ROWS;
  const rooms = new Map<string, Promise<Room>>();
  /** In the order of their last use. */
  const open = new Map<string, Room>();
  /** Whose directory row is behind. */
  const toSummarize = new Set<string>();
  let summaryTimer: NodeJS.Timeout | null = null;
  const unloading = new Map<string, NodeJS.Timeout>();
  const committer = createCommitter({ store, log, now, onDirectory, summarize });
  const compactor = createCompactor({
    store,
    log,
    now,
    compact,
    onCompacted: async (id) => open.get(id)?.resize(await store.readSize(id)),
  });
  const heartbeat = setInterval(() => {
    for (const room of open.values()) room.sendToAll(encodePresence([]));
  }, HEARTBEAT_EVERY_MILLIS).unref();

  function summarize(id: string): IncidentSummary | null {
    toSummarize.delete(id);
    const doc = open.get(id)?.doc();
    return doc ? sumUp(id, doc) : null;
  }

  async function load(id: string): Promise<Room> {
    const [size, bindings, seen, lineage] = await Promise.all([
      store.readSize(id),
      store.readBindings(id),
      store.readSeen(id),
      store.readLineage(),
    ]);
    const room = createRoom({
      id,
      store,
      committer,
      log,
      now,
      size,
      bindings,
      seen,
      lineage,
      // The first row is made with the first update: that is when the incident gets its number.
      onFirst: () => committer.addSummary(id),
      onGrown: () => noteGrowth(id, room),
      onLoaded() {
        noteUse(id, room);
        keepWithinMemory();
      },
      onBroken: () => forget(id, room),
    });
    open.set(id, room);
    return room;
  }

  function noteUse(id: string, room: Room): void {
    if (open.delete(id)) open.set(id, room);
  }

  function noteGrowth(id: string, room: Room): void {
    noteUse(id, room);
    if (isWorthCompacting(room.size(), minRows)) compactor.add(id);
    toSummarize.add(id);
    summaryTimer ??= setTimeout(summarizeAll, SUMMARY_EVERY_MILLIS);
  }

  /** All that changed in one group: a hundred busy incidents share a commit. */
  function summarizeAll(): void {
    if (summaryTimer) clearTimeout(summaryTimer);
    summaryTimer = null;
    for (const id of toSummarize) committer.addSummary(id);
    keepWithinMemory();
  }

  /** Longest unused first. A document that is needed again is read from the disk. */
  function keepWithinMemory(): void {
    const inMemory = [...open].filter(([, room]) => room.doc() !== null);
    let bytes = 0;
    for (const [, room] of inMemory) bytes += room.size().bytes * MEMORY_PER_LOG_BYTE;
    const others = inMemory.slice(0, -1); // whoever uses the newest is about to be answered
    for (const [id, room] of others) {
      if (bytes <= maxBytes) return;
      if (!toSummarize.has(id) && room.rest()) bytes -= room.size().bytes * MEMORY_PER_LOG_BYTE;
    }
  }

  function unload(id: string): void {
    unloading.delete(id);
    const room = open.get(id);
    if (!room?.isEmpty()) return;
    if (toSummarize.has(id)) {
      committer.addSummary(id);
      leave(id, room);
      return;
    }
    if (room.size().rows >= COMPACT_ON_CLOSE_ROWS) compactor.add(id);
    forget(id, room);
  }

  /** One clock a room: a crowd that comes and goes would leave as many behind. */
  function leave(id: string, room: Room): void {
    if (!room.isEmpty()) return;
    const running = unloading.get(id);
    if (running) running.refresh();
    else unloading.set(id, setTimeout(() => unload(id), UNLOAD_AFTER_MILLIS).unref());
  }

  function forget(id: string, room: Room): void {
    if (open.get(id) !== room) return;
    toSummarize.delete(id);
    open.delete(id);
    rooms.delete(id);
    room.destroy();
  }

  function enter(id: string): Promise<Room> {
    const known = rooms.get(id);
    if (known) return known;
    const loading = load(id);
    rooms.set(id, loading);
    loading.catch(() => rooms.delete(id));
    return loading;
  }

  return {
    enter,
    leave,
    async deliver(id, parcel) {
      const room = await enter(id);
      const delivery = await deliver(room, parcel);
      leave(id, room);
      return delivery;
    },
    async catchUp() {
      for (const id of await store.readUnsummarized()) {
        try {
          const summary = sumUp(id, toDoc(await store.read(id)));
          if (summary) await store.commit({ updates: [], bindings: [], summaries: [summary] });
        } catch (cause) {
          log.error({ err: cause, room: id }, 'no directory row could be made');
        }
      }
    },
    async drain() {
      summarizeAll();
      await committer.drain();
    },
    async close() {
      clearInterval(heartbeat);
      for (const timer of unloading.values()) clearTimeout(timer);
      for (const [id, room] of open) forget(id, room);
      await compactor.close();
    },
  };
}

function isWorthCompacting({ rows, bytes, snapshotBytes }: LogSize, minRows: number): boolean {
  if (rows < minRows) return false;
  return (
    rows >= COMPACT_ANYWAY_ROWS || bytes - snapshotBytes >= snapshotBytes * COMPACT_AFTER_SHARE
  );
}

function sumUp(id: string, doc: IncidentDoc): IncidentSummary | null {
  return toSummary(id, doc.read, doc.size());
}
