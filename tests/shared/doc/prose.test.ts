import { describe, expect, test } from 'vitest';
import {
  openProseText,
  openRewriteText,
  type SharedText,
} from '../../../shared/doc/shared-text.ts';
import { MAX_TEXT_BYTES } from '../../../shared/domain/entry-text.ts';
import type { Rewrite } from '../../../shared/domain/rewrite.ts';
import { PROSE_SECTIONS } from '../../../shared/domain/section.ts';
import { createDevice, type Device, meet } from '../../support/device.ts';
import { createRandom } from '../../support/random.ts';

const STATEMENT = 'detection.how.0123456789abcdef';

function anaAndBo(): { ana: Device; bo: Device } {
  const [ana, bo] = [createDevice('Ana', 1), createDevice('Bo', 2)];
  ana.declare();
  meet(ana, bo);
  return { ana, bo };
}

function append(text: SharedText | null, words: string): void {
  if (!text) throw new Error('No such text here');
  text.write([{ at: text.read().length, removed: 0, inserted: words }]);
}

function rewrite(device: Device, text: string, sourcesHash = 'a'): Rewrite {
  const known = new Set(rewritesOf(device).map(({ id }) => id));
  device.run({ type: 'rewriteStatement', statement: STATEMENT, sourcesHash, text });
  const made = rewritesOf(device).find(({ id }) => !known.has(id));
  if (!made) throw new Error('The rewrite was refused');
  return made;
}

function rewritesOf(device: Device): readonly Rewrite[] {
  return device.doc.read.prose().rewrites;
}

describe('what people write into a draft', () => {
  test('[M1] two who write in one section while apart keep every word, and read the same', () => {
    const { ana, bo } = anaAndBo();
    let told = 0;
    bo.doc.read.subscribe((change) => {
      if (change.prose) told += 1;
    });
    append(openProseText(ana.doc, 'summary'), 'The pool was capped. ');
    append(openProseText(bo.doc, 'summary'), 'Nobody saw the default. ');
    meet(ana, bo);
    const summary = ana.doc.read.prose().sections.get('summary');
    expect(summary).toContain('The pool was capped. ');
    expect(summary).toContain('Nobody saw the default. ');
    expect(bo.doc.read.prose()).toEqual(ana.doc.read.prose());
    expect(told).toBe(2);
    // A line is no news for those who read the draft's prose, nor prose for those who read lines.
    const before = bo.doc.read.prose();
    ana.log('A line');
    meet(ana, bo);
    expect(bo.doc.read.prose()).toBe(before);
  });

  test('[M2] two rewrites of one statement both stay until one is taken back; taking back can be undone', () => {
    const { ana, bo } = anaAndBo();
    const hers = rewrite(ana, 'Found by an alert.');
    const his = rewrite(bo, 'Found by a customer.');
    meet(ana, bo);
    expect(
      rewritesOf(ana)
        .map(({ text }) => text)
        .toSorted(),
    ).toEqual(['Found by a customer.', 'Found by an alert.']);
    append(openRewriteText(bo.doc, hers.id), ' At 02:41.');
    bo.run({ type: 'takeBackRewrite', rewrite: his.id });
    meet(ana, bo);
    expect(rewritesOf(ana).filter(({ isRetracted }) => !isRetracted)).toMatchObject([
      { id: hers.id, text: 'Found by an alert. At 02:41.', by: ana.person },
    ]);
    ana.run({ type: 'bringBackRewrite', rewrite: his.id });
    meet(ana, bo);
    expect(rewritesOf(bo).every(({ isRetracted }) => !isRetracted)).toBe(true);
  });

  test('[M3] a rewrite knows what its sources said; saying that it still holds makes it know what they say now', () => {
    const { ana, bo } = anaAndBo();
    const { id } = rewrite(ana, 'Found by an alert.', 'before');
    meet(ana, bo);
    expect(rewritesOf(bo)[0]?.sourcesHash).toBe('before');
    bo.run({ type: 'confirmRewrite', rewrite: id, sourcesHash: 'now' });
    meet(ana, bo);
    expect(rewritesOf(ana)[0]?.sourcesHash).toBe('now');
  });

  test('[M5] a rewrite without words, or with too many, is refused, and nothing is written', () => {
    const { ana } = anaAndBo();
    const before = ana.doc.size();
    const ask = (text: string) =>
      ana.run({ type: 'rewriteStatement', statement: STATEMENT, sourcesHash: 'a', text });
    expect(ask(' \n ')).toEqual({ ok: false, refusal: { reason: 'emptyText' } });
    expect(ask('x'.repeat(MAX_TEXT_BYTES + 1))).toMatchObject({ ok: false });
    expect(ana.run({ type: 'takeBackRewrite', rewrite: 'none' })).toMatchObject({ ok: false });
    expect(ana.doc.size()).toBe(before);
  });

  test('[M4] whatever two people write, rewrite, take back and lose each other: they end equal, nothing twice, nothing lost', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const random = createRandom(seed);
      const { ana, bo } = anaAndBo();
      const words: string[] = [];
      for (let step = 0; step < 30; step += 1) {
        const device = random.pick([ana, bo]);
        const word = `<${seed}.${step}>`;
        const known = rewritesOf(device);
        const what = random.below(6);
        if (what < 2) {
          append(openProseText(device.doc, random.pick(PROSE_SECTIONS)), word);
          words.push(word);
        } else if (what === 2) {
          rewrite(device, word);
          words.push(word);
        } else if (what === 3 && known.length > 0) {
          append(openRewriteText(device.doc, random.pick(known).id), word);
          words.push(word);
        } else if (what === 4 && known.length > 0) {
          const type = random.pick(['takeBackRewrite', 'bringBackRewrite'] as const);
          device.run({ type, rewrite: random.pick(known).id });
        } else if (what === 5) meet(ana, bo);
      }
      meet(ana, bo);
      const { sections, rewrites } = ana.doc.read.prose();
      expect(bo.doc.read.prose(), `seed ${seed}`).toEqual({ sections, rewrites });
      const all = [...sections.values(), ...rewrites.map(({ text }) => text)].join('');
      for (const word of words) expect(all.split(word), `seed ${seed} ${word}`).toHaveLength(2);
    }
  });
});
