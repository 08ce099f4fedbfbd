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
  expect(diffWords('pool is full', 'pool was full')).toEqual([
    { type: 'same', text: 'pool ' },
    { type: 'removed', text: 'is ' },
    { type: 'added', text: 'was ' },
    { type: 'same', text: 'full' },
  ]);
});
