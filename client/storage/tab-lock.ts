/** One tab among several does what only one should do. Without Web Locks (plain http) every tab does it. */

/**
 * @param onHeld called once this tab holds the lock; `late` when it had to wait for another tab
 * @returns a function that gives the lock up, or stops waiting for it
 */
export function holdTabLock(name: string, onHeld: (late: boolean) => void): () => void {
  if (!('locks' in navigator)) {
    onHeld(false);
    return () => undefined;
  }
  const abort = new AbortController();
  let release = (): void => undefined;
  let late = false;
  const hold = (): Promise<void> =>
    new Promise((resolve) => {
      release = resolve;
      onHeld(late);
    });
  navigator.locks
    .request(name, { ifAvailable: true }, (lock) => {
      if (lock) return hold();
      late = true;
      return undefined;
    })
    .then(() =>
      late && !abort.signal.aborted
        ? navigator.locks.request(name, { signal: abort.signal }, hold)
        : undefined,
    )
    .catch((cause: unknown) => {
      if (!abort.signal.aborted) throw cause;
    });
  return () => {
    abort.abort();
    release();
  };
}

/** @returns a function that gives the lock up; null when another tab still holds it after `patience` ms */
export async function tryTabLock(name: string, patience = 0): Promise<(() => void) | null> {
  if (!('locks' in navigator)) return takeInPage(name);
  const options: LockOptions =
    patience > 0 ? { signal: AbortSignal.timeout(patience) } : { ifAvailable: true };
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(name, options, (lock) => {
        if (lock) return new Promise<void>((release) => resolve(() => release()));
        resolve(null);
        return undefined;
      })
      .catch((cause: unknown) => {
        if (options.signal?.aborted) resolve(null);
        else reject(cause);
      });
  });
}

const heldInPage = new Set<string>();

function takeInPage(name: string): (() => void) | null {
  if (heldInPage.has(name)) return null;
  heldInPage.add(name);
  return () => heldInPage.delete(name);
}
