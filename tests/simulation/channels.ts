/**
 * The broadcast channels between the tabs of a phone. In one process lib0 would hand messages on by itself, at once;
 * so every tab names its channel after itself, `ws://<tab>.<phone>/…`, and all of a phone's lead to each other here.
 */

import type { ChannelEnd } from './globals.ts';
import type { Process, World } from './world.ts';

type Listening = { readonly page: Process; readonly hear: (data: unknown) => void; lastAt: number };

export type Channels = {
  open(page: Process, name: string, hear: (data: unknown) => void): ChannelEnd;
};

export function createChannels(world: () => World): Channels {
  const byName = new Map<string, Set<Listening>>();

  return {
    open(page, name, hear) {
      const shared = name.replace(/^ws:\/\/[^.]*\./, '');
      const all = byName.get(shared) ?? new Set();
      byName.set(shared, all);
      const own: Listening = { page, hear, lastAt: 0 };
      all.add(own);
      return {
        post(data) {
          for (const other of all) {
            if (other === own || !other.page.isAlive) continue;
            const at = Math.max(other.lastAt, world().now() + 1 + world().delay(25));
            other.lastAt = at;
            world().later(other.page, at - world().now(), () => {
              if (all.has(other)) other.hear(data);
            });
          }
        },
        close: () => {
          all.delete(own);
        },
      };
    },
  };
}
