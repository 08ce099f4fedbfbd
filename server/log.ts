/** Structured logs to standard output. What people write in an incident never gets into them. */

import { type Logger, pino } from 'pino';
import type { Config } from './config.ts';

export type Log = Logger;

export function createLog(level: Config['logLevel']): Log {
  return pino({ level, base: null, redact: ['req.headers.cookie', 'req.headers.authorization'] });
}
