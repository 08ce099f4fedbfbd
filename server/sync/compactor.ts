/** Compacts one incident after the other, in a thread of its own that comes with the first and goes when it is idle. */

import { Worker } from 'node:worker_threads';
import type { Log } from '../log.ts';
import type { Store } from '../storage/store.ts';
import type { CompactionInput, CompactionOutput } from './compact.ts';

export type Compactor = {
  /** To be called when an incident has many rows. Asking twice is asking once. */
  add(doc: string): void;
  /** Resolves when nothing is left to do. */
  drain(): Promise<void>;
  close(): Promise<void>;
};

/** Rows in, snapshot and packed rows out; null: they do not make a whole document. */
export type Compact = (input: CompactionInput) => Promise<CompactionOutput | null>;

/** Reading a whole log for nothing, each time somebody writes a line, would be felt. */
const AGAIN_AFTER_MILLIS = 10 * 60_000;

export function createCompactor(options: {
  readonly store: Store;
  readonly log: Log;
  /** ms since 1970 */
  readonly now: () => number;
  readonly compact: Compact;
  readonly onCompacted: (doc: string) => Promise<void>;
}): Compactor {
  const { store, log, now, compact, onCompacted } = options;
  const waiting = new Set<string>();
  /** When an incident could last not be compacted. */
  const failedAt = new Map<string, number>();
  let running: Promise<void> | null = null;
  let isClosed = false;

  async function run(): Promise<void> {
    for (const doc of waiting) {
      waiting.delete(doc);
      if (isClosed) break;
      try {
        if (await compactDoc(doc)) failedAt.delete(doc);
        else failedAt.set(doc, now());
      } catch (cause) {
        failedAt.set(doc, now());
        log.error({ err: cause, room: doc }, 'an incident could not be compacted');
      }
    }
    running = null;
  }

  /** @returns false when it has to be left as it is for now */
  async function compactDoc(doc: string): Promise<boolean> {
    const { snapshot, damaged } = await store.read(doc);
    const rows = await store.readRows(doc);
    const upTo = rows.at(-1)?.position;
    if (damaged > 0) {
      log.warn({ room: doc, damaged }, 'an incident has damaged rows; it was not compacted');
      return false;
    }
    if (upTo === undefined) return true;
    const made = await compact({ snapshot: snapshot?.bytes ?? null, rows });
    if (!made) {
      log.warn({ room: doc }, 'an incident has rows that wait for others; it was not compacted');
      return false;
    }
    if (!isClosed && (await store.compact({ doc, upTo, ...made }))) await onCompacted(doc);
    return true;
  }

  function hasJustFailed(doc: string): boolean {
    const age = now() - (failedAt.get(doc) ?? Number.NEGATIVE_INFINITY);
    return age >= 0 && age < AGAIN_AFTER_MILLIS;
  }

  return {
    add(doc) {
      if (isClosed || hasJustFailed(doc)) return;
      waiting.add(doc);
      running ??= Promise.resolve().then(run);
    },
    drain: async () => {
      while (running) await running;
    },
    async close() {
      isClosed = true;
      await running;
    },
  };
}

const IDLE_MILLIS = 10_000;

/** @returns a `compact` that runs in a thread, one input at a time */
export function createThreadedCompact(): { readonly compact: Compact; close(): Promise<void> } {
  let worker: Worker | null = null;
  let idle: NodeJS.Timeout | null = null;

  async function stop(): Promise<void> {
    if (idle) clearTimeout(idle);
    const stopped = worker;
    worker = null;
    await stopped?.terminate();
  }

  function start(): Worker {
    const started = new Worker(new URL('./compact-worker.ts', import.meta.url));
    started.unref();
    return started;
  }

  return {
    compact(input) {
      if (idle) clearTimeout(idle);
      worker ??= start();
      const thread = worker;
      return new Promise<CompactionOutput | null>((resolve, reject) => {
        const settle = (): void => {
          thread.off('message', onMessage).off('error', onEnd).off('exit', onEnd);
          idle = setTimeout(stop, IDLE_MILLIS).unref();
        };
        const onMessage = (output: CompactionOutput | null): void => {
          settle();
          resolve(output);
        };
        const onEnd = (cause: unknown): void => {
          settle();
          worker = null;
          reject(new Error('The compacting thread ended', { cause }));
        };
        thread.on('message', onMessage).on('error', onEnd).on('exit', onEnd);
        thread.postMessage(input);
      });
    },
    close: stop,
  };
}
