/** Somebody who logs a line every 50 ms, whatever others do to the server meanwhile. */

import { onTestFinished } from 'vitest';
import { createDevice } from './device.ts';
import { connectWriter, findMissing, readIncident, textsOf, type Writer } from './witness.ts';

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

/** What of the honest one's work somebody who comes in now does not get: lines to read, and updates as such. */
export async function findLost(
  url: string,
  { writer }: Honest,
): Promise<{ readonly lines: readonly string[]; readonly updates: number }> {
  const doc = await readIncident(url);
  const texts = textsOf(doc);
  return {
    lines: writer.written.map(({ text }) => text).filter((text) => text !== '' && !texts.has(text)),
    updates: findMissing(
      doc,
      writer.written.map(({ update }) => update),
    ).length,
  };
}

/** @throws when the socket ended instead */
async function answer(writer: Writer): Promise<void> {
  const dropped = writer.closed.then((code) => {
    throw new Error(`An honest client was dropped with ${code}`);
  });
  await Promise.race([writer.settled(), dropped]);
}
