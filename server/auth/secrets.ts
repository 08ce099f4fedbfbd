/** Secrets the server hands out once and keeps only a hash of. */

import { createHash, randomBytes, randomInt } from 'node:crypto';

/** Crockford's letters: none that is mistaken for another when read aloud. */
const CODE_LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_CHARS = 8;

/** @returns 256 random bits, base64url */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** @returns 128 random bits, base64url: for ids that are no secret and must not be guessed */
export function newId(): string {
  return randomBytes(16).toString('base64url');
}

/** @returns 40 random bits as `ABCD-EFGH` */
export function newCode(): string {
  const letters = Array.from({ length: CODE_CHARS }, () => CODE_LETTERS[randomInt(32)]).join('');
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}

/** What somebody typed or read aloud, as it was made: O is 0, I and L are 1, and case and gaps are nobody's concern. */
export function toCode(typed: string): string | null {
  const letters = typed
    .toUpperCase()
    .replaceAll(/[\s-]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  const isCode =
    letters.length === CODE_CHARS && [...letters].every((one) => CODE_LETTERS.includes(one));
  return isCode ? `${letters.slice(0, 4)}-${letters.slice(4)}` : null;
}

/** @returns SHA-256, base64url. No salt: what is hashed is random already, and is looked up by this. */
export function toHash(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
