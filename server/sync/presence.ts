/**
 * Who is here. Every y-websocket client repeats the presence it receives, so a room of twenty would talk without
 * end: a connection speaks only for the first client it names, older clocks are dropped unread, and what is new
 * goes out at most every 100 ms.
 */

import type { PresenceState } from '../../shared/protocol/frames.ts';
import { MAX_PRESENCE_BYTES } from '../../shared/protocol/limits.ts';

export type Presence<Member> = {
  /** @returns true when something is new and has to be told to the others */
  receive(member: Member, states: readonly PresenceState[]): boolean;
  /** @returns true when somebody left whom the others know */
  leave(member: Member): boolean;
  everybody(): readonly PresenceState[];
  /** What changed since the last call, with the member each change came from. */
  takeChanges(): readonly { readonly from: Member; readonly state: PresenceState }[];
};

type Held<Member> = { member: Member; state: PresenceState };

export function createPresence<Member>(): Presence<Member> {
  const byClient = new Map<number, Held<Member>>();
  const clientOf = new Map<Member, number>();
  const changed = new Map<number, Held<Member>>();

  function note(held: Held<Member>): void {
    changed.set(held.state.client, held);
    if (held.state.json === 'null') byClient.delete(held.state.client);
    else byClient.set(held.state.client, held);
  }

  return {
    receive(member, states) {
      let isNew = false;
      for (const state of states) {
        const own = clientOf.get(member) ?? state.client;
        if (state.client !== own) continue;
        const known = byClient.get(own);
        // Who comes back by a new connection is believed before the old one is known to be dead.
        if (known && known.member !== member && clientOf.has(member)) continue;
        if (known && state.clock <= known.state.clock) continue;
        if (!isJson(state.json)) continue;
        clientOf.set(member, own);
        note({ member, state });
        isNew = true;
      }
      return isNew;
    },
    // At the clock it had: whoever comes back with the next one is believed.
    leave(member) {
      const client = clientOf.get(member);
      clientOf.delete(member);
      const held = client === undefined ? undefined : byClient.get(client);
      if (!held || held.member !== member) return false;
      note({ member, state: { ...held.state, json: 'null' } });
      return true;
    },
    everybody: () => [...byClient.values()].map((held) => held.state),
    takeChanges() {
      const changes = [...changed.values()].map(({ member, state }) => ({ from: member, state }));
      changed.clear();
      return changes;
    },
  };
}

/** Clients of others parse it without a net. */
function isJson(text: string): boolean {
  if (text.length > MAX_PRESENCE_BYTES) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
