/** Whether a proxy stands between: then whoever asks is not at this machine, wherever the connection comes from. */

import type { IncomingHttpHeaders } from 'node:http';

const BY_PROXIES = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
  'via',
];

/** It only ever takes rights away, so whoever sends it by hand harms nobody. */
export function isForwarded(headers: IncomingHttpHeaders): boolean {
  return BY_PROXIES.some((name) => headers[name] !== undefined);
}
