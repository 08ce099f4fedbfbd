/**
 * Group commit: whatever arrived since the last turn of the event loop, from every room, is one transaction. An idle
 * server commits at once; a busy one commits larger groups, because frames pile up while the disk is busy.
 */

import type { NewUpdate, Position } from '../../shared/doc/update-log.ts';
import type { IncidentSummary } from '../../shared/domain/summary.ts';
import type { Log } from '../log.ts';
import type { Store } from '../storage/store.ts';

/** An update that waits for the disk. Exactly one of the two is called. */
export type Pending = {
  readonly update: NewUpdate;
  readonly onCommitted: (position: Position) => void;
  readonly onFailed: () => void;
};

export type Committer = {
  add(pending: Pending): void;
  /** Resolves when nothing waits any more. */
  drain(): Promise<void>;
};

export function createCommitter(options: {
  readonly store: Store;
  readonly log: Log;
  /** The directory row of an incident as it stands, asked for once per group and incident. */
  readonly summarize: (doc: string) => IncidentSummary | null;
  /** The directory's revision after a group that changed it. */
  readonly onDirectory: (rev: number) => void;
}): Committer {
  const { store, log, summarize, onDirectory } = options;
  let queue: Pending[] = [];
  let running: Promise<void> | null = null;

  function start(): void {
    running ??= new Promise<void>((resolve) => setImmediate(resolve)).then(run);
  }

  async function run(): Promise<void> {
    while (queue.length > 0) {
      const group = queue;
      queue = [];
      await commit(group);
    }
    running = null;
  }

  /** One incident whose row cannot be made must not keep the others from the disk. */
  function trySummary(doc: string): IncidentSummary | null {
    try {
      return summarize(doc);
    } catch (cause) {
      log.error({ err: cause, room: doc }, 'no directory row could be made');
      return null;
    }
  }

  async function commit(group: readonly Pending[]): Promise<void> {
    const updates = group.map((pending) => pending.update);
    const docs = new Set(updates.map((update) => update.doc));
    try {
      const summaries = [...docs].map(trySummary).filter((summary) => summary !== null);
      const { positions, rev } = await store.commit({ updates, summaries });
      for (const [index, pending] of group.entries()) pending.onCommitted(positions[index] ?? 0);
      if (summaries.length > 0) onDirectory(rev);
    } catch (cause) {
      log.error({ err: cause, updates: updates.length }, 'commit failed');
      for (const pending of group) pending.onFailed();
    }
  }

  return {
    add(pending) {
      queue.push(pending);
      start();
    },
    drain: async () => {
      while (running) await running;
    },
  };
}
