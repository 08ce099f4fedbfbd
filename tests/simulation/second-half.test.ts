import './globals.ts';
import { test } from 'vitest';
import { HISTORIES, playShare } from './share.ts';

test(`[Z6] the even half of ${HISTORIES} histories keeps every promise`, () => playShare(0));
