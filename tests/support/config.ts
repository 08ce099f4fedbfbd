/** Settings for a server that a test or `npm run dev` starts. */

import { type Config, readConfig } from '../../server/config.ts';

/** @throws Error when a setting is bad */
export function toConfig(environment: Readonly<Record<string, string>>): Config {
  const outcome = readConfig(environment);
  if (!outcome.ok) throw new Error(outcome.problems.join('\n'));
  return outcome.config;
}
