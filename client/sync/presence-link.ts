/**
 * Who is here, over y-websocket's presence. The provider repeats everything it hears, to everybody; this link takes
 * that off it and sends what this page says of itself, nothing else, so that twenty phones stay as quiet as two.
 */

import { encodeAwarenessUpdate } from 'y-protocols/awareness';
import type { WebsocketProvider } from 'y-websocket';
import {
  isSamePresence,
  joinPresence,
  type Presence,
  readPresence,
} from '../../shared/domain/presence.ts';
import { encodePresenceBytes } from '../../shared/protocol/frames.ts';

/** The others forget who said nothing for 30 s (y-protocols). */
const RENEW_MILLIS = 16_000;

export type PresenceLink = {
  /** What the others are told of this page; null takes it out. Saying the same twice sends nothing. */
  announce(presence: Presence | null): void;
  /** Everybody who is here, each person once. Without a connection: who was here last, all away. */
  everybody(): readonly Presence[];
  subscribe(listener: () => void): () => void;
  close(): void;
};

export function createPresenceLink(
  provider: WebsocketProvider,
  send: (frame: Uint8Array) => void,
  now: () => number,
): PresenceLink {
  const { awareness } = provider;
  const listeners = new Set<() => void>();
  let announced: Presence | null = null;
  let lastSeen: readonly Presence[] = [];

  function tell(): void {
    for (const listener of listeners) listener();
  }

  function readAll(): readonly Presence[] {
    const others = [...awareness.getStates()].filter(([client]) => client !== awareness.clientID);
    return joinPresence(others.flatMap(([, state]) => readPresence(state) ?? []));
  }

  function onUpdate(_changes: unknown, origin: unknown): void {
    if (origin === 'local')
      send(encodePresenceBytes(encodeAwarenessUpdate(awareness, [awareness.clientID])));
  }

  function onChange(_changes: unknown, origin: unknown): void {
    if (origin === 'local') return;
    if (provider.wsconnected) lastSeen = readAll();
    tell();
  }

  /** The others heard that this page left; only a newer word takes that back. */
  function onStatus({ status }: { status: string }): void {
    if (status === 'connected' && announced) awareness.setLocalState({ ...announced });
    tell();
  }

  /** The timers of a page in the background are held back for a minute; what the server says every 20 s is not. */
  function renew(): void {
    const own = awareness.meta.get(awareness.clientID);
    if (announced && own && now() - own.lastUpdated > RENEW_MILLIS)
      awareness.setLocalState({ ...announced });
  }

  const receive = provider.messageHandlers[1];
  if (!receive) throw new Error('y-websocket has no handler for presence');
  provider.messageHandlers[1] = (...message) => {
    try {
      receive(...message);
    } catch {
      // a client that says of itself what is no JSON is not here
    }
    renew();
  };
  awareness.setLocalState(null);
  awareness.off('update', provider._awarenessUpdateHandler);
  awareness.on('update', onUpdate);
  awareness.on('change', onChange);
  provider.on('status', onStatus);

  return {
    announce(presence) {
      if (announced && presence && isSamePresence(announced, presence)) return;
      if (announced === presence) return;
      announced = presence;
      awareness.setLocalState(presence && { ...presence });
    },
    everybody: () =>
      provider.wsconnected ? readAll() : lastSeen.map((one) => ({ ...one, isAway: true })),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      awareness.off('update', onUpdate);
      awareness.off('change', onChange);
      provider.off('status', onStatus);
      awareness.destroy();
    },
  };
}
