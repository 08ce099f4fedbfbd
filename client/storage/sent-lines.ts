/** Which lines of this phone arrived where in the server's log, so that it can be said who has seen them. */

import type { Position } from '../../shared/doc/update-log.ts';
import type { EntryId } from '../../shared/domain/id.ts';
import type { PhoneLog } from './phone-log.ts';
import { watchAgain } from './watch-again.ts';

export type SentLines = {
  /** They arrived at or before `position`. A line changed later is seen by who has read that far. */
  note(lines: Iterable<EntryId>, position: Position): void;
  /** @returns undefined for a line that was not sent from here */
  positionOf(line: EntryId): Position | undefined;
  subscribe(listener: () => void): () => void;
  close(): void;
};

export function openSentLines(
  log: Pick<PhoneLog, 'watchSent' | 'noteSent'>,
  doc: string,
  onFailed: (cause: unknown) => void,
): SentLines {
  let positions: ReadonlyMap<EntryId, Position> = new Map();
  /** On their way to the disk. */
  const noted = new Map<EntryId, Position>();
  const listeners = new Set<() => void>();
  // Other tabs of this phone send lines too.
  const stopWatching = watchAgain(log.watchSent(doc))((rows) => {
    // Whatever is not on the disk any more is forgotten: the log it arrived in is gone.
    positions = new Map(rows.map(({ line, position }) => [line, position]));
    for (const [line, position] of noted)
      if ((positions.get(line) ?? 0) >= position) noted.delete(line);
    for (const listener of listeners) listener();
  }, onFailed);

  return {
    note(lines, position) {
      const rows = [...lines].map((line) => ({ doc, line, position }));
      if (rows.length === 0) return;
      for (const { line } of rows) noted.set(line, position);
      for (const listener of listeners) listener();
      log.noteSent(rows).catch(onFailed);
    },
    positionOf: (line) => noted.get(line) ?? positions.get(line),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: stopWatching,
  };
}
