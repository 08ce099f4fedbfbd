import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffWords } from '../../../shared/domain/word-diff.ts';

test('[L2c] what is the same and what was removed make the old words, what is the same and added the new', () => {
  const word = fc.constantFrom('pool', 'size', 'is', 'was', '20', 'timeout', '\n');
  const text = fc.array(word, { maxLength: 30 }).map((words) => words.join(' '));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const parts = diffWords(before, after);
      const join = (...types: readonly string[]): string =>
        parts.flatMap((part) => (types.includes(part.type) ? part.text : [])).join('');
      expect(join('same', 'removed')).toBe(before);
      expect(join('same', 'added')).toBe(after);
      if (before === after) expect(parts.every(({ type }) => type === 'same')).toBe(true);
    }),
  );
});

test('[L2j] what is added behind a word is not that word once more', () => {
  expect(diffWords('rolled back to 4511', 'rolled back to 4511, eu-west-1 only')).toEqual([
    { type: 'same', text: 'rolled back to 4511' },
    { type: 'added', text: ', eu-west-1 only' },
  ]);
  expect(diffWords('rolled back', 'rolled back again')).toEqual([
    { type: 'same', text: 'rolled back' },
    { type: 'added', text: ' again' },
  ]);
  expect(diffWords('4511', '4511 (eu-west-1 only)')).toEqual([
    { type: 'same', text: '4511' },
    { type: 'added', text: ' (eu-west-1 only)' },
  ]);
  expect(diffWords('back, then up', 'back again, then up')).toEqual([
    { type: 'same', text: 'back' },
    { type: 'added', text: ' again' },
    { type: 'same', text: ', then up' },
  ]);
  expect(diffWords('rolled back again', 'rolled back')).toEqual([
    { type: 'same', text: 'rolled back' },
    { type: 'removed', text: ' again' },
  ]);
  expect(diffWords('back, now', 'back again now')).toEqual([
    { type: 'same', text: 'back' },
    { type: 'removed', text: ', ' },
    { type: 'added', text: ' again ' },
    { type: 'same', text: 'now' },
  ]);
  expect(diffWords('pool is full', 'pool was full')).toEqual([
    { type: 'same', text: 'pool ' },
    { type: 'removed', text: 'is ' },
    { type: 'added', text: 'was ' },
    { type: 'same', text: 'full' },
  ]);
});

test('[L2j] nor in a long text of many signs', () => {
  const lines = Array.from({ length: 150 }, (_, line) => `pool-${line}: "full" (${line}%).`);
  const before = `First ${lines.join(' ')} up`;
  const after = `Then ${lines.join(' ')} up again`;
  expect(diffWords(before, `${after}.`)).toEqual([
    { type: 'removed', text: 'First ' },
    { type: 'added', text: 'Then ' },
    { type: 'same', text: `${lines.join(' ')} up` },
    { type: 'added', text: ' again.' },
  ]);
});
