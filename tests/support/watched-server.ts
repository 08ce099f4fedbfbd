/** The server as `main.ts` starts it, in a process that answers, when asked, how long its event loop was ever held up. */

import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createLog } from '../../server/log.ts';
import { serve } from '../../server/serve.ts';
import { toConfig } from './config.ts';

const CLIENT_DIR = join(import.meta.dirname, '..', '..', 'dist', 'client');
const NANOS_IN_MILLI = 1_000_000;

const { PORT = '0', DATA_DIR = './data', LOG_LEVEL = 'silent' } = process.env;
const config = toConfig({ PORT, DATA_DIR, LOG_LEVEL });
const server = await serve(config, createLog(config.logLevel), CLIENT_DIR);
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
process.on('message', () => process.send?.({ maxLoopMillis: delay.max / NANOS_IN_MILLI }));
console.info(`Logline is at ${server.url}`);
