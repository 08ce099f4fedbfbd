/**
 * How often somebody may guess. Counted by address, an IPv6 network as one, and all together; a forwarded header
 * counts for nothing. What is counted is only held in memory: a restart forgives.
 */

const WINDOW_MILLIS = 60_000;
const MAX_ADDRESSES = 10_000;

export type Limiter = {
  /** @returns seconds to wait, 0 when this one may pass */
  take(address: string | undefined): number;
};

type Window = { since: number; count: number };

/** @param perAddress and @param inAll tries a minute */
export function createLimiter(perAddress: number, inAll: number, now: () => number): Limiter {
  const windows = new Map<string, Window>();

  function take(key: string, limit: number): number {
    const at = now();
    const known = windows.get(key);
    const window = known && at - known.since < WINDOW_MILLIS ? known : { since: at, count: 0 };
    windows.delete(key);
    windows.set(key, window);
    window.count += 1;
    return window.count > limit ? Math.ceil((window.since + WINDOW_MILLIS - at) / 1000) : 0;
  }

  return {
    take(address) {
      for (const oldest of windows.keys()) {
        if (windows.size <= MAX_ADDRESSES) break;
        windows.delete(oldest);
      }
      return take(toNetwork(address), perAddress) || take('all', inAll);
    },
  };
}

/** One household or company has a whole /64 of IPv6. */
export function toNetwork(address = ''): string {
  const plain = address.replace(/^::ffff:/, '').replace(/%.*$/, '');
  if (!plain.includes(':')) return plain;
  const [head = '', tail = ''] = plain.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === '' ? [] : tail.split(':');
  const missing = plain.includes('::') ? Math.max(0, 8 - left.length - right.length) : 0;
  const groups = [...left, ...Array<string>(missing).fill('0'), ...right];
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
