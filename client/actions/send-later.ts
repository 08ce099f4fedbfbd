/**
 * Asks the browser to wake the service worker once the network is back, so that what waits goes with every page closed.
 * Browsers without Background Sync send it when the app is opened next.
 */

import { UNSENT_TAG } from '../../shared/protocol/side-doors.ts';

/** What the socket sends by itself needs no worker. */
const WAITED_MILLIS = 5_000;

/** The part of a `ServiceWorkerRegistration` that TypeScript does not know yet. */
type SyncManager = { register(tag: string): Promise<void> };

export function sendLater(parts: {
  /** Resolves when there is a worker; never where there will be none. */
  readonly worker: Promise<object> | undefined;
  /** Calls `leave` when the page is put aside or goes. */
  readonly onLeave: (leave: () => void) => () => void;
}): {
  /** In how many incidents something is not on the server, whenever that changes. */
  note(waiting: number): void;
} {
  const { worker, onLeave } = parts;
  let isWaiting = false;
  let timer: ReturnType<typeof setTimeout> | null = null;

  async function ask(): Promise<void> {
    const registration = await worker;
    const sync = registration && 'sync' in registration ? registration.sync : null;
    if (isWaiting && isSyncManager(sync)) await sync.register(UNSENT_TAG);
  }

  function askIfWaiting(): void {
    timer = null;
    if (isWaiting) ask().catch(() => undefined); // forbidden by the person: the next page sends it
  }

  onLeave(askIfWaiting);
  return {
    note(waiting) {
      isWaiting = waiting > 0;
      if (isWaiting) timer ??= setTimeout(askIfWaiting, WAITED_MILLIS);
      else if (timer) {
        clearTimeout(timer);
        timer = null;
      }
    },
  };
}

function isSyncManager(value: unknown): value is SyncManager {
  return typeof value === 'object' && value !== null && 'register' in value;
}
