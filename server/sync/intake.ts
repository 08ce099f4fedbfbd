/** An update on its way from a member to the commit queue: the gate, whose it may be, the document, the disk. */

import {
  type IncidentDoc,
  mergeUpdates,
  withoutClients,
  withoutDeletions,
} from '../../shared/doc/incident-doc.ts';
import { encodeRelayWanted, encodeStep1 } from '../../shared/protocol/frames.ts';
import { MAX_DOCUMENT_BYTES } from '../../shared/protocol/limits.ts';
import type { Log } from '../log.ts';
import type { Bindings } from './bindings.ts';
import type { Committer } from './committer.ts';
import type { Gaps } from './gaps.ts';
import type { Member } from './member.ts';
import type { Sessions } from './sessions.ts';

export type Manner = {
  /** Everything the sender has and this room lacks; otherwise one change as it was made. */
  readonly isBacklog: boolean;
  /** Marked as holding what others wrote, or, on a restored server, what may be theirs. */
  readonly isRelayed: boolean;
};

type Admitted = Extract<ReturnType<IncidentDoc['inspect']>, { readonly ok: true }>;

export type Intake = {
  receive(member: Member, doc: IncidentDoc, update: Uint8Array, manner: Manner): void;
  /** The member has nothing that is not here. */
  receiveNothing(member: Member, manner: Manner): void;
};

export function createIntake(options: {
  readonly id: string;
  readonly committer: Committer;
  readonly log: Log;
  readonly lineage: number;
  readonly gaps: Gaps;
  readonly bindings: Bindings;
  readonly sessions: Pick<Sessions, 'of' | 'isInUse'>;
  /** Of the whole log. */
  readonly bytes: () => number;
  readonly onQueued: () => void;
  readonly onCommitted: (sender: Member, bytes: Uint8Array, position: number) => void;
  readonly onGapClosed: (member: Member, barrier: number) => void;
  /** The document in memory may hold what is not in the log. */
  readonly rebuild: () => void;
  /** The disk did not take it: the document in memory promises what is not there. */
  readonly giveUp: () => void;
}): Intake {
  const { id, committer, log, lineage, gaps, bindings, sessions, bytes, giveUp } = options;

  function receive(member: Member, doc: IncidentDoc, update: Uint8Array, manner: Manner): void {
    const { isBacklog } = manner;
    const found = doc.inspect(update);
    if (!found.ok && found.why === 'unsignedWords' && !isBacklog) {
      // The note may have been in an update that waited and was not kept; a backlog brings both.
      askForAll(member, doc);
      return;
    }
    if (!found.ok) {
      log.info({ room: id, why: found.why }, 'an update was refused');
      member.close(found.why === 'tooManyLines' ? 'incidentFull' : 'badUpdate');
      return;
    }
    const foreign = findForeign(member, found.clients, manner);
    if (foreign.length > 0) takeRest(member, doc, update, foreign, manner);
    else if (isSure(member, found.clients)) admit(member, doc, update, found, manner);
    else admit(member, doc, update, found, { ...manner, isRelayed: true });
  }

  /** Clients that somebody else has to bring, or to be asked for. */
  function findForeign(
    member: Member,
    clients: readonly number[],
    { isRelayed }: Manner,
  ): readonly number[] {
    const { actor, client: own, isOurs } = sessions.of(member);
    const { device } = actor;
    if (isRelayed) return clients.filter((client) => sessions.isInUse(client, device));
    if (lineage === 0 || device === '') return bindings.foreign(device, clients);
    // A restored server does not know whose the ids are that came after the backup: they are not whoever's comes first.
    if (isOurs)
      return clients.filter((client) => !bindings.isOwn(device, client) && client !== own);
    // By http no page can be asked to mark them. Of some it is known that they are another's.
    const known = new Set(bindings.foreign(device, clients));
    return clients.filter((client) => known.has(client) || sessions.isInUse(client, device));
  }

  /** What comes by http under ids a restored server never heard of is taken as if it were marked: as nobody's. */
  function isSure(member: Member, clients: readonly number[]): boolean {
    const { actor, isOurs } = sessions.of(member);
    if (lineage === 0 || isOurs || actor.device === '') return true;
    return clients.every((client) => bindings.isOwn(actor.device, client));
  }

  /**
   * What others wrote may only come where it is marked as such, and a y-websocket client cannot mark it. What those who
   * are here wrote they bring themselves: under their name it would take the place of their next words. Deletions come
   * with the rest, once nothing of it is missing.
   */
  function takeRest(
    member: Member,
    doc: IncidentDoc,
    update: Uint8Array,
    foreign: readonly number[],
    manner: Manner,
  ): void {
    const { isBacklog, isRelayed } = manner;
    if (!isRelayed && (lineage === 0 || !sessions.of(member).isOurs)) {
      member.close('otherDevice');
      return;
    }
    if (!isBacklog) {
      askForAll(member, doc);
      return;
    }
    gaps.open(member);
    const rest = withoutClients(update, foreign);
    const found = doc.inspect(rest);
    if (found.ok) admit(member, doc, rest, { ...found, hasGap: true }, manner);
    if (!isRelayed) member.send(encodeRelayWanted());
  }

  function admit(
    member: Member,
    doc: IncidentDoc,
    update: Uint8Array,
    found: Admitted,
    { isBacklog, isRelayed }: Manner,
  ): void {
    if (found.isNews && isTooMuch(doc, update)) {
      member.close('incidentFull');
      return;
    }
    if (found.hasGap && !isBacklog) {
      askForAll(member, doc);
      return;
    }
    if (found.isNews) {
      // What waits is not kept, and may be what took the place of the deleted.
      const kept = found.hasGap ? withoutDeletions(update) : update;
      const news = apply(member, doc, kept, found.isWhollyNew);
      if (news === 'failed') return;
      if (news) commit(member, news, isRelayed ? [] : found.clients, isRelayed);
    }
    // After the commit was queued: a barrier that is answered now has to wait for it.
    if (found.hasGap) gaps.open(member);
    else if (isBacklog) closeGap(member);
  }

  /** What is brought may hold what is here already, as everything that is relayed does. */
  function isTooMuch(doc: IncidentDoc, update: Uint8Array): boolean {
    if (bytes() + update.length <= MAX_DOCUMENT_BYTES) return false;
    return bytes() + doc.toNews(update).length > MAX_DOCUMENT_BYTES;
  }

  /** What is missing comes with everything else that is missing here, and then what was not kept comes again. */
  function askForAll(member: Member, doc: IncidentDoc): void {
    if (gaps.open(member)) member.send(encodeStep1(doc.encodeStateVector()));
  }

  /** @returns what the update added to the document; null when that is nothing */
  function apply(
    member: Member,
    doc: IncidentDoc,
    update: Uint8Array,
    isWhollyNew: boolean,
  ): Uint8Array | null | 'failed' {
    const news: Uint8Array[] = [];
    const stop = isWhollyNew ? null : doc.onUpdate((added) => news.push(added));
    try {
      doc.apply(update, 'remote');
      doc.dropWaiting();
    } catch (cause) {
      log.warn({ err: cause, room: id }, 'an update could not be applied');
      member.close('badUpdate');
      options.rebuild(); // it may be half applied
      return 'failed';
    } finally {
      stop?.();
    }
    if (isWhollyNew) return update;
    return news.length > 1 ? mergeUpdates(news) : (news[0] ?? null);
  }

  function commit(
    sender: Member,
    news: Uint8Array,
    clients: readonly number[],
    isRelayed: boolean,
  ): void {
    const { actor } = sessions.of(sender);
    if (isRelayed)
      log.info({ room: id, bytes: news.length, by: actor }, 'taken from somebody else');
    options.onQueued();
    committer.add({
      update: { doc: id, bytes: news, actor, isRelayed },
      bindings: bindings.bind(actor.device, clients),
      onCommitted: (position) => options.onCommitted(sender, news, position),
      onFailed: giveUp,
    });
  }

  function closeGap(member: Member): void {
    const barrier = gaps.close(member);
    if (barrier !== null) options.onGapClosed(member, barrier);
  }

  function receiveNothing(member: Member, { isBacklog }: Manner): void {
    if (isBacklog) closeGap(member);
  }

  return { receive, receiveNothing };
}
