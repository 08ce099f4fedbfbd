/** The thread that compacts: bytes in, bytes out. It never sees the database. */

import { parentPort } from 'node:worker_threads';
import { type CompactionInput, compactRows } from './compact.ts';

parentPort?.on('message', (input: CompactionInput) => {
  parentPort?.postMessage(compactRows(input));
});
