/** A device proves itself by a secret of its own. Only a hash of it is kept, so that a backup gives none away. */

import { createHash } from 'node:crypto';

const KEY_CHARS = 22;

/** @returns '' for a client that has no secret; otherwise 132 bits of its SHA-256, base64url */
export function toDeviceKey(token: string): string {
  if (token === '') return '';
  return createHash('sha256').update(token).digest('base64url').slice(0, KEY_CHARS);
}
