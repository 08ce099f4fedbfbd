/**
 * Browsers drop the database connection of a page in the background, and tell only who asks. Whoever comes back finds
 * it open again, and what could not be stored meanwhile is stored.
 */

import type { DurableQueue } from '../storage/durable-queue.ts';
import type { PhoneLog } from '../storage/phone-log.ts';
import type { Surroundings } from './surroundings.ts';

export function reviveOnWake(parts: {
  readonly log: Pick<PhoneLog, 'revive'>;
  readonly queue: Pick<DurableQueue, 'state' | 'retry'>;
  readonly around: Pick<Surroundings, 'onWake'>;
  readonly onFailed: (cause: unknown) => void;
}): void {
  const { log, queue, around, onFailed } = parts;
  let isLooking = false;

  async function look(): Promise<void> {
    if (isLooking) return;
    isLooking = true;
    try {
      const isThere = await log.revive();
      if (isThere && queue.state().trouble) await queue.retry();
    } finally {
      isLooking = false;
    }
  }

  around.onWake(() => {
    look().catch(onFailed);
  });
}
