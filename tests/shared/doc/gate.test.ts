import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { MAX_STRUCTS } from '../../../shared/doc/decode-structs.ts';
import { MAX_ENTRIES } from '../../../shared/doc/gate.ts';
import { createIncidentDoc } from '../../../shared/doc/incident-doc.ts';
import { openEntryText, openProseText } from '../../../shared/doc/shared-text.ts';
import { createDevice, type Device, meet } from '../../support/device.ts';
import { mutatedUpdate, varUint } from '../../support/hostile-frames.ts';
import { createRandom, newSeed } from '../../support/random.ts';

describe('gate', () => {
  test('[N35] everything the app writes passes, in whole and in parts', () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const [ana, bo] = busyPair(seed);
      const server = createIncidentDoc();
      for (const update of [...ana.updates, ...bo.updates]) {
        const found = server.inspect(update);
        if (found.ok && !found.hasGap) server.apply(update, 'remote');
        else if (!found.ok) expect(found.why).toBe('unsignedWords'); // the note itself was in a gap
      }
      for (const device of [ana.device, bo.device]) {
        const rest = device.doc.encode(server.encodeStateVector());
        expect(server.inspect(rest)).toMatchObject({ ok: true, hasGap: false });
        expect(createIncidentDoc().inspect(device.doc.encode())).toMatchObject({
          ok: true,
          hasGap: false,
          isNews: true,
        });
        server.apply(rest, 'remote');
      }
    }
  });

  test.each<[string, string, (doc: Y.Doc) => void]>([
    ['a root of its own', 'foreignPlace', (doc) => doc.getMap('evil').set('a', 1)],
    ['a list as prose', 'foreignContent', (doc) => doc.getArray('p:summary').insert(0, [1])],
    ['a value among the lines', 'foreignContent', (doc) => doc.getMap('e').set('x', 'text')],
    [
      'a text among the lines',
      'foreignContent',
      (doc) => doc.getMap('e').set('x', new Y.Text('t')),
    ],
    ['a list in a line', 'foreignContent', (doc) => rowOf(doc).set('z', new Y.Array())],
    ['a map in a line', 'foreignContent', (doc) => rowOf(doc).set('z', new Y.Map([['y', 1]]))],
    ['a type among the facts', 'foreignContent', (doc) => doc.getMap('m').set('t', new Y.Map())],
    ['a document in a line', 'foreignContent', (doc) => rowOf(doc).set('d', new Y.Doc())],
    [
      'a format',
      'foreignContent',
      (doc) => doc.getText('p:summary').insert(0, 'b', { bold: true }),
    ],
    ['an embed', 'foreignContent', (doc) => doc.getText('p:summary').insertEmbed(0, { a: 1 })],
    ['bytes as a value', 'foreignContent', (doc) => rowOf(doc).set('z', new Uint8Array(3))],
    ['a value nested deeply', 'foreignContent', (doc) => rowOf(doc).set('z', nested(9))],
    ['a key without end', 'foreignPlace', (doc) => doc.getMap('m').set('k'.repeat(257), 1)],
    [
      'a line in the place of another',
      'overwrites',
      (doc) => {
        const [id = ''] = [...doc.getMap('e').keys()];
        doc.getMap('e').set(id, new Y.Map([['c', []]]));
      },
    ],
    ['another origin', 'overwrites', (doc) => rowOf(doc).set('c', ['mine'])],
    ['other words', 'overwrites', (doc) => rowOf(doc).set('b', new Y.Text('mine'))],
    ['no line', 'deletesLines', (doc) => doc.getMap('e').clear()],
    ['no origin', 'deletesLines', (doc) => rowOf(doc).delete('c')],
    ['no words', 'deletesLines', (doc) => rowOf(doc).delete('b')],
  ])('[N36] [N37] %s is refused as %s', (_what, why, attack) => {
    const ana = createDevice('Ana');
    ana.declare();
    ana.log('Pool size is 20');
    const mallory = new Y.Doc();
    Y.applyUpdate(mallory, ana.doc.encode());
    const before = Y.encodeStateVector(mallory);
    attack(mallory);
    expect(ana.doc.inspect(Y.encodeStateAsUpdate(mallory, before))).toEqual({ ok: false, why });
    expect(ana.doc.inspect(Y.encodeStateAsUpdate(mallory))).toMatchObject({ ok: false });
  });

  test('[N37] two lines under one key in one update are refused', () => {
    const [one, two] = [new Y.Doc(), new Y.Doc()];
    for (const doc of [one, two]) doc.getMap('e').set('same', new Y.Map([['c', []]]));
    const both = Y.mergeUpdates([Y.encodeStateAsUpdate(one), Y.encodeStateAsUpdate(two)]);
    expect(createIncidentDoc().inspect(both)).toEqual({ ok: false, why: 'overwrites' });
  });

  test('[N37] words of others change only with a note of how they read before', () => {
    const ana = createDevice('Ana');
    ana.declare();
    const line = ana.log('Pool size is 20').id;
    for (const splice of [
      { at: 0, removed: 0, inserted: 'Old: ' },
      { at: 0, removed: 4, inserted: '' },
    ]) {
      const bo = createDevice('Bo', 8);
      bo.doc.apply(ana.doc.encode(), 'remote');
      const before = bo.doc.encodeStateVector();
      const updates: Uint8Array[] = [];
      const stop = bo.doc.onUpdate((update) => updates.push(update));
      openEntryText(bo.doc, line)?.write([splice]);
      stop();
      const [silent = before] = updates;
      expect(ana.doc.inspect(silent)).toEqual({ ok: false, why: 'unsignedWords' });
      reword(bo, line);
      const signed = bo.doc.encode(ana.doc.encodeStateVector());
      expect(ana.doc.inspect(signed)).toMatchObject({ ok: true });
    }
  });

  test('[N38] a bomb of seven bytes, a poisoned clock and 40 kB of nesting are refused at small cost', () => {
    const doc = createIncidentDoc();
    const bomb = new Uint8Array([0x01, 0xff, 0xff, 0xff, 0x0f, 0x01, 0x00]);
    const before = process.memoryUsage().rss;
    expect(doc.inspect(bomb)).toEqual({ ok: false, why: 'unreadable' });
    expect(process.memoryUsage().rss - before).toBeLessThan(32 * 1024 * 1024);
    // One block of one client from clock 0: a GC struct of a million.
    const poison = new Uint8Array([1, 1, 7, 0, 0, 0xc0, 0x84, 0x3d, 0]);
    expect(doc.inspect(poison)).toEqual({ ok: false, why: 'foreignContent' });

    const deep = new Y.Doc();
    let map = deep.getMap('e');
    for (let depth = 0; depth < 3_000; depth += 1) {
      const inner = new Y.Map<unknown>();
      map.set('n', inner);
      map = inner;
    }
    expect(doc.inspect(Y.encodeStateAsUpdate(deep))).toMatchObject({ ok: false });
    const value = new Y.Doc();
    value.getMap('m').set('x', nested(2_000));
    expect(doc.inspect(Y.encodeStateAsUpdate(value))).toMatchObject({ ok: false });
  });

  test('[N38] more structs than a document could hold are refused for their number', () => {
    const found = createIncidentDoc().inspect(gone(MAX_STRUCTS + 1));
    expect(found).toEqual({ ok: false, why: 'tooManyStructs' });
  });

  test('[N38] lines beyond the limit are refused', () => {
    const ydoc = new Y.Doc();
    ydoc.transact(() => {
      for (let i = 0; i <= MAX_ENTRIES; i += 1) ydoc.getMap('e').set(`line${i}`, new Y.Map());
    });
    expect(createIncidentDoc().inspect(Y.encodeStateAsUpdate(ydoc))).toEqual({
      ok: false,
      why: 'tooManyLines',
    });
  });

  test('[N48] of 20,000 mutated updates, every one the gate lets through can be applied', () => {
    const random = createRandom(newSeed());
    const [ana, bo] = busyPair(random.below(1_000_000));
    const clients = [ana, bo].map(({ device }) => device.doc.ydoc.clientID);
    let server = createIncidentDoc();
    for (let count = 0; count < 20_000; count += 1) {
      const material = random.pick([ana, bo]).updates;
      const update = mutatedUpdate(random, material, clients);
      const found = server.inspect(update);
      if (found.ok) server.apply(update, 'remote');
      server.dropWaiting();
      if (count % 1_000 === 999) {
        // What was let through is in the way of what comes; from time to time the real ones come again.
        server = createIncidentDoc();
        server.apply(ana.device.doc.encode(), 'remote');
      }
    }
  });

  test('[N39] [N40] of one session, in any order: gaps are seen before they are applied, and repeats bring nothing', () => {
    for (let seed = 1; seed <= 30; seed += 1) {
      const random = createRandom(seed);
      const [ana, bo] = busyPair(seed);
      const updates = [...ana.updates, ...bo.updates];
      const server = createIncidentDoc();
      for (let step = 0; step < updates.length * 3; step += 1) {
        const update = random.pick(updates);
        const found = server.inspect(update);
        if (!found.ok) {
          expect(found.why).toBe('unsignedWords');
          continue;
        }
        if (found.hasGap) {
          const copy = createIncidentDoc();
          copy.apply(server.encode(), 'remote');
          copy.apply(update, 'remote');
          expect(copy.isWaiting()).toBe(true);
          continue;
        }
        const changes: unknown[] = [];
        const stop = server.onUpdate((change) => changes.push(change));
        server.apply(update, 'remote');
        stop();
        expect(server.isWaiting()).toBe(false);
        expect(changes.length > 0).toBe(found.isNews);
        expect(server.inspect(update)).toMatchObject({ isNews: false, isWhollyNew: false });
      }
    }
  });
});

/** As the app does before the first letter is changed. */
function reword(device: Device, entry: string): void {
  device.run({ type: 'reword', entry, before: device.doc.read.entry(entry)?.text ?? '' });
}

function rowOf(doc: Y.Doc): Y.Map<unknown> {
  const [row] = [...doc.getMap('e').values()];
  if (!(row instanceof Y.Map)) throw new Error('No line');
  return row;
}

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let i = 0; i < depth; i += 1) value = [value];
  return value;
}

type Busy = { readonly device: Device; readonly updates: readonly Uint8Array[] };

/** Two who do a bit of everything, meeting now and then; each with the updates it made itself, in order. */
function busyPair(seed: number): readonly [Busy, Busy] {
  const random = createRandom(seed);
  const busy = (name: string, number: number) => {
    const device = createDevice(name, seed * 10 + number);
    const updates: Uint8Array[] = [];
    device.doc.onUpdate((update, source) => {
      if (source === 'local') updates.push(update);
    });
    return { device, updates };
  };
  const pair = [busy('Ana', 1), busy('Bo', 2)] as const;
  pair[0].device.declare();
  meet(pair[0].device, pair[1].device);
  for (let step = 0; step < 25; step += 1) {
    const { device } = random.pick(pair);
    const line = random.pick(device.doc.read.timeline()).id;
    switch (random.below(7)) {
      case 0:
        device.log(`line ${step}`);
        break;
      case 1:
        reword(device, line);
        openEntryText(device.doc, line)?.write([{ at: 0, removed: 0, inserted: 'more ' }]);
        break;
      case 2: {
        reword(device, line);
        const text = openEntryText(device.doc, line);
        if (text && text.read().length > 2) text.write([{ at: 1, removed: 1, inserted: '' }]);
        break;
      }
      case 3:
        device.run({ type: 'star', entry: line, on: random.below(2) === 0 });
        break;
      case 4:
        openProseText(device.doc, 'summary').write([{ at: 0, removed: 0, inserted: 'So ' }]);
        break;
      case 5:
        device.run({ type: 'retract', entry: line });
        break;
      default:
        meet(pair[0].device, pair[1].device);
    }
  }
  return pair;
}

/** So many structs of one client, each of two bytes: a place where something was, of length 1. */
function gone(structs: number): Uint8Array {
  const head = [1, ...varUint(structs), 7, 0];
  const update = new Uint8Array(head.length + 2 * structs + 1);
  update.set(head);
  for (let at = head.length + 1; at < update.length - 1; at += 2) update[at] = 1;
  return update;
}
