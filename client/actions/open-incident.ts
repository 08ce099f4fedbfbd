/**
 * One incident, open on this phone: its document, its rows on the disk, its connection. The order matters:
 * 1. everything on the disk is in the document before anything else may happen to it;
 * 2. listeners for local work come before the connection, so that no change goes out unrecorded;
 * 3. a row that cannot be applied is set aside and the server is asked for everything again.
 */

import { bindText } from '../../shared/doc/bind-text.ts';
import { createIncidentDoc, type IncidentDoc } from '../../shared/doc/incident-doc.ts';
import { nameAuthor, runCommand } from '../../shared/doc/run-command.ts';
import {
  openEntryText,
  openProseText,
  openRewriteText,
  type SharedText,
} from '../../shared/doc/shared-text.ts';
import type { Touched } from '../../shared/doc/touched.ts';
import type { Position, StoredDoc } from '../../shared/doc/update-log.ts';
import type { Command } from '../../shared/domain/command.ts';
import type { ConnectionState, Damage } from '../../shared/domain/connection.ts';
import { isReadOnly } from '../../shared/domain/connection.ts';
import { type Decision, refuse } from '../../shared/domain/decision.ts';
import type { SpentDraft } from '../../shared/domain/draft.ts';
import type { Entry } from '../../shared/domain/entry.ts';
import { MAX_TEXT_BYTES, toUtf8Length } from '../../shared/domain/entry-text.ts';
import type { EntryId, IncidentId, PersonId, RewriteId } from '../../shared/domain/id.ts';
import type { Refusal } from '../../shared/domain/refusal.ts';
import type { ProseSection } from '../../shared/domain/section.ts';
import type { TextBinding, TextField } from '../../shared/domain/text-field.ts';
import { NO_LINE, type WaitingRow } from '../storage/phone-log.ts';
import { openSentLines } from '../storage/sent-lines.ts';
import { openWaitingLines, type WaitingLines } from '../storage/waiting.ts';
import { connectIncident, type IncidentConnection } from '../sync/connect-incident.ts';
import { adoptStrangers } from './adopt-strangers.ts';
import { applyStored } from './apply-stored.ts';
import { keepDerivedRows } from './keep-derived-rows.ts';
import { keepRemoteUpdates } from './keep-remote-updates.ts';
import { noteOffered } from './note-offered.ts';
import { type Phone, toAuthor } from './phone.ts';
import { createRelay } from './relay.ts';
import { sendOnLeaving } from './send-on-leaving.ts';
import { createVersions, toCommands, type Versions, writeBack } from './versions.ts';

export type PresenceSource = IncidentConnection['presence'];

export type OpenIncident = {
  readonly id: IncidentId;
  readonly doc: IncidentDoc;
  readonly waiting: WaitingLines;
  /** How many others have read a line that was sent from this phone. */
  seenBy(line: EntryId): number;
  /** What could not be read so far: rows on the disk, messages off the network. */
  damage(): Damage;
  connection(): ConnectionState;
  /** Closed now, what is on its way to the server may not arrive. */
  isSending(): boolean;
  readonly presence: PresenceSource;
  /** Told when the connection or the damage count changes. */
  subscribe(listener: () => void): () => void;
  /** `spentDraft`: the draft the command was made from; it is gone once the line is on the disk, not before. */
  run(command: Command, spentDraft?: SpentDraft): Decision;
  /** Binds a field to the text of a line. @returns null when the line is not on this phone */
  editText(id: EntryId, field: TextField): TextBinding | null;
  /** Binds a field to what people write below the generated statements of a section. */
  editProse(section: ProseSection, field: TextField): TextBinding;
  /** @returns null when the rewrite is not on this phone */
  editRewrite(id: RewriteId, field: TextField): TextBinding | null;
  /** Out of the server's log: who changed what, when. */
  readonly versions: Versions;
  /**
   * Makes a line again what it was in one of its versions. It is a change like any other.
   * @returns why a part of it stays as it is; null: it is all as it was
   */
  goBack(wanted: Entry): Refusal | null;
  goBackInProse(section: ProseSection, wanted: string): void;
  close(): Promise<void>;
};

export async function openIncident(phone: Phone, id: IncidentId): Promise<OpenIncident> {
  const doc = createIncidentDoc();
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  const { found, stored } = await readStored(phone, id);
  const waiting = openWaitingLines(phone.log, id, found, phone.report);
  const applied = await applyStored(phone, id, doc, stored);
  const damagedRows = stored.damaged + applied.bad;
  let garbledMessages = 0;
  // The server's next word covers what this document holds, and nothing that could not be read.
  waiting.adopt((found ?? []).filter(({ position }) => applied.has(position)));

  const unconfirmed = sendOnLeaving(phone, id);
  let spending: SpentDraft | null = null;
  /** It waits from now on, in memory and then on the disk, until the server's word covers it. */
  function keep(bytes: Uint8Array, touched: Touched, spentDraft: SpentDraft | null): void {
    const lines = toLines(touched);
    const ticket = waiting.add(lines);
    unconfirmed.add(ticket, bytes);
    const update = { doc: id, bytes, lines, spentDraft };
    phone.queue.add(update, (position) => waiting.store(ticket, position));
  }
  const stopLocal = doc.onUpdate((bytes, source, touched) => {
    if (source === 'local') keep(bytes, touched, spending);
  });
  const sent = openSentLines(phone.log, id, phone.report);
  const offered = noteOffered({
    offers: phone.offers,
    id,
    sent,
    ownLines: () => ownLines(doc, phone.identity().person),
  });
  const relay = createRelay(phone, id, doc, () => connection.resync());
  let seen: ReadonlyMap<PersonId, Position> = new Map();
  const connection = connectIncident({
    doc,
    hello() {
      const { token, device, person } = phone.identity();
      return { token, device, person };
    },
    room: id,
    syncUrl: phone.syncUrl,
    WebSocket: phone.around.WebSocket,
    onWake: phone.around.onWake,
    now: phone.now,
    random: phone.random,
    newestTicket: waiting.newestTicket,
    onAcknowledged(ticket, at) {
      unconfirmed.confirm(ticket);
      sent.note(waiting.acknowledge(ticket), at.position);
      offered.acknowledged(at);
    },
    onTime: phone.heardTime,
    onClockMoved: phone.onClockMoved,
    onSeen(positions) {
      seen = positions;
      tell();
    },
    onRelayWanted: relay.send,
    onState: tell,
    onDamage() {
      garbledMessages += 1;
      tell();
    },
  });
  const strangers = adoptStrangers(phone, { id, doc, waiting, connection });
  listeners.add(strangers.look);
  const stopSent = sent.subscribe(tell);
  const remote = keepRemoteUpdates(phone, id, doc, stored, {
    isSpeaking: connection.isFromOtherTab,
    // What is written here next may need it, and the other tab can go before it stored or sent it: both in this order,
    // and it waits here too. What the server has already it says with the next word.
    keep: (bytes, touched) => keep(bytes, touched, null),
  });
  const derived = keepDerivedRows(phone, id, doc);

  /** With the first letter changed, how the line read before is kept, and by whom it was changed. */
  function noteWords(line: EntryId, text: SharedText): SharedText {
    let isNoted = false;
    return {
      ...text,
      write(splices) {
        if (!isNoted)
          runCommand(doc, { type: 'reword', entry: line, before: text.read() }, toAuthor(phone));
        isNoted = true;
        text.write(splices);
      },
    };
  }

  /** Whoever writes into it is named. */
  function signed(text: SharedText): SharedText {
    return {
      ...text,
      write(splices) {
        nameAuthor(doc, toAuthor(phone));
        text.write(splices);
      },
    };
  }

  return {
    id,
    doc,
    waiting,
    damage: () => ({ rows: damagedRows, messages: garbledMessages }),
    connection: connection.state,
    isSending: () => connection.isSending() || relay.isSending(),
    presence: connection.presence,
    seenBy(line) {
      const position = sent.positionOf(line);
      if (position === undefined) return 0;
      const { person } = phone.identity();
      return [...seen].filter(([other, read]) => other !== person && read >= position).length;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    run(command, spentDraft) {
      if (isReadOnly(connection.state())) return refuse({ reason: 'readOnly' });
      spending = spentDraft ?? null;
      const decision = runCommand(doc, command, toAuthor(phone));
      spending = null;
      if (decision.ok && spentDraft !== undefined) phone.drafts.spend(spentDraft);
      return decision;
    },
    editText(line, field) {
      const text = isReadOnly(connection.state()) ? null : openEntryText(doc, line);
      const needsWords = doc.read.entry(line)?.effect === null;
      const isWanted = (value: string, before: string) =>
        fits(value, before) && !(needsWords && value.trim() === '');
      return text && bindText(noteWords(line, text), field, isWanted);
    },
    editProse: (section, field) => bindText(signed(openProseText(doc, section)), field, fits),
    editRewrite(id, field) {
      const text = openRewriteText(doc, id);
      return text && bindText(signed(text), field, fits);
    },
    versions: createVersions(phone.around.fetch, id),
    goBack(wanted) {
      const now = doc.read.entry(wanted.id);
      if (!now) return { reason: 'entryUnknown' };
      const refusals = toCommands(now, wanted).flatMap((command) => {
        const decision = runCommand(doc, command, toAuthor(phone));
        return decision.ok ? [] : [decision.refusal];
      });
      const text = openEntryText(doc, wanted.id);
      if (text) writeBack(noteWords(wanted.id, text), wanted.text);
      return refusals[0] ?? null;
    },
    goBackInProse: (section, wanted) => writeBack(signed(openProseText(doc, section)), wanted),
    async close() {
      strangers.close();
      unconfirmed.close();
      offered.close();
      relay.close();
      stopSent();
      connection.close();
      stopLocal();
      await Promise.all([remote.close(), derived.close()]);
      waiting.close();
      sent.close();
      doc.destroy();
    },
  };
}

/** What is no line waits as such beside the lines: what comes from another tab may be many changes in one. */
function toLines({ entries, facts, prose }: Touched): readonly EntryId[] {
  return facts || prose || entries.size === 0 ? [...entries, NO_LINE] : [...entries];
}

/** Two people at once can write more than fits; then every shortening is welcome. */
function fits(value: string, before: string): boolean {
  return value.length < before.length || toUtf8Length(value) <= MAX_TEXT_BYTES;
}

function ownLines(doc: IncidentDoc, me: PersonId): readonly EntryId[] {
  return doc.read
    .timeline()
    .filter((line) => line.by === me)
    .map((line) => line.id);
}

type Stored = {
  /** Null where it could not be read what waits: then it is not known, which is not the same as nothing. */
  readonly found: readonly WaitingRow[] | null;
  readonly stored: StoredDoc;
};

/** Asked twice: the browser may have dropped the connection. A phone that cannot read its disk goes on with the network. */
async function readStored(phone: Phone, id: IncidentId): Promise<Stored> {
  try {
    return await readOnce(phone, id);
  } catch (cause) {
    phone.report(cause);
  }
  try {
    if (await phone.log.revive()) return await readOnce(phone, id);
  } catch (cause) {
    phone.report(cause);
  }
  return { found: null, stored: { snapshot: null, updates: [], damaged: 1 } };
}

/** What waits comes first: what another tab adds in between is read too, but is not this tab's to vouch for. */
async function readOnce({ log, report }: Phone, id: IncidentId): Promise<Stored> {
  const found = await log.readWaiting(id).catch((cause: unknown) => {
    report(cause);
    return null;
  });
  return { found, stored: await log.read(id) };
}
