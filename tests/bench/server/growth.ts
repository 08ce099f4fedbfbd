/** How much 5,000 keystrokes in one entry weigh in the store, once the server had time to tidy up. */

import { setTimeout as wait } from 'node:timers/promises';
import * as Y from 'yjs';
import { encodeUpdate } from '../../../shared/protocol/frames.ts';
import { join } from './client.ts';
import { fileBytes, withoutFloor } from './peers.ts';
import { declare, logEntries, newRoom } from './story.ts';
import { settle, type Workload } from './workload.ts';

const EDITS = 5_000;
const AT_ONCE = 50;
/** Servers that keep an incident in memory for a minute after the last visitor tidy up then. */
const IDLE_MILLIS = 65_000;

export const growth: Workload = {
  name: 'growth',
  label: `${EDITS} keystrokes in one entry`,
  needs: 'process',
  adapt: withoutFloor,
  maxRounds: 1,
  async run(arena) {
    if (!arena.peer.isDurable) return [];
    const room = newRoom();
    const { device, first } = declare();
    const entries = logEntries(device, 1);
    const keystrokes = type(device.doc.ydoc);
    const stateBytes = device.doc.encode().length;

    const target = await arena.start();
    let echoes = 0;
    const reader = await join(target, room, () => {
      echoes += 1;
    });
    const writer = await join(target, room, () => undefined);
    const updates = [first, ...entries].map(({ update }) => update).concat(keystrokes);
    for (let from = 0; from < updates.length; from += AT_ONCE) {
      for (const update of updates.slice(from, from + AT_ONCE)) writer.send(encodeUpdate(update));
      await wait(20);
    }
    await settle(target.pid);
    writer.close();
    reader.close();
    await wait(IDLE_MILLIS);
    const visitor = await join(target, room, () => undefined);
    await settle(target.pid);
    visitor.close();
    await settle(target.pid);
    await target.server.stop();
    if (echoes === 0) throw new Error('Nobody saw the keystrokes');
    const rows = arena.peer.rowBytes(arena.dataDir);
    const archive = arena.peer.archiveBytes(arena.dataDir);
    const files = fileBytes(arena.dataDir);
    return [
      { name: 'rows to encoded state', unit: '×', value: rows && rows / stateBytes },
      { name: 'archive', unit: 'kB', value: archive && archive / 1000 },
      { name: 'files on disk', unit: 'kB', value: files / 1000 },
      { name: 'encoded state', unit: 'kB', value: stateBytes / 1000 },
    ];
  },
};

/** Every character is an update of its own; every fifth is taken back and typed again. */
function type(ydoc: Y.Doc): Uint8Array[] {
  const body = findBody(ydoc);
  const updates: Uint8Array[] = [];
  ydoc.on('update', (update: Uint8Array) => updates.push(update));
  for (let edit = 0; edit < EDITS; edit++) {
    if (edit % 5 === 4) body.delete(body.length - 1, 1);
    else body.insert(body.length, 'abcdefghij '.charAt(edit % 11));
  }
  return updates;
}

function findBody(ydoc: Y.Doc): Y.Text {
  const entry = [...ydoc.getMap('e').values()].find((value) => value instanceof Y.Map);
  const body = entry?.get('b');
  if (!(body instanceof Y.Text)) throw new Error('The entry has no text');
  return body;
}
