/** A document of one incident: what goes in, what comes out, and who hears of it. The only handle others get. */

import * as Y from 'yjs';
import type { Change } from '../domain/change.ts';
import { type Inspection, inspectUpdate } from './gate.ts';
import { createReader, type IncidentReader } from './read.ts';
import type { Signature } from './slots.ts';
import { findTouched, type Touched } from './touched.ts';
import { writeChanges } from './write.ts';

/** Where an update came from. Its own echo is what every listener must not act on. */
export type UpdateSource = 'local' | 'storage' | 'remote';

export type UpdateListener = (update: Uint8Array, source: UpdateSource, touched: Touched) => void;

export type IncidentDoc = {
  /** For the sync provider, which speaks Yjs; nobody else looks inside. */
  readonly ydoc: Y.Doc;
  readonly read: IncidentReader;
  /** One transaction, one update. */
  write(changes: readonly Change[], signature: Signature): void;
  /** @throws when the bytes are no update, possibly after a part of them was applied */
  apply(update: Uint8Array, source: 'storage' | 'remote'): void;
  /** What an update from outside would do, and whether it may. Changes nothing. */
  inspect(update: Uint8Array): Inspection;
  /** The structs of an update that are not here yet, with all its deletions. */
  toNews(update: Uint8Array): Uint8Array;
  /** Everything, or what a reader with that state vector lacks. */
  encode(stateVector?: Uint8Array): Uint8Array;
  /** The same without what waits for earlier updates: whoever gets that would hand the gap on. */
  encodeWhole(stateVector: Uint8Array): Uint8Array;
  encodeStateVector(): Uint8Array;
  /** How much this document knows: grows with every change, comparable between copies of one incident. */
  size(): number;
  /** True while updates wait for others that have not arrived. */
  isWaiting(): boolean;
  /** True when every change in the update is in this document, and none of them waits. */
  holds(update: Uint8Array): boolean;
  /** Forgets what waits; whoever sent it still has it. */
  dropWaiting(): void;
  onUpdate(listener: UpdateListener): () => void;
  destroy(): void;
};

/**
 * What somebody knows who has these updates, found without a document.
 * @param updates none of them waits for what is not among them
 */
export function toStateVector(updates: readonly Uint8Array[]): Uint8Array {
  const clocks = new Map<number, number>();
  for (const update of updates)
    for (const [client, clock] of Y.parseUpdateMeta(update).to)
      clocks.set(client, Math.max(clock, clocks.get(client) ?? 0));
  return Y.encodeStateVector(clocks);
}

/**
 * What is left of an update without the structs of some clients, and without its deletions: whose they are an update
 * does not say, and what took the place of the deleted may be in what was left out.
 */
export function withoutClients(update: Uint8Array, clients: readonly number[]): Uint8Array {
  const known = new Map(clients.map((client) => [client, Number.MAX_SAFE_INTEGER]));
  const rest = Y.diffUpdate(update, Y.encodeStateVector(known));
  // Deletions stand at the end, written as in a Yjs snapshot; that ends with a state vector, here of nobody: one byte.
  const { ds } = Y.decodeUpdate(rest);
  const deletions = Y.encodeSnapshot(Y.createSnapshot(ds, new Map())).length - 1;
  const structs = rest.subarray(0, rest.length - deletions);
  const whole = new Uint8Array(structs.length + 1); // and no deletions: a count of zero
  whole.set(structs);
  return whole;
}

/** The structs of an update alone. */
export function withoutDeletions(update: Uint8Array): Uint8Array {
  return withoutClients(update, []);
}

/** No structs and no deletions, as a client answers that has nothing to add. */
export function isNothing(update: Uint8Array): boolean {
  return update.length === 2 && update[0] === 0 && update[1] === 0;
}

const FROM_STORAGE = Symbol('storage');
/** A document has a name of its own only inside of another. Yjs would ask for 32 random numbers to make one up. */
const UNNAMED = { guid: '' };

export function createIncidentDoc(): IncidentDoc {
  const ydoc = new Y.Doc(UNNAMED);
  const read = createReader(ydoc);

  return {
    ydoc,
    read,
    write(changes, signature) {
      if (changes.length > 0) writeChanges(ydoc, changes, signature);
    },
    apply(update, source) {
      Y.applyUpdate(ydoc, update, source === 'storage' ? FROM_STORAGE : 'remote');
    },
    inspect: (update) => inspectUpdate(ydoc, update),
    toNews: (update) => Y.diffUpdate(update, Y.encodeStateVector(ydoc)),
    encode: (stateVector) => Y.encodeStateAsUpdate(ydoc, stateVector),
    encodeWhole(stateVector) {
      const { pendingStructs, pendingDs } = ydoc.store;
      ydoc.store.pendingStructs = null;
      ydoc.store.pendingDs = null;
      try {
        return Y.encodeStateAsUpdate(ydoc, stateVector);
      } finally {
        ydoc.store.pendingStructs = pendingStructs;
        ydoc.store.pendingDs = pendingDs;
      }
    },
    encodeStateVector: () => Y.encodeStateVector(ydoc),
    size: () => sumClocks(Y.encodeStateVector(ydoc)),
    isWaiting: () => ydoc.store.pendingStructs !== null || ydoc.store.pendingDs !== null,
    holds(update) {
      const known = Y.decodeStateVector(Y.encodeStateVector(ydoc));
      const has = (client: number, clock: number) => (known.get(client) ?? 0) >= clock;
      const { to } = Y.parseUpdateMeta(update);
      const { ds } = Y.decodeUpdate(update);
      return (
        [...to].every(([client, clock]) => has(client, clock)) &&
        [...ds.clients].every(([client, gone]) =>
          gone.every(({ clock, len }) => has(client, clock + len)),
        )
      );
    },
    dropWaiting() {
      ydoc.store.pendingStructs = null;
      ydoc.store.pendingDs = null;
    },
    onUpdate(listener) {
      const onUpdate = (
        update: Uint8Array,
        _origin: unknown,
        _doc: Y.Doc,
        transaction: Y.Transaction,
      ): void => {
        listener(update, toSource(transaction), findTouched(ydoc, transaction.changed));
      };
      ydoc.on('update', onUpdate);
      return () => ydoc.off('update', onUpdate);
    },
    destroy() {
      read.stop();
      ydoc.destroy();
    },
  };
}

/** True when the bytes are a whole, well-formed update. Asked before bytes from outside may touch a document. */
export function isReadableUpdate(update: Uint8Array): boolean {
  try {
    Y.decodeUpdate(update);
    return true;
  } catch {
    return false; // the decoder throws on any damage; which damage does not matter here
  }
}

/** True when the bytes say what a reader has. Asked before somebody from outside is answered. */
export function isReadableStateVector(stateVector: Uint8Array): boolean {
  try {
    Y.decodeStateVector(stateVector);
    return true;
  } catch {
    return false; // the decoder throws on any damage; which damage does not matter here
  }
}

/** True when a snapshot, read back, decodes to a document that knows exactly what `stateVector` says. */
export function isWholeSnapshot(snapshot: Uint8Array, stateVector: Uint8Array): boolean {
  const ydoc = new Y.Doc(UNNAMED);
  try {
    Y.applyUpdate(ydoc, snapshot);
    const found = Y.encodeStateVector(ydoc);
    const wanted = Y.decodeStateVector(stateVector);
    const known = Y.decodeStateVector(found);
    return [...wanted].every(([client, clock]) => known.get(client) === clock);
  } catch {
    return false; // a snapshot that cannot be applied is not whole
  } finally {
    ydoc.destroy();
  }
}

/** Several updates of one document as one, in any order. */
export function mergeUpdates(updates: readonly Uint8Array[]): Uint8Array {
  return Y.mergeUpdates([...updates]);
}

function toSource(transaction: Y.Transaction): UpdateSource {
  if (transaction.local) return 'local';
  return transaction.origin === FROM_STORAGE ? 'storage' : 'remote';
}

function sumClocks(stateVector: Uint8Array): number {
  let sum = 0;
  for (const clock of Y.decodeStateVector(stateVector).values()) sum += clock;
  return sum;
}
