/**
 * Local work on its way to the disk. Each update stays in memory until its transaction completed; what cannot be
 * written is kept, tried again, and said out loud.
 */

import type { Position } from '../../shared/doc/update-log.ts';
import type { StorageTrouble } from '../../shared/domain/connection.ts';
import type { EntryId } from '../../shared/domain/id.ts';
import type { LocalUpdate } from './phone-log.ts';

export type QueueState = {
  /** Lines whose latest change is in memory only. */
  readonly unsaved: ReadonlySet<EntryId>;
  readonly trouble: StorageTrouble | null;
  /** How many updates are in memory only. */
  readonly waits: number;
};

export type DurableQueue = {
  /** `onStored` is called with the row's position once it is on the disk. */
  add(update: LocalUpdate, onStored: (position: Position) => void): void;
  state(): QueueState;
  subscribe(listener: () => void): () => void;
  /** Tries now what could not be stored. Resolves when the try is over, whatever came of it. */
  retry(): Promise<void>;
};

type Item = { readonly update: LocalUpdate; readonly onStored: (position: Position) => void };

const FIRST_RETRY_MILLIS = 500;
const LAST_RETRY_MILLIS = 15_000;

export function createDurableQueue(options: {
  /** Rejects when the database does not answer. */
  readonly write: (updates: readonly LocalUpdate[]) => Promise<readonly Position[]>;
  /** Opens the database anew. */
  readonly revive: () => Promise<boolean>;
  readonly now: () => number;
}): DurableQueue {
  const { write, revive, now } = options;
  const listeners = new Set<() => void>();
  let items: readonly Item[] = [];
  let trouble: StorageTrouble | null = null;
  let running: Promise<void> | null = null;
  let retryTimer: ReturnType<typeof setTimeout> | null = null;
  let retryAfter = FIRST_RETRY_MILLIS;

  function tell(): void {
    for (const listener of listeners) listener();
  }

  /** One transaction at a time, each with all that waits: so the rows are in the order the person wrote them. */
  async function run(): Promise<void> {
    try {
      let isWritten = true;
      while (isWritten && items.length > 0) isWritten = await writeTogether(items);
    } finally {
      // In the moment that nothing is left, and no later: what is added from now on starts the next run.
      running = null;
    }
  }

  async function writeTogether(group: readonly Item[]): Promise<boolean> {
    try {
      const positions = await write(group.map((item) => item.update));
      items = items.slice(group.length);
      trouble = null;
      retryAfter = FIRST_RETRY_MILLIS;
      for (const [index, item] of group.entries()) item.onStored(positions[index] ?? 0);
      tell();
      return true;
    } catch (cause) {
      trouble = { why: isFull(cause) ? 'full' : 'lost', since: trouble?.since ?? now() };
      tell();
      if (trouble.why === 'lost') await revive().catch(() => false);
      scheduleRetry();
      return false;
    }
  }

  function start(): Promise<void> {
    running ??= Promise.resolve().then(run);
    return running;
  }

  function scheduleRetry(): void {
    if (retryTimer) clearTimeout(retryTimer);
    retryTimer = setTimeout(start, retryAfter);
    retryAfter = Math.min(retryAfter * 2, LAST_RETRY_MILLIS);
  }

  return {
    add(update, onStored) {
      items = [...items, { update, onStored }];
      tell();
      if (!trouble) void start();
    },
    state: () => ({
      unsaved: new Set(items.flatMap((item) => item.update.lines)),
      trouble,
      waits: items.length,
    }),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    retry: start,
  };
}

/** Dexie wraps the browser's QuotaExceededError, and an aborted transaction hides it one level down. */
function isFull(cause: unknown): boolean {
  const seen = new Set<unknown>();
  let current = cause;
  while (current instanceof Error && !seen.has(current)) {
    if (current.name === 'QuotaExceededError') return true;
    seen.add(current);
    current = 'inner' in current ? current.inner : current.cause;
  }
  return false;
}
