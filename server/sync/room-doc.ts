/**
 * A room's document: in memory while it is needed, on the disk in any case. Who has nothing can be served from the
 * disk, without a document; everything else waits until it was loaded, in order.
 */

import {
  createIncidentDoc,
  type IncidentDoc,
  mergeUpdates,
  toStateVector,
} from '../../shared/doc/incident-doc.ts';
import type { StoredDoc } from '../../shared/doc/update-log.ts';
import { encodeStep2, encodeUpdate } from '../../shared/protocol/frames.ts';
import type { Log } from '../log.ts';
import type { Store } from '../storage/store.ts';
import { toSocketFrame } from './socket-frame.ts';

export type RoomDoc = {
  current(): IncidentDoc | null;
  /** Acts with the document, at once where it is in memory, otherwise when it is. */
  use(act: (doc: IncidentDoc) => void): void;
  /** Somebody waits for it to be in memory. */
  isLoading(): boolean;
  /** Acts after everything that waits for the document; at once when nothing does. */
  inOrder(act: () => void): void;
  /** Everything that is on the disk, for somebody who has nothing. Rejects when it cannot be read. */
  readWhole(): Promise<WholeDoc>;
  /** Throws the document away and reads it anew, once what waits for the disk is on it; until then everything waits. */
  rebuild(whenCommitted: (act: () => void) => void): void;
  /** Lets go of the document until it is needed again. @returns false while it is being loaded */
  rest(): boolean;
  close(): void;
};

export type WholeDoc = {
  /** Websocket frames; the last is the answer to a step 1. */
  readonly frames: Buffer;
  /** What it knows. Takes a while to find out. */
  readonly stateVector: () => Uint8Array;
};

const EMPTY_UPDATE = new Uint8Array([0, 0]);

export function createRoomDoc(options: {
  readonly id: string;
  readonly store: Store;
  readonly log: Log;
  /** The document is in memory again. */
  readonly onLoaded: () => void;
  readonly onFailed: (cause: unknown) => void;
}): RoomDoc {
  const { id, store, log, onLoaded, onFailed } = options;
  let doc: IncidentDoc | null = null;
  let isLoading = false;
  let isClosed = false;
  let queue: (() => void)[] = [];

  async function read(): Promise<StoredDoc> {
    const stored = await store.read(id);
    if (stored.damaged > 0) log.error({ room: id, rows: stored.damaged }, 'damaged rows were met');
    return stored;
  }

  async function load(): Promise<void> {
    isLoading = true;
    try {
      const stored = await read();
      if (isClosed) return;
      doc = toDoc(stored);
    } catch (cause) {
      queue = [];
      onFailed(cause);
      return;
    } finally {
      isLoading = false;
    }
    runQueue();
    onLoaded();
  }

  /** One of them may throw the document away: those behind it wait for the next one, in their order. */
  function runQueue(): void {
    const acts = queue;
    queue = [];
    for (const [index, act] of acts.entries()) {
      if (isLoading || isClosed) {
        queue = [...acts.slice(index), ...queue];
        return;
      }
      try {
        act();
      } catch (cause) {
        onFailed(cause);
      }
    }
  }

  function later(act: () => void): void {
    queue.push(act);
    // What was just said goes out before the loading holds everything up.
    if (!isLoading) setImmediate(load);
    isLoading = true;
  }

  function letGo(): void {
    doc?.destroy();
    doc = null;
  }

  return {
    current: () => doc,
    isLoading: () => isLoading,
    use(act) {
      const withDoc = (): void => {
        if (doc) act(doc);
      };
      if (doc && queue.length === 0) withDoc();
      else later(withDoc);
    },
    inOrder(act) {
      if (isLoading) queue.push(act);
      else act();
    },
    async readWhole() {
      const { snapshot, updates } = await read();
      const rest =
        updates.length > 0 ? mergeUpdates(updates.map((row) => row.bytes)) : EMPTY_UPDATE;
      return {
        frames: toFrames(snapshot?.bytes ?? null, rest),
        stateVector: () => toStateVector(snapshot ? [snapshot.bytes, rest] : [rest]),
      };
    },
    rebuild(whenCommitted) {
      letGo();
      isLoading = true;
      whenCommitted(() => setImmediate(load));
    },
    rest() {
      if (isLoading) return false;
      letGo();
      return true;
    },
    close() {
      isClosed = true;
      queue = [];
      letGo();
    },
  };
}

/** The answer comes last: whoever got it has everything. */
function toFrames(snapshot: Uint8Array | null, rest: Uint8Array): Buffer {
  if (!snapshot) return toSocketFrame(encodeStep2(rest));
  if (rest === EMPTY_UPDATE) return toSocketFrame(encodeStep2(snapshot));
  return Buffer.concat([toSocketFrame(encodeUpdate(snapshot)), toSocketFrame(encodeStep2(rest))]);
}

/** @throws when a row cannot be applied */
export function toDoc({ snapshot, updates }: StoredDoc): IncidentDoc {
  const doc = createIncidentDoc();
  for (const row of snapshot ? [snapshot, ...updates] : updates) doc.apply(row.bytes, 'storage');
  return doc;
}
