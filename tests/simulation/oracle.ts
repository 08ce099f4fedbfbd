/**
 * Knows what was written and what is on the server's disk, and says when a promise is broken: a mark that goes too
 * early, a row that is forgotten too early, something shown that is not on the disk, something stored twice, something
 * lost that a phone said it had.
 */

import * as Y from 'yjs';
import type { IncidentDoc } from '../../shared/doc/incident-doc.ts';
import type { StoredDoc } from '../../shared/doc/update-log.ts';
import type { EntryId } from '../../shared/domain/id.ts';
import type { Process, World } from './world.ts';

type Range = { readonly client: number; readonly clock: number; readonly len: number };

/** One change somebody made. */
export type Deed = {
  readonly tab: Process;
  readonly device: string;
  readonly lines: readonly EntryId[];
  readonly client: number;
  /** The client's clock once it is applied. */
  readonly clock: number;
  readonly gone: readonly Range[];
  /** The phone said that it is on its disk, or it is. */
  isStored: boolean;
  /** The mark that it waits for the server was seen to go. */
  isAcknowledged: boolean;
};

export type Oracle = {
  readonly deeds: readonly Deed[];
  did(doc: IncidentDoc, bytes: Uint8Array, deed: Pick<Deed, 'tab' | 'device' | 'lines'>): Deed;
  deedOf(bytes: Uint8Array): Deed | undefined;
  /** The server's disk has it now. */
  committed(bytes: Uint8Array): void;
  /** A phone forgot that this waits. */
  forgotten(deed: Deed): void;
  acknowledged(deed: Deed): void;
  /** A tab shows it without the mark that it waits. */
  unmarked(deed: Deed, where: string): void;
  /** The server sent this to somebody. */
  shown(update: Uint8Array, to: string): void;
  isOnServer(deed: Deed): boolean;
  /** Also what waits in the document for what is not here. */
  isIn(doc: IncidentDoc, deed: Deed): boolean;
  /** All of it, as people see it. */
  isShown(doc: IncidentDoc, deed: Deed): boolean;
  /** What a phone has on its disk when all is over. */
  keptOn(device: string, stored: StoredDoc): void;
  /** What a server finds on its disk when it starts. */
  foundOnDisk(stored: StoredDoc): void;
  /** The same, as a document. */
  readBack(doc: IncidentDoc): void;
};

export function createOracle(world: World): Oracle {
  const deeds: Deed[] = [];
  const byBytes = new Map<Uint8Array, Deed>();
  /** Of the server's disk. */
  const clocks = new Map<number, number>();
  const gone = new Map<number, Set<number>>();
  const rows: Uint8Array[] = [];

  function isOnServer({ client, clock, gone: ranges }: Deed): boolean {
    if ((clocks.get(client) ?? 0) < clock) return false;
    const isKnown = ranges.every((range) => {
      const known = gone.get(range.client);
      for (let i = range.clock; i < range.clock + range.len; i += 1)
        if (!known?.has(i)) return false;
      return true;
    });
    return isKnown || isGoneIn(readRows(), ranges);
  }

  function readRows(): Y.Doc {
    const doc = new Y.Doc();
    for (const row of rows) Y.applyUpdate(doc, row);
    return doc;
  }

  function toWords({ tab, lines, client, clock }: Deed): string {
    return `the change of ${tab.name} to ${lines.join(', ') || 'no line'} (${client}:${clock})`;
  }

  return {
    deeds,
    did(doc, bytes, { tab, device, lines }) {
      const client = doc.ydoc.clientID;
      const deed: Deed = {
        tab,
        device,
        lines,
        client,
        clock: Y.getState(doc.ydoc.store, client),
        gone: rangesOf(Y.decodeUpdate(bytes).ds),
        isStored: false,
        isAcknowledged: false,
      };
      deeds.push(deed);
      byBytes.set(bytes, deed);
      return deed;
    },
    deedOf: (bytes) => byBytes.get(bytes),
    committed(bytes) {
      rows.push(bytes);
      const { structs, ds } = Y.decodeUpdate(bytes);
      let isNew = false;
      for (const { id, length } of structs) {
        const known = clocks.get(id.client) ?? 0;
        if (id.clock < known) world.fail(`stored twice: ${id.client}:${id.clock}`);
        if (id.clock > known)
          world.fail(`stored with a gap: ${id.client}:${id.clock}, has ${known}`);
        clocks.set(id.client, id.clock + length);
        isNew = true;
      }
      for (const { client, clock, len } of rangesOf(ds)) {
        const known = gone.get(client) ?? new Set();
        gone.set(client, known);
        for (let i = clock; i < clock + len; i += 1) {
          isNew ||= !known.has(i);
          known.add(i);
        }
      }
      if (!isNew) world.fail('stored though it was nothing new');
    },
    forgotten(deed) {
      if (!isOnServer(deed)) world.fail(`${toWords(deed)} was forgotten before the server had it`);
    },
    acknowledged(deed) {
      deed.isAcknowledged = true;
      if (!isOnServer(deed)) world.fail(`${toWords(deed)} lost its mark before the server had it`);
    },
    shown(update, to) {
      for (const [client, clock] of Y.parseUpdateMeta(update).to)
        if ((clocks.get(client) ?? 0) < clock)
          world.fail(`${to} was shown ${client}:${clock}, which is not on the server’s disk`);
    },
    unmarked(deed, where) {
      world.fail(`${toWords(deed)} is not on the server, and ${where} shows it as if it were`);
    },
    isOnServer,
    isShown: ({ ydoc }, { client, clock, gone: ranges }) =>
      Y.getState(ydoc.store, client) >= clock && isGoneIn(ydoc, ranges),
    isIn: ({ ydoc }, { client, clock }) => {
      if (Y.getState(ydoc.store, client) >= clock) return true;
      const waiting = ydoc.store.pendingStructs?.update;
      return waiting !== undefined && (Y.parseUpdateMetaV2(waiting).to.get(client) ?? 0) >= clock;
    },
    keptOn(device, { snapshot, updates }) {
      const rows = snapshot ? [snapshot, ...updates] : updates;
      const kept = coverageOf(rows.map((row) => row.bytes));
      for (const deed of deeds)
        if (deed.device === device && deed.isStored && (kept.get(deed.client) ?? 0) < deed.clock)
          world.fail(`${toWords(deed)} was on the disk and is gone`);
    },
    foundOnDisk({ snapshot, updates, damaged }) {
      const found = new Map<number, number>();
      for (const { bytes } of snapshot ? [snapshot, ...updates] : updates)
        for (const [client, clock] of Y.parseUpdateMeta(bytes).to)
          found.set(client, Math.max(clock, found.get(client) ?? 0));
      for (const [client, clock] of clocks)
        if (damaged > 0 || found.get(client) !== clock)
          world.fail(`of ${client} the server found ${found.get(client)} of ${clock}`);
    },
    readBack(doc) {
      if (doc.isWaiting()) world.fail('what the server has on its disk has gaps');
      for (const [client, clock] of clocks)
        if (Y.getState(doc.ydoc.store, client) !== clock)
          world.fail(
            `of ${client} the server reads back ${Y.getState(doc.ydoc.store, client)} of ${clock}`,
          );
    },
  };
}

function rangesOf(ds: ReturnType<typeof Y.decodeUpdate>['ds']): readonly Range[] {
  if (ds.clients.size === 0) return [];
  return [...ds.clients].flatMap(([client, ranges]) =>
    ranges.map(({ clock, len }) => ({ client, clock, len })),
  );
}

/** @returns for each client up to which clock the updates follow each other */
function coverageOf(updates: readonly Uint8Array[]): ReadonlyMap<number, number> {
  const parts = new Map<number, (readonly [from: number, to: number])[]>();
  for (const update of updates) {
    const { from, to } = Y.parseUpdateMeta(update);
    for (const [client, end] of to) {
      const known = parts.get(client) ?? [];
      known.push([from.get(client) ?? 0, end]);
      parts.set(client, known);
    }
  }
  const covered = new Map<number, number>();
  for (const [client, known] of parts) {
    let end = 0;
    for (const [from, to] of known.sort(([a], [b]) => a - b))
      if (from <= end) end = Math.max(end, to);
    covered.set(client, end);
  }
  return covered;
}

/** Of two values written apart one goes where they meet, though nobody deleted it. */
function isGoneIn(doc: Y.Doc, ranges: readonly Range[]): boolean {
  return ranges.every(({ client, clock, len }) => {
    const structs = doc.store.clients.get(client) ?? [];
    return structs.every(
      ({ id, length, deleted }) => deleted || id.clock + length <= clock || id.clock >= clock + len,
    );
  });
}
