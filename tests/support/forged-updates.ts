/** Updates no device of ours makes: under another's name, out of reach, too deep. */

import * as Y from 'yjs';
import { createIncidentDoc } from '../../shared/doc/incident-doc.ts';
import { createDevice } from './device.ts';
import { varUint } from './hostile-frames.ts';
import type { Writer } from './witness.ts';

/** How far ahead of its victim a forged change is. */
const FAR = 1_000_000;
const GC = 0;
const SKIP = 10;

/** Each takes clocks that the victim's own next changes need, so that they would pass for known. */
export function poisonFor(victim: Writer): readonly Uint8Array[] {
  const { ydoc } = victim.device.doc;
  const client = ydoc.clientID;
  const clock = Y.getState(ydoc.store, client);
  return [
    oneStruct(client, clock, GC, FAR),
    oneStruct(client, clock, SKIP, FAR),
    oneStruct(client, 0, GC, FAR),
    oneStruct(client, 2 ** 40, GC, 1),
    itemsUnder(client, victim.device.doc.encode()),
  ];
}

/** Half of them continue a line of changes whose first is missing, half stand in an entry that never came. */
export function updatesWithGaps(count: number): readonly Uint8Array[] {
  const updates: Uint8Array[] = [];
  const [ana, bo] = [createDevice('Ana', 11), createDevice('Bo', 12)];
  ana.declare();
  const { id } = ana.log('Never sent');
  bo.doc.apply(ana.doc.encode(), 'remote');
  for (const { doc } of [ana, bo]) {
    doc.onUpdate((update, source) => {
      if (source === 'local') updates.push(update);
    });
  }
  for (let made = 0; made < count / 2; made += 1) {
    ana.doc.ydoc.getText('p:summary').insert(0, 'x');
    bo.run({ type: 'star', entry: id, on: made % 2 === 0 });
  }
  return updates;
}

/** Maps in maps, and then the outermost deleted. */
export function nested(bytes: number): readonly Uint8Array[] {
  const ydoc = new Y.Doc();
  const updates: Uint8Array[] = [];
  ydoc.on('update', (update: Uint8Array) => updates.push(update));
  const root = ydoc.getMap<unknown>('e');
  ydoc.transact(() => {
    let inner = root;
    for (let depth = 0; depth < bytes / BYTES_A_LEVEL; depth += 1) {
      const next = new Y.Map<unknown>();
      inner.set('k', next);
      inner = next;
    }
  });
  const [deep] = updates;
  if (!deep) throw new Error('Nothing was nested');
  // The deletion is spelled out: making it here would overflow this stack as well.
  return [deep, new Uint8Array([0, 1, ...varUint(ydoc.clientID), 1, 0, 1])];
}

/** A map in a map takes about so much of an update. */
const BYTES_A_LEVEL = 10;

function oneStruct(client: number, clock: number, kind: number, length: number): Uint8Array {
  const head = [1, 1, ...varUint(client), ...varUint(clock)];
  return new Uint8Array([...head, kind, ...varUint(length), 0]);
}

/** Real words, written by a copy that calls itself what the victim is called. */
function itemsUnder(client: number, known: Uint8Array): Uint8Array {
  const copy = createIncidentDoc();
  copy.apply(known, 'remote');
  const before = copy.encodeStateVector();
  copy.ydoc.clientID = client;
  copy.ydoc.getText('p:summary').insert(0, 'x'.repeat(1000));
  const update = copy.encode(before);
  copy.destroy();
  return update;
}
