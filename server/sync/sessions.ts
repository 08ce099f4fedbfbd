/** Who speaks on which connection of a room, as its hello said it. */

import type { Hello } from '../../shared/protocol/frames.ts';
import { toDeviceKey } from '../auth/device.ts';
import type { Actor } from '../storage/store.ts';
import type { Bindings } from './bindings.ts';
import { type Member, type Session, STRANGER } from './member.ts';

export type Sessions = {
  of(member: Member): Session;
  /**
   * Heard once: who is somebody else all the time would fill the room with people.
   * @returns what to do with the member
   */
  greet(member: Member, hello: Hello): 'welcome' | 'heardAlready' | 'otherDevice';
  /** Whether another device that is here now writes under this client id. */
  isInUse(client: number, device: string): boolean;
  /** Brings something by http, under a name and no client id. */
  bring(member: Member, actor: Actor): void;
  leave(member: Member): void;
};

export function createSessions(bindings: Pick<Bindings, 'greet'>): Sessions {
  const sessions = new Map<Member, Session>();

  return {
    of(member) {
      const known = sessions.get(member);
      if (known || !member.person) return known ?? STRANGER;
      return { ...STRANGER, actor: { ...STRANGER.actor, person: member.person } };
    },
    greet(member, { person, token, client }) {
      if (sessions.has(member)) return 'heardAlready';
      const device = toDeviceKey(token);
      if (!bindings.greet(device, client)) return 'otherDevice';
      sessions.set(member, { actor: { person, device }, client, isOurs: true });
      return 'welcome';
    },
    isInUse: (client, device) =>
      [...sessions.values()].some(
        (session) => session.client === client && session.actor.device !== device,
      ),
    bring(member, actor) {
      sessions.set(member, { actor, client: null, isOurs: false });
    },
    leave: (member) => sessions.delete(member),
  };
}
