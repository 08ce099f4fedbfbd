/**
 * A phone's disk as slow and as faulty as real ones: transactions take their time and follow each other, are lost with
 * the page that asked for them, fail while the phone is full or the browser dropped the connection, or hang.
 */

import type { Pace } from '../support/memory-disk.ts';
import type { Process, World } from './world.ts';

/** What is wrong with a disk. `lost` ends when the database is opened anew, `hung` may also end by itself. */
export type DiskState = 'sound' | 'full' | 'lost' | 'hung';

export type DiskHealth = {
  state: DiskState;
  /** When the transactions that were asked for are done. */
  freeAt: number;
  readonly hanging: (() => void)[];
};

const WRITE_MILLIS = 20;
const READ_MILLIS = 8;

export function createPace(world: World, page: Process, health: DiskHealth): Pace {
  function fault(kind: 'read' | 'write' | 'free'): Error | null {
    if (health.state === 'full' && kind === 'write')
      return Object.assign(new Error('no room'), { name: 'QuotaExceededError' });
    return health.state === 'lost' ? new Error('the connection is closing') : null;
  }

  return {
    transact: (kind, act) =>
      new Promise((resolve, reject) => {
        const run = (): void => {
          if (health.state === 'hung') {
            health.hanging.push(() => world.later(page, 1, run));
            return;
          }
          const failed = fault(kind);
          if (failed) {
            reject(failed);
            return;
          }
          const result = act();
          // What is done may never be heard of: the page can be gone by then.
          if (kind === 'read' || world.chance(0.7)) resolve(result);
          else world.later(page, world.delay(30), () => resolve(result));
        };
        const wait = kind === 'read' ? READ_MILLIS : WRITE_MILLIS;
        health.freeAt = Math.max(health.freeAt, world.now() + 1 + world.delay(wait));
        world.later(page, health.freeAt - world.now(), run);
      }),
    tell: (listener) => {
      world.later(page, 1 + world.delay(30), listener);
    },
    revive: () =>
      new Promise((resolve) => {
        world.later(page, 1 + world.delay(WRITE_MILLIS), () => {
          if (health.state === 'lost') health.state = 'sound';
          if (health.state === 'hung') heal(world, health);
          resolve(health.state === 'sound');
        });
      }),
  };
}

/** What hung is done after all, or never was. */
export function heal(world: World, health: DiskHealth): void {
  health.state = 'sound';
  const hanging = health.hanging.splice(0);
  if (world.chance(0.5)) for (const release of hanging) release();
}
