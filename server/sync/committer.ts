/**
 * Group commit: whatever arrived since the last turn of the event loop, from every room, is one transaction. An idle
 * server commits at once. A busy one waits a moment, so that larger groups share the disk; never longer than a
 * person could notice.
 */

import type { Position } from '../../shared/doc/update-log.ts';
import type { IncidentSummary } from '../../shared/domain/summary.ts';
import type { Log } from '../log.ts';
import type { Binding, LoggedUpdate, Store } from '../storage/store.ts';

/** An update that waits for the disk. Exactly one of the two is called. */
export type Pending = {
  readonly update: LoggedUpdate;
  /** Client ids that this update is the first to bring. */
  readonly bindings: readonly Binding[];
  readonly onCommitted: (position: Position) => void;
  readonly onFailed: () => void;
};

export type Committer = {
  add(pending: Pending): void;
  /** The incident's directory row goes with the next group. */
  addSummary(doc: string): void;
  /** Resolves when nothing waits any more. */
  drain(): Promise<void>;
};

/** While commits follow each other closer than this, they wait and share one. */
const GATHER_MILLIS = 5;
const BUSY_WITHIN_MILLIS = 8;

export function createCommitter(options: {
  readonly store: Store;
  readonly log: Log;
  readonly now: () => number;
  /** The directory row of an incident as it stands, asked for once per group and incident; null: none, or not now. */
  readonly summarize: (doc: string) => IncidentSummary | null;
  /** The directory's revision after a group that changed it. */
  readonly onDirectory: (rev: number) => void;
}): Committer {
  const { store, log, now, summarize, onDirectory } = options;
  let queue: Pending[] = [];
  let toSummarize = new Set<string>();
  /** Rows of a group that failed: they go with the next one, which does not begin because of them. */
  let behind: ReadonlySet<string> = new Set();
  let running: Promise<void> | null = null;
  let lastEnd = Number.NEGATIVE_INFINITY;

  function start(): void {
    running ??= pause().then(run);
  }

  function pause(): Promise<void> {
    const since = now() - lastEnd;
    const isBusy = since >= 0 && since < BUSY_WITHIN_MILLIS; // a clock that was set back is no reason to wait
    return new Promise((resolve) => {
      if (isBusy) setTimeout(resolve, GATHER_MILLIS);
      else setImmediate(resolve);
    });
  }

  async function run(): Promise<void> {
    const group = queue;
    const docs = new Set([...behind, ...toSummarize]);
    queue = [];
    toSummarize = new Set();
    behind = new Set();
    await commit(group, docs);
    lastEnd = now();
    running = null;
    if (queue.length > 0 || toSummarize.size > 0) start();
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

  async function commit(group: readonly Pending[], docs: ReadonlySet<string>): Promise<void> {
    const updates = group.map((pending) => pending.update);
    const bindings = group.flatMap((pending) => pending.bindings);
    try {
      const summaries = [...docs].map(trySummary).filter((summary) => summary !== null);
      if (updates.length === 0 && summaries.length === 0) return;
      const { positions, rev } = await store.commit({ updates, bindings, summaries });
      for (const [index, pending] of group.entries()) pending.onCommitted(positions[index] ?? 0);
      if (summaries.length > 0) onDirectory(rev);
    } catch (cause) {
      log.error({ err: cause, updates: updates.length }, 'commit failed');
      behind = docs;
      for (const pending of [...group, ...takeFollowers(updates)]) pending.onFailed();
    }
  }

  /** What came while the disk was busy may need what it did not take: it must not be there alone. */
  function takeFollowers(failed: readonly LoggedUpdate[]): readonly Pending[] {
    const docs = new Set(failed.map(({ doc }) => doc));
    const followers = queue.filter(({ update }) => docs.has(update.doc));
    queue = queue.filter(({ update }) => !docs.has(update.doc));
    return followers;
  }

  return {
    add(pending) {
      queue.push(pending);
      start();
    },
    addSummary(doc) {
      toSummarize.add(doc);
      start();
    },
    drain: async () => {
      while (running) await running;
    },
  };
}
