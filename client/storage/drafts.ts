/** Half-written work: it survives leaving the screen, reloading and a killed tab. */

import type { Draft } from '../../shared/domain/draft.ts';
import type { Database } from './database.ts';

export type Drafts = {
  read(key: string): Promise<Draft | null>;
  /** Writes the latest draft; while one is on its way to the disk, only the newest waits. */
  write(draft: Draft): void;
  remove(key: string): void;
  /** Resolves when everything asked for so far was written, or could not be. */
  settled(): Promise<void>;
};

export function createDrafts(db: Database, onFailed: (cause: unknown) => void): Drafts {
  const waiting = new Map<string, Draft | null>();
  let running: Promise<void> | null = null;

  async function run(): Promise<void> {
    for (const [key, draft] of waiting) {
      waiting.delete(key);
      try {
        if (draft) await db.drafts.put(draft);
        else await db.drafts.delete(key);
      } catch (cause) {
        onFailed(cause);
      }
    }
    running = null;
  }

  function enqueue(key: string, draft: Draft | null): void {
    waiting.set(key, draft);
    running ??= run();
  }

  return {
    async read(key) {
      const newest = waiting.get(key);
      if (newest !== undefined) return newest;
      return (await db.drafts.get(key)) ?? null;
    },
    write: (draft) => enqueue(draft.key, draft),
    remove: (key) => enqueue(key, null),
    settled: async () => {
      while (running) await running;
    },
  };
}
