/** The rooms that are open. A room is loaded once, however many knock, and leaves memory a minute after its last visitor. */

import { createIncidentDoc, isWholeSnapshot } from '../../shared/doc/incident-doc.ts';
import { toSummary } from '../../shared/domain/summary.ts';
import { encodePresence } from '../../shared/protocol/frames.ts';
import { HEARTBEAT_EVERY_MILLIS } from '../../shared/protocol/limits.ts';
import type { Log } from '../log.ts';
import type { Store } from '../storage/store.ts';
import { createCommitter } from './committer.ts';
import { createRoom, type Room } from './room.ts';

const UNLOAD_AFTER_MILLIS = 60_000;

/** Reading this many rows one by one is slower than reading a snapshot. */
const SNAPSHOT_AFTER_ROWS = 500;

export type Rooms = {
  enter(id: string): Promise<Room>;
  /** To be called when a member left, so that an empty room can go. */
  leave(id: string, room: Room): void;
  /** Waits for what is not on the disk yet. */
  drain(): Promise<void>;
  close(): void;
};

export function createRooms(options: {
  readonly store: Store;
  readonly log: Log;
  readonly onDirectory: (rev: number) => void;
}): Rooms {
  const { store, log, onDirectory } = options;
  const rooms = new Map<string, Promise<Room>>();
  const loaded = new Map<string, Room>();
  const committer = createCommitter({
    store,
    log,
    onDirectory,
    summarize: (id) => {
      const room = loaded.get(id);
      return room ? toSummary(id, room.doc.read, room.doc.size()) : null;
    },
  });
  const heartbeat = setInterval(() => {
    for (const room of loaded.values()) room.sendToAll(encodePresence([]));
  }, HEARTBEAT_EVERY_MILLIS).unref();

  async function load(id: string): Promise<Room> {
    const { snapshot, updates, damaged } = await store.read(id);
    if (damaged > 0) log.error({ room: id, rows: damaged }, 'damaged rows were passed over');
    const doc = createIncidentDoc();
    const rows = snapshot ? [snapshot, ...updates] : updates;
    for (const row of rows) doc.apply(row.bytes, 'storage');
    const position = rows.at(-1)?.position ?? 0;
    if (updates.length > SNAPSHOT_AFTER_ROWS && !doc.isWaiting()) {
      const bytes = doc.encode();
      const isAdded = await store.addSnapshot(id, position, bytes);
      if (isAdded && isWholeSnapshot(bytes, doc.encodeStateVector()))
        await store.prune(id, position);
    }
    const room = createRoom({
      id,
      doc,
      committer,
      log,
      position,
      bytes: rows.reduce((sum, row) => sum + row.bytes.length, 0),
      onBroken: () => forget(id, room),
    });
    loaded.set(id, room);
    return room;
  }

  function forget(id: string, room: Room): void {
    if (loaded.get(id) !== room) return;
    loaded.delete(id);
    rooms.delete(id);
    room.destroy();
  }

  return {
    enter(id) {
      const known = rooms.get(id);
      if (known) return known;
      const loading = load(id);
      rooms.set(id, loading);
      loading.catch(() => rooms.delete(id));
      return loading;
    },
    leave(id, room) {
      setTimeout(() => {
        if (room.isEmpty()) forget(id, room);
      }, UNLOAD_AFTER_MILLIS).unref();
    },
    drain: () => committer.drain(),
    close() {
      clearInterval(heartbeat);
      for (const [id, room] of loaded) forget(id, room);
    },
  };
}
