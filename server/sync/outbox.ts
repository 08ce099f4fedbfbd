/** What a group of commits has for the members of a room: one write for each, however many updates there were. */

import { encodeUpdate } from '../../shared/protocol/frames.ts';
import type { Member } from './member.ts';
import { toSocketFrame } from './socket-frame.ts';

export type Outbox = {
  /** An update that is on the disk, for everybody but who sent it. */
  add(sender: Member, update: Uint8Array): void;
  flush(members: ReadonlySet<Member>): void;
};

export function createOutbox(): Outbox {
  let items: { readonly sender: Member; readonly frame: Buffer }[] = [];

  return {
    add(sender, update) {
      items.push({ sender, frame: toSocketFrame(encodeUpdate(update)) });
    },
    flush(members) {
      const going = items;
      items = [];
      const [only] = going;
      if (!only) return;
      const all = going.length === 1 ? only.frame : Buffer.concat(going.map((item) => item.frame));
      const senders = new Set(going.map((item) => item.sender));
      for (const member of members) {
        if (!senders.has(member)) {
          member.sendFramed(all);
          continue;
        }
        const others = going.filter(({ sender }) => sender !== member);
        if (others.length > 0) member.sendFramed(Buffer.concat(others.map(({ frame }) => frame)));
      }
    },
  };
}
