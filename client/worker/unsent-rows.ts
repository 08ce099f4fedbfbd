/**
 * What waits on this phone's disk, read without Dexie, which is too large for a worker that starts for a moment. The
 * tables are those of `client/storage/database.ts`; a database that is not there, or has none of them, holds nothing.
 */

import { toChecksum } from '../../shared/doc/checksum.ts';

const DATABASE = 'logline';

/** Everything of one incident that its server may lack, each a Yjs update (V1), in the order it must arrive. */
export type Unsent = { readonly incident: string; readonly updates: readonly Uint8Array[] };

/** Whose lines they are, as a request has to say it. */
export type Sender = { readonly token: string; readonly person: string };

export async function readUnsent(): Promise<{
  readonly sender: Sender;
  readonly unsent: readonly Unsent[];
} | null> {
  const db = await open();
  if (!db) return null;
  try {
    const transaction = db.transaction(['settings', 'waiting', 'updates', 'snapshots']);
    const sender = toSender(await ask(transaction.objectStore('settings').get('identity')));
    if (!sender) return null;
    const positions = groupByIncident(await ask(transaction.objectStore('waiting').getAll()));
    const unsent: Unsent[] = [];
    for (const [incident, own] of positions) {
      unsent.push({ incident, updates: await readUpdates(transaction, incident, own) });
    }
    return { sender, unsent };
  } finally {
    db.close();
  }
}

/** @returns null when there is none: looking must not make one */
function open(): Promise<IDBDatabase | null> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE);
    request.onupgradeneeded = () => request.transaction?.abort();
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => {
      if (request.error?.name === 'AbortError') resolve(null);
      else reject(request.error);
    };
  });
}

async function readUpdates(
  transaction: IDBTransaction,
  incident: string,
  positions: readonly number[],
): Promise<readonly Uint8Array[]> {
  const updates: Uint8Array[] = [];
  let isInSnapshot = false;
  for (const position of positions) {
    const row: unknown = await ask(transaction.objectStore('updates').get(position));
    const bytes = toBytes(row);
    if (bytes) updates.push(bytes);
    isInSnapshot ||= row === undefined;
  }
  if (!isInSnapshot) return updates;
  const all = IDBKeyRange.bound([incident, 0], [incident, Number.MAX_SAFE_INTEGER]);
  const newest = await ask(transaction.objectStore('snapshots').openCursor(all, 'prev'));
  const snapshot = toBytes(newest?.value);
  return snapshot ? [snapshot, ...updates] : updates;
}

function ask<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function groupByIncident(rows: readonly unknown[]): ReadonlyMap<string, readonly number[]> {
  const byIncident = new Map<string, number[]>();
  for (const row of rows) {
    if (!isRecord(row)) continue;
    const { doc, position } = row;
    if (typeof doc !== 'string' || typeof position !== 'number') continue;
    byIncident.set(doc, [...(byIncident.get(doc) ?? []), position]);
  }
  return byIncident;
}

function toSender(row: unknown): Sender | null {
  if (!isRecord(row) || !isRecord(row['value'])) return null;
  const { token, person } = row['value'];
  return typeof token === 'string' && typeof person === 'string' ? { token, person } : null;
}

/** @returns null for a row that is damaged: the page sets it aside and says so */
function toBytes(row: unknown): Uint8Array | null {
  if (!isRecord(row)) return null;
  const { bytes, checksum } = row;
  return bytes instanceof Uint8Array && toChecksum(bytes) === checksum ? bytes : null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
