/**
 * Half-written work: it survives leaving the screen, reloading and a killed tab. Every tab writes in a place of its
 * own, `<subject>`, `<subject>#2`, …, so that no tab writes over another's words; a place whose tab is gone is free
 * for whoever opens the subject next.
 */

import {
  type Draft,
  isReadableDraft,
  isSpent,
  type SpentDraft,
} from '../../shared/domain/draft.ts';
import type { PhoneLog } from './phone-log.ts';
import type { TabLocks } from './tab-lock.ts';

/** After a reload the page before may hold its place for a moment longer. */
const RELOAD_MILLIS = 500;

/** A place to write in; no other tab has it until it is released. */
export type DraftPlace = {
  readonly key: string;
  /** What was left there. */
  readonly left: Draft | null;
  release(): void;
};

export type Drafts = {
  /** A place with nothing in it. */
  claimEmpty(subject: string): Promise<DraftPlace>;
  /**
   * The place with the newest words that no tab has; null when there is none. Words that cannot be read keep theirs:
   * the next letter would be written over them.
   */
  claimLeft(subject: string): Promise<DraftPlace | null>;
  /** Writes the latest draft; while one is on its way to the disk, only the newest waits. */
  write(draft: Draft): void;
  /** Forgets a write that has not begun: the draft is being spent in a transaction of its own. */
  spend(draft: SpentDraft): void;
  /** Resolves when everything asked for so far was written, or could not be. */
  settled(): Promise<void>;
};

export function createDrafts(options: {
  readonly log: Pick<PhoneLog, 'readDraft' | 'readDrafts' | 'writeDraft' | 'moveDraft'>;
  readonly tabs: TabLocks;
  readonly onFailed: (cause: unknown) => void;
  /** Never the same twice, on whatever tab. */
  readonly newName: () => string;
}): Drafts {
  const { log, tabs, onFailed, newName } = options;
  const waiting = new Map<string, Draft>();
  let running: Promise<void> | null = null;

  async function run(): Promise<void> {
    for (const [key, draft] of waiting) {
      waiting.delete(key);
      try {
        await log.writeDraft(draft);
      } catch (cause) {
        onFailed(cause);
      }
    }
    running = null;
  }

  async function settled(): Promise<void> {
    while (running) await running;
  }

  /** The newest first. */
  async function readLeft(subject: string): Promise<readonly Draft[]> {
    await settled();
    const rows = await log.readDrafts(subject);
    return rows
      .filter(({ key }) => key === subject || key.startsWith(`${subject}#`))
      .sort((a, b) => Number(b.text !== '') - Number(a.text !== '') || touchedAt(b) - touchedAt(a));
  }

  /**
   * Where a place cannot be locked for certain, every page has places of its own. What was left elsewhere moves there;
   * if its tab was only asleep, it writes it down again where it was.
   */
  async function claimOwn(subject: string, left: Draft | null): Promise<DraftPlace> {
    const key = `${subject}#${newName()}`;
    const release = tabs.holdInPage(toLock(key));
    if (left) await log.moveDraft(left.key, { ...left, key });
    return { key, left: left && { ...left, key }, release };
  }

  async function claimUnread(key: string): Promise<DraftPlace> {
    const release = await tabs.take(toLock(key));
    return { key, left: null, release: release ?? (() => undefined) };
  }

  return {
    async claimEmpty(subject) {
      if (!tabs.areCertain) return claimOwn(subject, null);
      const rows = await readLeft(subject).catch(() => null);
      // Where nobody can say which places are taken, it is one that nobody else can have.
      if (!rows) return claimUnread(`${subject}#${newName()}`);
      const taken = new Set(rows.map(({ key }) => key));
      for (let place = 1; ; place += 1) {
        const key = place === 1 ? subject : `${subject}#${place}`;
        const release = taken.has(key) ? null : await tabs.take(toLock(key));
        if (release) return { key, left: null, release };
      }
    },
    async claimLeft(subject) {
      const rows = (await readLeft(subject)).filter(isReadableDraft);
      // Who was asked and is gone does not answer; only a lock may outlive its page.
      for (const patience of tabs.areCertain ? [0, RELOAD_MILLIS] : [0]) {
        for (const { key } of rows) {
          const release = await tabs.take(toLock(key), patience);
          if (!release) continue;
          const left = await log.readDraft(key); // as it is now that nobody else writes it
          const isReadable = left !== null && isReadableDraft(left);
          if (isReadable && tabs.areCertain) return { key, left, release };
          release();
          if (isReadable) return await claimOwn(subject, left);
        }
      }
      return null;
    },
    write(draft) {
      waiting.set(draft.key, draft);
      running ??= run();
    },
    spend(spent) {
      const next = waiting.get(spent.key);
      if (next && isSpent(next, spent)) waiting.delete(spent.key);
    },
    settled,
  };
}

function touchedAt(draft: Draft): number {
  return draft.lastTouch ?? 0;
}

function toLock(key: string): string {
  return `draft:${key}`;
}
