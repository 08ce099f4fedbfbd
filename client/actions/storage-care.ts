/**
 * Takes care of the browser's storage: asks for it to be kept, tells how much there is, and notices when the browser
 * threw it away. What it threw away is told by a note in another store: browsers may clear one and leave the other.
 */

import type { StorageStanding } from '../../shared/domain/storage-standing.ts';

export type { StorageStanding };

/** What was on this phone when it last was looked at. */
export type Remembered = {
  /** The id of the installed app. */
  readonly device: string;
  /** Lines that were not on the server. */
  readonly waiting: number;
};

/** `Storage` as browsers have it; null where they forbid it. */
type Notes = Pick<Storage, 'getItem' | 'setItem'> | null;

const KEY = 'logline:phone';

export type StorageCare = {
  /** @returns what was lost when the database is empty although this phone was used; null: nothing was */
  findLoss(device: string): Remembered | null;
  remember(phone: Remembered): void;
  /** Asks the browser to keep it. Some ask the person in turn, so it is asked when there is something to keep. */
  askToKeep(): Promise<void>;
  look(): Promise<StorageStanding>;
};

export function createStorageCare(
  notes: Notes,
  manager: Partial<StorageManager> | undefined,
): StorageCare {
  let isAsked = false;

  return {
    findLoss(device) {
      const known = read(notes);
      return known && known.device !== device ? known : null;
    },
    remember(phone) {
      try {
        notes?.setItem(KEY, JSON.stringify(phone));
      } catch {
        // full or forbidden: then a loss goes unnoticed, and nothing else
      }
    },
    async askToKeep() {
      if (isAsked) return;
      isAsked = true;
      await manager?.persist?.();
    },
    async look() {
      const [isKept, estimate] = await Promise.all([
        manager?.persisted?.() ?? null,
        manager?.estimate?.() ?? null,
      ]);
      const usedBytes = estimate?.usage ?? null;
      const quota = estimate?.quota ?? null;
      return {
        isKept,
        usedBytes,
        freeBytes: quota === null || usedBytes === null ? null : Math.max(0, quota - usedBytes),
      };
    },
  };
}

function read(notes: Notes): Remembered | null {
  try {
    const value: unknown = JSON.parse(notes?.getItem(KEY) ?? 'null');
    if (typeof value !== 'object' || value === null) return null;
    if (!('device' in value && 'waiting' in value)) return null;
    const { device, waiting } = value;
    return typeof device === 'string' && typeof waiting === 'number' ? { device, waiting } : null;
  } catch {
    return null; // not what this app wrote
  }
}
