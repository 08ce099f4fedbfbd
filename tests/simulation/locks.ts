/** The Web Locks of one phone: first come, first served, and given back when a page goes. */

import type { LockPort } from '../../client/storage/tab-lock.ts';
import type { Process, World } from './world.ts';

export type Locks = {
  /** As one page sees them. */
  forPage(page: Process): LockPort;
  /** Whoever held or awaited something is gone. */
  releaseAll(page: Process): void;
};

type Wish = { readonly page: Process; readonly take: () => void };

export function createLocks(world: World): Locks {
  const holders = new Map<string, Process>();
  const queues = new Map<string, Wish[]>();

  function next(name: string): void {
    holders.delete(name);
    const wish = queues.get(name)?.shift();
    if (!wish) return;
    holders.set(name, wish.page);
    world.later(wish.page, 1 + world.delay(20), wish.take);
  }

  return {
    forPage: (page) => ({
      request: (name, { ifAvailable, signal }, callback) =>
        new Promise((resolve, reject) => {
          const take = (): void => {
            const held = signal?.aborted ? undefined : callback({ name });
            Promise.resolve(held).then(() => {
              if (holders.get(name) === page) next(name);
              resolve(undefined);
            }, reject);
          };
          world.later(page, 1 + world.delay(10), () => {
            if (!holders.has(name)) {
              holders.set(name, page);
              take();
            } else if (ifAvailable) {
              callback(null);
              resolve(undefined);
            } else {
              queues.set(name, [...(queues.get(name) ?? []), { page, take }]);
            }
          });
        }),
    }),
    releaseAll(page) {
      for (const [name, wishes] of queues)
        queues.set(
          name,
          wishes.filter((wish) => wish.page !== page),
        );
      for (const [name, holder] of holders) if (holder === page) next(name);
    },
  };
}
