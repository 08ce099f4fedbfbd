/** What the browser has around a page: sockets, requests, the other tabs, the moments when somebody comes back. */

import { createTabLocks, type TabLocks } from '../storage/tab-lock.ts';
import { onLeave, onWake } from '../sync/wake.ts';
import { whenIdle } from './when-idle.ts';

export type Surroundings = {
  readonly WebSocket: typeof WebSocket;
  readonly fetch: (path: string, init: RequestInit) => Promise<Response>;
  readonly tabs: TabLocks;
  /** To the other tabs of this browser. */
  readonly openChannel: (name: string) => BroadcastChannel;
  /** Calls `wake` whenever the network or the person may have come back. @returns a function that ends it */
  readonly onWake: (wake: () => void) => () => void;
  /** Calls `leave` when the page is put aside or goes. @returns a function that ends it */
  readonly onLeave: (leave: () => void) => () => void;
  /** Runs `act` when the page has nothing better to do. @returns a function that calls it off */
  readonly whenIdle: (act: () => void) => () => void;
};

/** This browser's own. */
export function lookAround(random: () => number): Surroundings {
  const openChannel = (name: string): BroadcastChannel => new BroadcastChannel(name);
  return {
    WebSocket,
    fetch: (path, init) => fetch(path, init),
    tabs: createTabLocks({
      locks: 'locks' in navigator ? navigator.locks : undefined,
      openChannel,
      random,
    }),
    openChannel,
    onWake,
    onLeave,
    whenIdle,
  };
}
