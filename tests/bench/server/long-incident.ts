/** An incident of 5,000 entries: put on a server as it is logged, and read back whole. */

import { setTimeout as wait } from 'node:timers/promises';
import { encodeUpdate } from '../../../shared/protocol/frames.ts';
import { awaitMarks, type Client, join, type Target } from './client.ts';
import { eachMark } from './marks.ts';
import { declare, type Entry, joinIncident, logEntries } from './story.ts';

const ENTRIES = 5_000;
const PEOPLE = 5;
const AT_ONCE = 100;
const WHOLE_WITHIN_MILLIS = 60_000;

export type LongIncident = {
  readonly entries: readonly Entry[];
  readonly marks: ReadonlySet<number>;
  /** Size of the whole state. */
  readonly bytes: number;
};

let known: LongIncident | null = null;

/** The same for everybody who asks. */
export function longIncident(): LongIncident {
  known ??= write();
  return known;
}

function write(): LongIncident {
  const { device, first } = declare();
  const people = [device, ...Array.from({ length: PEOPLE - 1 }, () => joinIncident(device))];
  const columns = people.map((person) => logEntries(person, ENTRIES / PEOPLE));
  const rows = Array.from({ length: ENTRIES / PEOPLE }, (_, row) =>
    columns.flatMap((column) => column[row] ?? []),
  ).flat();
  const whole = joinIncident(device);
  for (const { update } of rows) whole.doc.apply(update, 'remote');
  const entries = [first, ...rows];
  const marks = new Set(entries.map(({ mark }) => mark));
  return { entries, marks, bytes: whole.doc.encode().length };
}

/** Entry by entry, and until somebody else has seen the last. Both stay connected. */
export async function storeLongIncident(target: Target, room: string): Promise<readonly Client[]> {
  const { entries } = longIncident();
  const reader = awaitMarks(entries.length);
  const watching = await join(target, room, reader.onContent);
  const writing = await join(target, room, () => undefined);
  for (let from = 0; from < entries.length; from += AT_ONCE) {
    for (const { update } of entries.slice(from, from + AT_ONCE)) {
      writing.send(encodeUpdate(update));
    }
    while (reader.seen.size < Math.min(from + AT_ONCE, entries.length)) await wait(1);
  }
  await reader.complete;
  return [watching, writing];
}

/** @returns ms from opening the socket until all of it was there; null when it never was */
export async function joinWhole(target: Target, room: string): Promise<number | null> {
  const [millis] = await joinWholeTogether(target, room, 1);
  return millis ?? null;
}

/** Frames are only kept as they come and looked into afterwards, so that looking delays nobody. */
export async function joinWholeTogether(
  target: Target,
  room: string,
  count: number,
): Promise<readonly (number | null)[]> {
  const enough = longIncident().bytes * 0.8;
  const startedAt = performance.now();
  const joining = Array.from({ length: count }, () => {
    const frames: { readonly bytes: Buffer; readonly at: number }[] = [];
    let size = 0;
    const client = join(target, room, (bytes, at) => {
      frames.push({ bytes, at });
      size += bytes.length;
    });
    return { client, frames, isLikely: () => size >= enough };
  });
  const deadline = startedAt + WHOLE_WITHIN_MILLIS;
  const clients = await Promise.all(joining.map(({ client }) => client));
  const pause = async (isDone: () => boolean): Promise<void> => {
    while (!isDone() && performance.now() < deadline) await wait(20);
  };
  await pause(() => joining.every(({ isLikely }) => isLikely()));
  await pause(() => joining.every(({ frames }) => findWholeAt(frames) !== null));
  for (const client of clients) client.close();
  return joining.map(({ frames }) => {
    const at = findWholeAt(frames);
    return at === null ? null : at - startedAt;
  });
}

/** When the frame came that brought the last of the entries. */
function findWholeAt(frames: readonly { bytes: Buffer; at: number }[]): number | null {
  const { marks } = longIncident();
  const seen = new Set<number>();
  for (const { bytes, at } of frames) {
    eachMark(bytes, (mark) => marks.has(mark) && seen.add(mark));
    if (seen.size === marks.size) return at;
  }
  return null;
}
