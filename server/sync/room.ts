/**
 * One incident while somebody has it open: its document in memory, its members, and the order of things.
 * 1. An update is checked, applied, queued for the disk; the others see it and its sender is told after COMMIT.
 * 2. While anything waits for the disk, no state is sent: what a client is shown is on the disk.
 * 3. An update that waits for an earlier one is in memory only. Its sender hears of no commit until the gap is closed.
 * 4. COMMIT failed or applying threw: the document in memory promises what is not there. The room is given up.
 */

import { type IncidentDoc, isReadableUpdate, mergeUpdates } from '../../shared/doc/incident-doc.ts';
import type { CloseName } from '../../shared/protocol/close-codes.ts';
import {
  encodeBarrierReached,
  encodePresence,
  encodeStep1,
  encodeStep2,
  encodeUpdate,
  type Frame,
} from '../../shared/protocol/frames.ts';
import {
  MAX_DOCUMENT_BYTES,
  MAX_PENDING_BYTES,
  PRESENCE_EVERY_MILLIS,
} from '../../shared/protocol/limits.ts';
import type { Log } from '../log.ts';
import type { Committer } from './committer.ts';
import { createPresence } from './presence.ts';

/** The far end of one socket. */
export type Member = {
  send(frame: Uint8Array): void;
  close(why: CloseName): void;
};

export type Room = {
  readonly doc: IncidentDoc;
  join(member: Member): void;
  leave(member: Member): void;
  receive(member: Member, frame: Frame): void;
  sendToAll(frame: Uint8Array): void;
  isEmpty(): boolean;
  destroy(): void;
};

export type RoomOptions = {
  readonly id: string;
  readonly doc: IncidentDoc;
  /** The last position in the log, and how many bytes the log holds. */
  readonly position: number;
  readonly bytes: number;
  readonly committer: Committer;
  readonly log: Log;
  /** The room must not be used again; the next visitor gets a fresh one from the disk. */
  readonly onBroken: () => void;
};

export function createRoom(options: RoomOptions): Room {
  const { id, doc, committer, log, onBroken } = options;
  const members = new Set<Member>();
  const presence = createPresence<Member>();
  let { position, bytes } = options;
  let uncommitted = 0;
  let afterCommit: (() => void)[] = [];
  /** Who sent something that still waits, with the newest barrier they asked for. */
  const incomplete = new Map<Member, number | null>();
  let presenceTimer: NodeJS.Timeout | null = null;
  let isBroken = false;

  function receiveUpdate(member: Member, update: Uint8Array, isStep2: boolean): void {
    if (!isReadableUpdate(update)) {
      member.close('badUpdate');
      return;
    }
    if (bytes + update.length > MAX_DOCUMENT_BYTES) {
      member.close('incidentFull');
      return;
    }
    const news = apply(member, update);
    if (isBroken) return;
    if (news) commit(member, news);
    // After the commit was queued: a barrier that is answered now has to wait for it.
    if (!doc.isWaiting()) for (const waiter of [...incomplete.keys()]) closeGap(waiter);
    else if (!doc.holds(update)) noteGap(member, isStep2);
    else if (isStep2) closeGap(member);
  }

  function commit(member: Member, news: Uint8Array): void {
    uncommitted += 1;
    bytes += news.length;
    committer.add({
      update: { doc: id, bytes: news },
      onCommitted(committed) {
        position = committed;
        uncommitted -= 1;
        sendToOthers(member, encodeUpdate(news));
        if (uncommitted === 0) runAfterCommit();
      },
      onFailed: () => giveUp('notSaved'),
    });
  }

  function noteGap(member: Member, isStep2: boolean): void {
    if (doc.waitingBytes() > MAX_PENDING_BYTES) {
      // Nobody may be told later that what is dropped here was kept: who comes back sends it again.
      doc.dropWaiting();
      for (const waiter of incomplete.keys()) if (waiter !== member) waiter.close('notSaved');
      incomplete.clear();
      member.close('badUpdate');
      return;
    }
    if (incomplete.has(member)) return;
    incomplete.set(member, null);
    if (!isStep2) member.send(encodeStep1(doc.encodeStateVector()));
  }

  /** Step 2 is everything the member has and this room lacks. */
  function closeGap(member: Member): void {
    const number = incomplete.get(member);
    incomplete.delete(member);
    if (number != null) answerBarrier(member, number);
  }

  function answerBarrier(member: Member, number: number): void {
    whenCommitted(() => {
      if (incomplete.has(member)) incomplete.set(member, number);
      else member.send(encodeBarrierReached(number, position));
    });
  }

  /** @returns what the update added to the document; null when that is nothing, or the room had to be given up */
  function apply(member: Member, update: Uint8Array): Uint8Array | null {
    const news: Uint8Array[] = [];
    const stop = doc.onUpdate((added) => news.push(added));
    try {
      doc.apply(update, 'remote');
    } catch (cause) {
      log.warn({ err: cause, room: id }, 'an update could not be applied');
      member.close('badUpdate');
      giveUp('notSaved');
      return null;
    } finally {
      stop();
    }
    return news.length > 1 ? mergeUpdates(news) : (news[0] ?? null);
  }

  function giveUp(why: CloseName): void {
    if (isBroken) return;
    isBroken = true;
    afterCommit = [];
    for (const member of members) member.close(why);
    onBroken();
  }

  function whenCommitted(act: () => void): void {
    if (uncommitted === 0) act();
    else afterCommit.push(act);
  }

  function runAfterCommit(): void {
    const acts = afterCommit;
    afterCommit = [];
    for (const act of acts) act();
  }

  function sendToOthers(sender: Member, frame: Uint8Array): void {
    for (const member of members) if (member !== sender) member.send(frame);
  }

  function tellPresence(): void {
    presenceTimer ??= setTimeout(() => {
      presenceTimer = null;
      const changes = presence.takeChanges();
      for (const member of members) {
        const states = changes.filter(({ from }) => from !== member).map(({ state }) => state);
        if (states.length > 0) member.send(encodePresence(states));
      }
    }, PRESENCE_EVERY_MILLIS).unref();
  }

  function receive(member: Member, frame: Frame): void {
    if (isBroken) return;
    switch (frame.type) {
      case 'step1':
        whenCommitted(() => {
          member.send(encodeStep2(doc.encodeWhole(frame.stateVector)));
          member.send(encodeStep1(doc.encodeStateVector()));
        });
        return;
      case 'update':
        receiveUpdate(member, frame.update, frame.isStep2);
        return;
      case 'barrier':
        answerBarrier(member, frame.number);
        return;
      case 'presence':
        if (presence.receive(member, frame.states)) tellPresence();
        return;
      case 'queryPresence':
        member.send(encodePresence(presence.everybody()));
        return;
      case 'unknown':
        return; // from a newer client; what it means can wait until this server knows it
    }
  }

  return {
    doc,
    receive,
    join(member) {
      members.add(member);
      const here = presence.everybody();
      if (here.length > 0) member.send(encodePresence(here));
    },
    leave(member) {
      members.delete(member);
      if (incomplete.delete(member) && incomplete.size === 0) doc.dropWaiting();
      if (presence.leave(member)) tellPresence();
    },
    sendToAll(frame) {
      for (const member of members) member.send(frame);
    },
    isEmpty: () => members.size === 0 && uncommitted === 0,
    destroy() {
      if (presenceTimer) clearTimeout(presenceTimer);
      doc.destroy();
    },
  };
}
