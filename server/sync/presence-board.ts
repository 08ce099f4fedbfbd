/** Tells the members of a room who is here: what is new, in batches, and to nobody what they said themselves. */

import { encodePresence, type PresenceState } from '../../shared/protocol/frames.ts';
import { PRESENCE_EVERY_MILLIS } from '../../shared/protocol/limits.ts';
import type { Member } from './member.ts';
import { createPresence } from './presence.ts';
import { toSocketFrame } from './socket-frame.ts';

export type PresenceBoard = {
  receive(member: Member, states: readonly PresenceState[]): void;
  leave(member: Member): void;
  /** Tells a newcomer who is here, if anybody is. */
  greet(member: Member): void;
  /** Answers who asks, also when nobody is here. */
  tellAll(member: Member): void;
  stop(): void;
};

export function createPresenceBoard(members: ReadonlySet<Member>): PresenceBoard {
  const presence = createPresence<Member>();
  let timer: NodeJS.Timeout | null = null;

  function tell(): void {
    timer = null;
    const changes = presence.takeChanges();
    if (changes.length === 0) return;
    const sources = new Set(changes.map(({ from }) => from));
    const all = toSocketFrame(encodePresence(changes.map(({ state }) => state)));
    for (const member of members) {
      if (!sources.has(member)) {
        member.sendFramed(all);
        continue;
      }
      const states = changes.filter(({ from }) => from !== member).map(({ state }) => state);
      if (states.length > 0) member.send(encodePresence(states));
    }
  }

  function plan(): void {
    timer ??= setTimeout(tell, PRESENCE_EVERY_MILLIS).unref();
  }

  return {
    receive(member, states) {
      if (presence.receive(member, states)) plan();
    },
    leave(member) {
      if (presence.leave(member)) plan();
    },
    greet(member) {
      const here = presence.everybody();
      if (here.length > 0) member.send(encodePresence(here));
    },
    tellAll: (member) => member.send(encodePresence(presence.everybody())),
    stop() {
      if (timer) clearTimeout(timer);
    },
  };
}
