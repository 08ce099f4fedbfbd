/**
 * Who has seen what: each of our clients says up to which position its person's screen shows the incident, and each is
 * told how far the others are. Told and kept in batches: it is news for people, not for machines.
 */

import { encodeDelivered, encodeSeen } from '../../shared/protocol/frames.ts';
import { MAX_READERS } from '../../shared/protocol/limits.ts';
import type { Store } from '../storage/store.ts';
import type { Member, Session } from './member.ts';

const DELIVERED_AFTER_MILLIS = 300;
const SEEN_AFTER_MILLIS = 500;

export type Readers = {
  greet(member: Member): void;
  applied(session: Session, position: number): void;
  /** The log grew, and everybody was sent what it grew by. */
  grown(): void;
  close(): void;
};

export function createReaders(options: {
  readonly id: string;
  readonly store: Store;
  readonly seen: ReadonlyMap<string, number>;
  readonly position: () => number;
  readonly members: () => Iterable<Member>;
  readonly onFailed: (cause: unknown) => void;
}): Readers {
  const { id, store, position, members, onFailed } = options;
  const seen = new Map(options.seen);
  const news = new Map<string, number>();
  let deliveredTimer: NodeJS.Timeout | null = null;
  let seenTimer: NodeJS.Timeout | null = null;

  function tellDelivered(): void {
    deliveredTimer = null;
    const frame = encodeDelivered(position());
    for (const member of members()) member.send(frame);
  }

  function tellSeen(): void {
    seenTimer = null;
    const going = new Map(news);
    news.clear();
    store.writeSeen(id, going).catch((cause: unknown) => {
      for (const [person, at] of going) news.set(person, Math.max(at, news.get(person) ?? 0));
      onFailed(cause);
    });
    const frame = encodeSeen(seen);
    for (const member of members()) member.send(frame);
  }

  return {
    greet(member) {
      if (seen.size > 0) member.send(encodeSeen(seen));
    },
    applied({ actor: { person } }, at) {
      if (person === '' || at > position() || at <= (seen.get(person) ?? 0)) return;
      if (seen.size >= MAX_READERS && !seen.has(person)) return;
      seen.set(person, at);
      news.set(person, at);
      seenTimer ??= setTimeout(tellSeen, SEEN_AFTER_MILLIS);
    },
    grown() {
      deliveredTimer ??= setTimeout(tellDelivered, DELIVERED_AFTER_MILLIS);
    },
    close() {
      if (deliveredTimer) clearTimeout(deliveredTimer);
      if (seenTimer) {
        clearTimeout(seenTimer);
        store.writeSeen(id, news).catch(onFailed);
      }
    },
  };
}
