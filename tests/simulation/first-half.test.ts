import './globals.ts';
import { test } from 'vitest';
import { HISTORIES, playFailedOnce, playShare, playTwice } from './share.ts';

test('[Z4] a seed is one history, step by step', async () => {
  for (const seed of [5, 6, 7]) await playTwice(seed);
});

test('[Z5] histories that failed once keep every promise', playFailedOnce);

test(`[Z6] the odd half of ${HISTORIES} histories keeps every promise`, () => playShare(1));
