/** Small values of this phone: who uses it, how it shows times, where the directory was last read. */

import { isOwnerId } from '../../shared/domain/id.ts';
import {
  DEFAULT_PREFERENCES,
  type Identity,
  type Preferences,
} from '../../shared/domain/preferences.ts';
import type { Database } from './database.ts';

export async function readIdentity(db: Database): Promise<Identity | null> {
  const value = await readSetting(db, 'identity');
  if (!isRecord(value)) return null;
  const { person, device, name } = value;
  if (!isOwnerId(person) || !isOwnerId(device) || typeof name !== 'string') return null;
  return { person, device, name };
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

async function readSetting(db: Database, key: string): Promise<unknown> {
  return (await db.settings.get(key))?.value;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
