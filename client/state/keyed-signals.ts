/** One signal per key, made when somebody first looks: a change of one row wakes one row. */

import { createSignal, getListener } from 'solid-js';

export type KeyedSignals<K, V> = {
  /** Tracked: whoever reads is told when this key is touched. */
  read(key: K): V;
  touch(keys: Iterable<K>): void;
  touchAll(): void;
};

export function createKeyedSignals<K, V>(find: (key: K) => V): KeyedSignals<K, V> {
  const signals = new Map<K, { track: () => void; wake: () => void }>();

  function open(key: K): { track: () => void; wake: () => void } {
    const known = signals.get(key);
    if (known) return known;
    const [track, wake] = createSignal(undefined, { equals: false });
    const made = { track, wake: () => wake(undefined) };
    signals.set(key, made);
    return made;
  }

  return {
    read(key) {
      if (getListener()) open(key).track();
      return find(key);
    },
    touch(keys) {
      for (const key of keys) signals.get(key)?.wake();
    },
    touchAll() {
      for (const { wake } of signals.values()) wake();
    },
  };
}
