/**
 * Which lines are not on the server yet. Every local change gets a ticket when it is made; the server's word that
 * everything up to a ticket is on its disk clears the rows. The rows outlive the tab, so the marks do too.
 */

import type { Position } from '../../shared/doc/update-log.ts';
import type { EntryId } from '../../shared/domain/id.ts';
import { ANY_LINE, NO_LINE, type PhoneLog, type WaitingRow } from './phone-log.ts';
import { watchAgain } from './watch-again.ts';

export type Ticket = number;

export type WaitingLines = {
  /** A change was made here; it is in memory and on its way to disk and network. */
  add(lines: readonly EntryId[]): Ticket;
  /** The change is on this phone's disk. */
  store(ticket: Ticket, position: Position): void;
  /** The document now contains these rows too, so the next word of the server covers them. */
  adopt(rows: readonly WaitingRow[]): void;
  /** Rows on the disk that this tab does not vouch for: another tab wrote them. */
  strangers(): readonly WaitingRow[];
  newestTicket(): Ticket;
  /**
   * The server has everything up to and with `ticket` on its disk.
   * @returns the lines that were touched by what it newly has
   */
  acknowledge(ticket: Ticket): ReadonlySet<EntryId>;
  /** With `ANY_LINE` among them while it is not known which. */
  lines(): ReadonlySet<EntryId>;
  subscribe(listener: () => void): () => void;
  close(): void;
};

/** A disk that did not answer, or could not, is asked again. */
const FORGET_AGAIN_MILLIS = 15_000;

type Item = { readonly lines: readonly EntryId[]; position: Position | null };

/** @param found what waits, as it was just read; null where it could not be */
export function openWaitingLines(
  log: Pick<PhoneLog, 'watchWaiting' | 'forgetWaiting'>,
  doc: string,
  found: readonly WaitingRow[] | null,
  onFailed: (cause: unknown) => void,
): WaitingLines {
  const listeners = new Set<() => void>();
  const items = new Map<Ticket, Item>();
  let acknowledged: Ticket = 0;
  let newest: Ticket = 0;
  /** As on the disk: rows of this tab and of every other. Null as long as nobody could read them. */
  let rows = found;
  /** The server has them; the disk may not know it yet. */
  const leaving = new Set<Position>();
  let leavingTimer: ReturnType<typeof setTimeout> | null = null;
  const stopWatching = watchAgain(log.watchWaiting(doc))((read) => {
    rows = read.filter((row) => !leaving.has(row.position));
    tell();
  }, onFailed);

  function tell(): void {
    for (const listener of listeners) listener();
  }

  function forget(positions: readonly Position[]): void {
    for (const position of positions) leaving.add(position);
    rows = rows?.filter((row) => !leaving.has(row.position)) ?? null;
    const going = [...leaving];
    leavingTimer ??= setTimeout(() => {
      leavingTimer = null;
      if (leaving.size > 0) forget([]);
    }, FORGET_AGAIN_MILLIS);
    log.forgetWaiting(going).then(() => {
      for (const position of going) leaving.delete(position);
    }, onFailed);
  }

  function knownPositions(): ReadonlySet<Position | null> {
    return new Set([...items.values()].map((item) => item.position));
  }

  return {
    add(lines) {
      newest += 1;
      items.set(newest, { lines, position: null });
      tell();
      return newest;
    },
    store(ticket, position) {
      const item = items.get(ticket);
      if (item) item.position = position;
      else forget([position]); // the server was faster than the disk
    },
    adopt(adopted) {
      const known = knownPositions();
      for (const { position, lines } of adopted) {
        if (known.has(position)) continue;
        newest += 1;
        items.set(newest, { lines, position });
      }
    },
    strangers() {
      const known = knownPositions();
      return rows?.filter((row) => !known.has(row.position)) ?? [];
    },
    newestTicket: () => newest,
    acknowledge(ticket) {
      const arrived = new Set<EntryId>();
      if (ticket <= acknowledged) return arrived;
      acknowledged = ticket;
      const positions: Position[] = [];
      for (const [held, { position, lines }] of items) {
        if (held > ticket) continue;
        items.delete(held);
        for (const line of lines) arrived.add(line);
        if (position !== null) positions.push(position);
      }
      if (positions.length > 0) forget(positions);
      tell();
      return arrived;
    },
    lines() {
      const lines = new Set<EntryId>();
      for (const item of items.values()) for (const line of item.lines) lines.add(line);
      for (const row of rows ?? []) for (const line of row.lines) lines.add(line);
      if (rows === null) lines.add(ANY_LINE);
      return lines;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      stopWatching();
      if (leavingTimer) clearTimeout(leavingTimer);
    },
  };
}

/**
 * How many lines wait, by incident, none where only something else does; told again whenever that changes, in any tab,
 * and null as soon as it cannot be read any more.
 */
export function watchWaiting(
  log: Pick<PhoneLog, 'watchWaiting'>,
  listener: (linesByIncident: ReadonlyMap<string, number> | null) => void,
  onFailed: (cause: unknown) => void,
): () => void {
  return watchAgain(log.watchWaiting(null))(
    (rows) => {
      const linesByDoc = new Map<string, Set<string>>();
      for (const { doc, lines } of rows) {
        const known = linesByDoc.get(doc) ?? new Set();
        for (const line of lines) if (line !== NO_LINE) known.add(line);
        linesByDoc.set(doc, known);
      }
      listener(new Map([...linesByDoc].map(([doc, lines]) => [doc, lines.size])));
    },
    (cause) => {
      listener(null);
      onFailed(cause);
    },
  );
}
