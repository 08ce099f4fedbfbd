/** An update that comes by http: a member that joins a room for as long as its update needs. */

import type { CloseName } from '../../shared/protocol/close-codes.ts';
import type { Actor } from '../storage/store.ts';
import type { Member } from './member.ts';
import type { Room } from './room.ts';

export type Parcel = {
  readonly actor: Actor;
  readonly update: Uint8Array;
  /** It holds what others wrote. */
  readonly isRelayed: boolean;
};

export type Delivery =
  | { readonly type: 'stored'; readonly position: number }
  | { readonly type: 'gap' }
  | { readonly type: 'refused'; readonly why: CloseName };

/** Resolves when the update is on the disk, or will not be. */
export async function deliver(room: Room, { actor, update, isRelayed }: Parcel): Promise<Delivery> {
  let refuse = (_delivery: Delivery): void => undefined;
  const refused = new Promise<Delivery>((resolve) => {
    refuse = resolve;
  });
  const member: Member = {
    send: () => undefined,
    sendFramed: () => undefined,
    close: (why) => refuse({ type: 'refused', why }),
  };
  room.join(member);
  try {
    const stored = room.deliver(member, actor, update, isRelayed);
    return await Promise.race([refused, stored]); // of two that are settled, the first named
  } finally {
    room.leave(member);
  }
}
