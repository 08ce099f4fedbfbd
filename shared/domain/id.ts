/**
 * Ids: a time prefix, so that ids made later sort later, and a random rest. `time (9) | random`, both in
 * Crockford's base 32 in lower case. An entry id has 16 characters (35 random bits, so two in the same millisecond
 * collide once in 34 thousand million), an incident id 22 (65 random bits: it cannot be guessed).
 */

import type { Instant } from './time.ts';

export type EntryId = string;
/** Made as an entry's is. */
export type RewriteId = string;
export type IncidentId = string;
export type PersonId = string;
export type DeviceId = string;

/** Fills the array with random bytes, as `crypto.getRandomValues` does; it works on plain http too. */
export type RandomBytes = (into: Uint8Array<ArrayBuffer>) => void;

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const TIME_LENGTH = 9;
const ENTRY_LENGTH = 16;
const INCIDENT_LENGTH = 22;
const OWNER_LENGTH = 10;

/**
 * Makes ids that grow, even within one millisecond or while the clock goes back: lines logged together stay in the
 * order they were logged, because the id is what the timeline is sorted by last.
 */
export function createEntryIds(random: RandomBytes): (now: Instant) => EntryId {
  let last: Instant = 0;
  return (now) => {
    last = Math.max(last + 1, Math.floor(now));
    return toTimePrefix(last) + randomText(ENTRY_LENGTH - TIME_LENGTH, random);
  };
}

export function newIncidentId(now: Instant, random: RandomBytes): IncidentId {
  return toTimePrefix(now) + randomText(INCIDENT_LENGTH - TIME_LENGTH, random);
}

/** For people and devices: random alone, because when a phone was first used is nobody's business. */
export function newOwnerId(random: RandomBytes): PersonId & DeviceId {
  return randomText(OWNER_LENGTH, random);
}

/** A secret only its device and the server know: 160 random bits. */
export function newDeviceToken(random: RandomBytes): string {
  return randomText(32, random);
}

export function isEntryId(value: unknown): value is EntryId {
  return isIdOf(value, ENTRY_LENGTH);
}

export function isIncidentId(value: unknown): value is IncidentId {
  return isIdOf(value, INCIDENT_LENGTH);
}

export function isOwnerId(value: unknown): value is PersonId {
  return isIdOf(value, OWNER_LENGTH);
}

function isIdOf(value: unknown, length: number): value is string {
  if (typeof value !== 'string' || value.length !== length) return false;
  return [...value].every((character) => ALPHABET.includes(character));
}

function toTimePrefix(now: Instant): string {
  let rest = Math.max(0, Math.floor(now));
  let text = '';
  for (let i = 0; i < TIME_LENGTH; i++) {
    text = ALPHABET.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

function randomText(length: number, random: RandomBytes): string {
  const bytes = new Uint8Array(length);
  random(bytes);
  let text = '';
  for (const byte of bytes) text += ALPHABET.charAt(byte % 32);
  return text;
}
