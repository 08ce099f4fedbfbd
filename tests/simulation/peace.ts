/** When a history is over, and what has to hold then. */

import { toChecksum } from '../../shared/doc/checksum.ts';
import type { IncidentDoc } from '../../shared/doc/incident-doc.ts';
import type { Device, Scene } from './tab.ts';

export type Peace = {
  /** Whether everybody has everything and nothing waits. Looks closely only now and then. */
  look(): boolean;
  /** @returns what everybody ended with, in short. @throws when they did not all end with the same */
  finish(): Promise<string>;
};

const LOOK_EVERY_MILLIS = 500;

export function checkPeace(
  { world, oracle, server, id }: Scene,
  devices: readonly Device[],
): Peace {
  let lookedAt = world.now() + 2_000;

  function findUnrest(): string | null {
    for (const { name, disk, tabs, actsLeft } of devices) {
      if (actsLeft > 0) return `${name} is not done`;
      if (disk.waiting.size > 0) return `${disk.waiting.size} rows wait on the disk of ${name}`;
      for (const { process, incident, phone } of tabs) {
        if (!incident || !phone) return `${process.name} is not open`;
        if (incident.connection().type !== 'online')
          return `${process.name} is ${incident.connection().type}`;
        if (phone.queue.state().waits > 0) return `${process.name} has not stored everything`;
        if (incident.waiting.lines().size > 0) return `lines wait in ${process.name}`;
        if (incident.doc.isWaiting()) return `${process.name} has gaps`;
      }
    }
    return null;
  }

  function areEqual(): boolean {
    const vectors = devices.flatMap(({ tabs }) =>
      [...tabs].map((tab) => tab.incident?.doc.encodeStateVector().join()),
    );
    return new Set(vectors).size === 1;
  }

  return {
    look() {
      if (world.now() < lookedAt + LOOK_EVERY_MILLIS) return false;
      lookedAt = world.now();
      return findUnrest() === null && areEqual();
    },
    async finish() {
      const unrest = findUnrest();
      for (const { name, disk, tabs } of devices)
        for (const { process, incident, phone } of tabs)
          world.note(
            name,
            process.name,
            incident?.connection().type,
            'waiting',
            incident?.waiting.lines().size,
            'strangers',
            incident?.waiting.strangers().length,
            'ticket',
            incident?.waiting.newestTicket(),
            'rows',
            disk.waiting.size,
            'unsaved',
            phone?.queue.state().waits,
            'size',
            incident?.doc.size(),
          );
      if (unrest) throw new Error(`no rest: ${unrest}`);
      const stored = await server.readAll();
      oracle.readBack(stored);
      const told = tell(stored);
      for (const { tabs } of devices)
        for (const { process, incident } of tabs)
          if (incident && tell(incident.doc) !== told)
            throw new Error(`${process.name} and the server’s disk differ`);
      for (const deed of oracle.deeds)
        if ((deed.isStored || deed.tab.isAlive) && !oracle.isIn(stored, deed))
          throw new Error(`a change of ${deed.tab.name} to ${deed.lines.join()} is lost`);
      checkTwice(stored);
      for (const { name, disk } of devices) oracle.keptOn(name, await disk.open().read(id));
      world.check();
      return toChecksum(new TextEncoder().encode(told)).toString(16);
    },
  };
}

function tell({ read }: IncidentDoc): string {
  const others = [read.facts(), read.state(), read.prose()].flatMap((part) => Object.values(part));
  const isMany = (value: unknown): value is Iterable<unknown> =>
    value instanceof Map || value instanceof Set;
  const plain = others.map((value) => (isMany(value) ? [...value] : value));
  return JSON.stringify([read.timeline(), ...plain]);
}

/** Every line carries the name it was logged under. */
function checkTwice({ read }: IncidentDoc): void {
  const names = new Set<string>();
  for (const { text } of read.timeline()) {
    const name = /^<[^>]*>/.exec(text)?.[0];
    if (name === undefined) continue;
    if (names.has(name)) throw new Error(`${name} is in the log twice`);
    names.add(name);
  }
}
