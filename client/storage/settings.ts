/** Small values of this phone: who uses it, how it shows times, where the directory was last read. */

import type { Measured } from '../../shared/domain/clock-watch.ts';
import { isOwnerId } from '../../shared/domain/id.ts';
import {
  DEFAULT_PREFERENCES,
  type Identity,
  type Preferences,
} from '../../shared/domain/preferences.ts';
import type { Database } from './database.ts';

/** An identity from before devices had a token has none. */
export type KnownIdentity = Omit<Identity, 'token'> & { readonly token: string | null };

export async function readIdentity(db: Database): Promise<KnownIdentity | null> {
  const value = await readSetting(db, 'identity');
  if (!isRecord(value)) return null;
  const { person, device, name, token } = value;
  if (!isOwnerId(person) || !isOwnerId(device) || typeof name !== 'string') return null;
  return { person, device, name, token: typeof token === 'string' ? token : null };
}

export async function writeIdentity(db: Database, identity: Identity): Promise<void> {
  await db.settings.put({ key: 'identity', value: identity });
}

export async function readPreferences(db: Database): Promise<Preferences> {
  const value = await readSetting(db, 'preferences');
  if (!isRecord(value)) return DEFAULT_PREFERENCES;
  const { zone, theme } = value;
  return {
    zone: zone === 'utc' || zone === 'home' ? zone : 'viewer',
    theme: theme === 'dark' || theme === 'light' ? theme : 'system',
  };
}

export async function writePreferences(db: Database, preferences: Preferences): Promise<void> {
  await db.settings.put({ key: 'preferences', value: preferences });
}

/** @returns null when the clock was never measured */
export async function readMeasuredClock(db: Database): Promise<Measured | null> {
  const value = await readSetting(db, 'clock');
  if (!isRecord(value)) return null;
  const { offset, error, at } = value;
  if (typeof offset !== 'number' || typeof error !== 'number' || typeof at !== 'number')
    return null;
  return { offset, error, at };
}

export async function writeMeasuredClock(db: Database, measured: Measured): Promise<void> {
  await db.settings.put({ key: 'clock', value: measured });
}

async function readSetting(db: Database, key: string): Promise<unknown> {
  return (await db.settings.get(key))?.value;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
