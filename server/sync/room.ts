/**
 * One incident while somebody has it open: its members, its document, and the order of things.
 * 1. An update passes the gate, is applied, queued for the disk; the others see it and its sender is told after COMMIT.
 * 2. While anything waits for the disk, no state is sent: what a client is shown is on the disk.
 * 3. What waits for an earlier update is not kept. Its sender hears of no commit until the gap is closed.
 * 4. Who waits for the disk is served before what came later is applied, so a busy room starves nobody.
 * 5. COMMIT failed: the document in memory promises what is not there. The room is given up.
 * 6. Applying threw: the document may be half changed. It is read anew from the log; only the sender is sent away.
 */

import {
  type IncidentDoc,
  isNothing,
  isReadableStateVector,
} from '../../shared/doc/incident-doc.ts';
import type { CloseName } from '../../shared/protocol/close-codes.ts';
import {
  encodeBarrierReached,
  encodeStep1,
  encodeTime,
  encodeWelcome,
  type Frame,
  type Hello,
} from '../../shared/protocol/frames.ts';
import type { Log } from '../log.ts';
import type { Actor, Binding, LogSize, Store } from '../storage/store.ts';
import { createAnswers } from './answers.ts';
import { createBindings } from './bindings.ts';
import type { Committer } from './committer.ts';
import { createGaps } from './gaps.ts';
import { createIntake } from './intake.ts';
import type { Member } from './member.ts';
import { createOutbox } from './outbox.ts';
import { createPaths } from './paths.ts';
import { createPresenceBoard } from './presence-board.ts';
import { createReaders } from './readers.ts';
import { createRoomDoc } from './room-doc.ts';
import { createSessions } from './sessions.ts';
import { toSocketFrame } from './socket-frame.ts';
import { createTurns } from './turns.ts';

export type Delivered =
  | { readonly type: 'stored'; readonly position: number }
  | { readonly type: 'gap' };

export type Room = {
  /** The document where it is in memory. */
  doc(): IncidentDoc | null;
  join(member: Member): void;
  leave(member: Member): void;
  receive(member: Member, frame: Frame): void;
  /** An update that came by http, from a member that joined for it. `isRelayed`: it holds what others wrote. */
  deliver(member: Member, actor: Actor, update: Uint8Array, isRelayed: boolean): Promise<Delivered>;
  sendToAll(payload: Uint8Array): void;
  /** Acts with the document, loading it where needed. */
  use(act: (doc: IncidentDoc) => void): void;
  size(): LogSize;
  /** After a compaction the log is smaller. */
  resize(size: LogSize): void;
  isEmpty(): boolean;
  /** Lets go of the document while nobody needs it. @returns whether it could */
  rest(): boolean;
  destroy(): void;
};

/** What a room has to know before its first member. */
export type RoomStart = {
  readonly size: LogSize;
  readonly bindings: readonly Binding[];
  readonly seen: ReadonlyMap<string, number>;
  readonly lineage: number;
};

export type RoomOptions = RoomStart & {
  readonly id: string;
  readonly store: Store;
  readonly committer: Committer;
  readonly log: Log;
  /** ms since 1970 */
  readonly now: () => number;
  /** The first update of all is on its way to the disk. */
  readonly onFirst: () => void;
  /** The log grew. */
  readonly onGrown: () => void;
  /** The document came into memory. */
  readonly onLoaded: () => void;
  /** The room must not be used again; the next visitor gets a fresh one from the disk. */
  readonly onBroken: () => void;
};

export function createRoom(options: RoomOptions): Room {
  const { id, store, committer, log, lineage, now, onFirst, onGrown, onLoaded, onBroken } = options;
  const members = new Set<Member>();
  const presence = createPresenceBoard(members);
  const bindings = createBindings(id, options.bindings);
  const sessions = createSessions(bindings);
  const gaps = createGaps();
  const outbox = createOutbox();
  let { size } = options;
  const turns = createTurns();
  /** Those who were sent everything the room has, and since then each update. */
  const inStep = new WeakSet<Member>();
  let isBroken = false;

  const kept = createRoomDoc({ id, store, log, onLoaded, onFailed });
  const { passOn, take, whenSettled } = createPaths({
    turns,
    kept,
    onFault(member, err) {
      log.error({ err, room: id }, 'a frame could not be handled');
      member.close('badUpdate');
    },
  });
  const answers = createAnswers({ kept, position: () => size.position, onFailed });
  const readers = createReaders({
    id,
    store,
    seen: options.seen,
    position: () => size.position,
    members: () =>
      [...members].filter((member) => sessions.of(member).isOurs && inStep.has(member)),
    onFailed: (cause) => log.error({ err: cause, room: id }, 'who has seen what was not kept'),
  });

  function onFailed(cause: unknown): void {
    log.error({ err: cause, room: id }, 'a document could not be read');
    giveUp('notSaved');
  }

  const intake = createIntake({
    id,
    committer,
    log,
    lineage,
    gaps,
    bindings,
    sessions,
    bytes: () => size.bytes,
    onQueued() {
      if (size.position === 0 && turns.underWay() === 0) onFirst();
      turns.depart();
    },
    onCommitted(sender, bytes, position) {
      size = { ...size, position, rows: size.rows + 1, bytes: size.bytes + bytes.length };
      outbox.add(sender, bytes);
      // Everything of one group is in it by then.
      queueMicrotask(() => outbox.flush(members));
      if (turns.arrive()) onAllCommitted();
    },
    onGapClosed: answerBarrier,
    rebuild: () => kept.rebuild(turns.whenAllArrived),
    giveUp: () => giveUp('notSaved'),
  });

  function onAllCommitted(): void {
    readers.grown();
    gaps.retry((member) => kept.use((doc) => member.send(encodeStep1(doc.encodeStateVector()))));
    onGrown();
  }

  function answerBarrier(member: Member, number: number): void {
    whenSettled(member, () => {
      if (gaps.has(member)) gaps.hold(member, number);
      else member.send(encodeBarrierReached(number, size.position));
    });
  }

  function giveUp(why: CloseName): void {
    if (isBroken) return;
    isBroken = true;
    turns.clear();
    for (const member of members) member.close(why);
    onBroken();
  }

  /** Looked at before it waits: an answer that throws after a commit would undo the room of everybody. */
  function answerStep1(member: Member, stateVector: Uint8Array): void {
    if (!isReadableStateVector(stateVector)) {
      member.close('badUpdate');
      return;
    }
    const onAsked = (): void => {
      inStep.add(member);
      if (sessions.of(member).isOurs) readers.grown();
    };
    whenSettled(member, () => answers.answer(member, stateVector, onAsked));
  }

  function greet(member: Member, hello: Hello): void {
    switch (sessions.greet(member, hello)) {
      case 'heardAlready':
        return;
      case 'otherDevice':
        member.close('otherDevice');
        return;
      case 'welcome':
        member.send(encodeWelcome(lineage, size.position));
        readers.greet(member);
    }
  }

  function receive(member: Member, frame: Frame): void {
    if (isBroken) return;
    switch (frame.type) {
      case 'hello':
        greet(member, frame.hello);
        return;
      case 'step1':
        passOn(member, () => answerStep1(member, frame.stateVector));
        return;
      case 'update': {
        const how = { isBacklog: frame.isStep2, isRelayed: false };
        if (isNothing(frame.update)) passOn(member, () => intake.receiveNothing(member, how));
        else take(member, (doc) => intake.receive(member, doc, frame.update, how));
        return;
      }
      case 'barrier':
        passOn(member, () => answerBarrier(member, frame.number));
        return;
      case 'applied':
        readers.applied(sessions.of(member), frame.position);
        return;
      case 'timeQuestion': {
        const time = now() * 1000;
        member.send(encodeTime(frame.sent, time, time));
        return;
      }
      case 'presence': {
        const own = sessions.of(member).client;
        presence.receive(
          member,
          frame.states.filter(({ client }) => own === null || client === own),
        );
        return;
      }
      case 'queryPresence':
        presence.tellAll(member);
        return;
      case 'unknown':
        return; // from a newer client; what it means can wait until this server knows it
    }
  }

  /** Who they were is known until what they sent has had its turn. */
  function leave(member: Member): void {
    members.delete(member);
    presence.leave(member);
    passOn(member, () => {
      sessions.leave(member);
      gaps.close(member);
    });
  }

  return {
    doc: kept.current,
    receive,
    deliver: (member, actor, update, isRelayed) =>
      new Promise((resolve) => {
        sessions.bring(member, actor);
        take(member, (doc) => {
          intake.receive(member, doc, update, {
            isBacklog: true,
            isRelayed: isRelayed && lineage > 0,
          });
          if (gaps.has(member)) resolve({ type: 'gap' });
          else turns.whenAllArrived(() => resolve({ type: 'stored', position: size.position }));
        });
      }),
    join(member) {
      members.add(member);
      presence.greet(member);
    },
    leave,
    sendToAll(payload) {
      const frame = toSocketFrame(payload);
      for (const member of members) member.sendFramed(frame);
    },
    use: kept.use,
    size: () => size,
    resize(smaller) {
      const since = Math.max(0, size.position - smaller.position);
      size = { ...smaller, position: size.position, rows: smaller.rows + since };
    },
    isEmpty: () => members.size === 0 && turns.underWay() === 0,
    rest() {
      if (turns.underWay() > 0) return false;
      answers.forget();
      return kept.rest();
    },
    destroy() {
      presence.stop();
      gaps.stop();
      readers.close();
      isBroken = true;
      kept.close();
    },
  };
}
