/** Somebody who logs a line every 50 ms, whatever others do to the server meanwhile. */

import { onTestFinished } from 'vitest';
import type { Entry } from '../../shared/domain/entry.ts';
import { createDevice } from './device.ts';
import { connectWriter, findMissing, readIncident, type Writer } from './witness.ts';

const LINE_EVERY_MILLIS = 50;

export type Honest = {
  readonly writer: Writer;
  /** The longest time from a line to the server's word on it, since the last call. */
  takeSlowestMillis(): number;
  /** One last line; resolves when the server has said that all is on its disk. @throws when it was dropped */
  finish(): Promise<void>;
};

export async function startHonest(url: string, name = 'Ana Lind'): Promise<Honest> {
  const device = createDevice(name);
  const writer = await connectWriter(url, device);
  const sentAt: number[] = [];
  let answered = 0;
  let slowest = 0;
  writer.onAcknowledged = () => {
    for (; answered < writer.acknowledged.length; answered += 1)
      slowest = Math.max(slowest, performance.now() - (sentAt[answered] ?? 0));
  };
  const write = (text: string): void => {
    sentAt.push(performance.now());
    writer.write(text);
  };
  write('I am here');
  await answer(writer);
  const timer = setInterval(() => write(`${name}, line ${sentAt.length}`), LINE_EVERY_MILLIS);
  onTestFinished(() => clearInterval(timer));
  return {
    writer,
    takeSlowestMillis() {
      const unanswered = performance.now() - (sentAt[answered] ?? Number.POSITIVE_INFINITY);
      const taken = Math.max(slowest, unanswered);
      slowest = 0;
      return taken;
    },
    async finish() {
      clearInterval(timer);
      write('Still here');
      await answer(writer);
    },
  };
}

export type Lost = {
  /** Lines that are gone from the log, or stand there under another's name. */
  readonly lines: readonly string[];
  /** Changes of which something is missing in the document. */
  readonly updates: number;
  /** Lines whose words somebody changed. Whoever is let in may do that, and the history keeps how they read. */
  readonly reworded: readonly string[];
};

/** What of the honest one's work somebody who comes in now does not get. */
export async function findLost(url: string, { writer }: Honest): Promise<Lost> {
  const doc = await readIncident(url);
  const mine = writer.device.doc.read.timeline();
  const there = new Map(doc.read.timeline().map((entry) => [entry.id, entry]));
  const isLost = ({ id, by }: Entry) => there.get(id)?.by !== by;
  const updates = writer.written.map(({ update }) => update);
  return {
    lines: mine.filter(isLost).map(({ text }) => text),
    updates: findMissing(doc, updates).length,
    reworded: mine
      .filter((entry) => !isLost(entry) && there.get(entry.id)?.text !== entry.text)
      .map(({ text }) => text),
  };
}

/** @throws when the socket ended instead */
async function answer(writer: Writer): Promise<void> {
  const dropped = writer.closed.then((code) => {
    throw new Error(`An honest client was dropped with ${code}`);
  });
  await Promise.race([writer.settled(), dropped]);
}
