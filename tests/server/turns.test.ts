import { expect, test } from 'vitest';
import { createTurns } from '../../server/sync/turns.ts';

test('[N52] in a room that is never quiet, who waits for the disk is served before the next change', () => {
  const turns = createTurns();
  const told: string[] = [];
  const write = (word: string) => (): void => {
    turns.depart();
    told.push(word);
  };
  turns.inTurn(write('first'));
  turns.whenAllArrived(() => told.push('answer'));
  turns.inTurn(write('second'));
  turns.inTurn(write('third'));
  turns.whenAllArrived(() => told.push('later answer'));
  expect(told).toEqual(['first']);
  expect(turns.arrive()).toBe(true);
  // They are under way together, and nothing of them was shown.
  expect(told).toEqual(['first', 'answer', 'second', 'third']);
  expect(turns.underWay()).toBe(2);
  turns.arrive();
  expect(told).toHaveLength(4);
  turns.arrive();
  expect(told.at(-1)).toBe('later answer');
  expect(turns.underWay()).toBe(0);
});
