/**
 * The ways a member's frames take through a room: in their turn, in the order they came, and each behind an edge of its
 * own: whatever one member sends, the others stay.
 */

import type { IncidentDoc } from '../../shared/doc/incident-doc.ts';
import type { Member } from './member.ts';
import type { RoomDoc } from './room-doc.ts';
import type { Turns } from './turns.ts';

export type Paths = {
  /** Acts after what came before. */
  passOn(member: Member, act: () => void): void;
  /** The same with the document, which is loaded where it is not in memory. */
  take(member: Member, act: (doc: IncidentDoc) => void): void;
  /** Acts while nothing is on its way to the disk, and nothing waits for a document that was thrown away. */
  whenSettled(member: Member, act: () => void): void;
};

export function createPaths(options: {
  readonly turns: Turns;
  readonly kept: RoomDoc;
  /** A frame could not be handled. */
  readonly onFault: (member: Member, cause: unknown) => void;
}): Paths {
  const { turns, kept, onFault } = options;

  function guard(member: Member, act: () => void): () => void {
    return () => {
      try {
        act();
      } catch (cause) {
        onFault(member, cause);
      }
    };
  }

  function whenSettled(member: Member, act: () => void): void {
    const look = (): void => {
      // What waits there came before: it is applied first, and is on the disk before anybody is answered.
      if (kept.isLoading()) kept.inOrder(guard(member, () => whenSettled(member, act)));
      else act();
    };
    turns.whenAllArrived(guard(member, look));
  }

  return {
    passOn: (member, act) => turns.inTurn(() => kept.inOrder(guard(member, act))),
    take: (member, act) => turns.inTurn(() => kept.use((doc) => guard(member, () => act(doc))())),
    whenSettled,
  };
}
