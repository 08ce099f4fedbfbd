/** Half-written work: it survives leaving the screen, reloading and a killed tab. */

import type { Draft, SpentDraft } from '../../shared/domain/draft.ts';
import type { Database } from './database.ts';

export type Drafts = {
  read(key: string): Promise<Draft | null>;
  /** Writes the latest draft; while one is on its way to the disk, only the newest waits. */
  write(draft: Draft): void;
  /** Forgets a write that has not begun: the draft is being spent in a transaction of its own. */
  spend(draft: SpentDraft): void;
  /** Resolves when everything asked for so far was written, or could not be. */
  settled(): Promise<void>;
};

export function createDrafts(db: Database, onFailed: (cause: unknown) => void): Drafts {
  const waiting = new Map<string, Draft>();
  let running: Promise<void> | null = null;

  async function run(): Promise<void> {
    for (const [key, draft] of waiting) {
      waiting.delete(key);
      try {
        await db.drafts.put(draft);
      } catch (cause) {
        onFailed(cause);
      }
    }
    running = null;
  }

  return {
    async read(key) {
      return waiting.get(key) ?? (await db.drafts.get(key)) ?? null;
    },
    write(draft) {
      waiting.set(draft.key, draft);
      running ??= run();
    },
    spend({ key, text }) {
      if (waiting.get(key)?.text === text) waiting.delete(key);
    },
    settled: async () => {
      while (running) await running;
    },
  };
}
