/** Small values of this phone: who uses it, how it shows times, where the directory was last read. */

import type { Measured } from '../../shared/domain/clock-watch.ts';
import { isOwnerId } from '../../shared/domain/id.ts';
import {
  DEFAULT_PREFERENCES,
  type Identity,
  type Preferences,
} from '../../shared/domain/preferences.ts';
import type { PhoneLog } from './phone-log.ts';

type Settings = Pick<PhoneLog, 'readSetting' | 'writeSetting' | 'makeSetting'>;

/** An identity from before devices had a token has none. */
export type KnownIdentity = Omit<Identity, 'token'> & { readonly token: string | null };

export async function readIdentity(log: Settings): Promise<KnownIdentity | null> {
  return toIdentity(await log.readSetting('identity'));
}

/** Of tabs that open at once the first one says who this phone is. @returns who it is */
export async function makeIdentity(log: Settings, fresh: Identity): Promise<KnownIdentity> {
  return toIdentity(await log.makeSetting('identity', fresh)) ?? fresh;
}

function toIdentity(value: unknown): KnownIdentity | null {
  if (!isRecord(value)) return null;
  const { person, device, name, token } = value;
  if (!isOwnerId(person) || !isOwnerId(device) || typeof name !== 'string') return null;
  return { person, device, name, token: typeof token === 'string' ? token : null };
}

export async function writeIdentity(log: Settings, identity: Identity): Promise<void> {
  await log.writeSetting('identity', identity);
}

export async function readPreferences(log: Settings): Promise<Preferences> {
  const value = await log.readSetting('preferences');
  if (!isRecord(value)) return DEFAULT_PREFERENCES;
  const { zone, theme } = value;
  return {
    zone: zone === 'utc' || zone === 'home' ? zone : 'viewer',
    theme: theme === 'dark' || theme === 'light' ? theme : 'system',
  };
}

export async function writePreferences(log: Settings, preferences: Preferences): Promise<void> {
  await log.writeSetting('preferences', preferences);
}

/** @returns null when the clock was never measured */
export async function readMeasuredClock(log: Settings): Promise<Measured | null> {
  const value = await log.readSetting('clock');
  if (!isRecord(value)) return null;
  const { offset, error, at } = value;
  if (typeof offset !== 'number' || typeof error !== 'number' || typeof at !== 'number')
    return null;
  return { offset, error, at };
}

export async function writeMeasuredClock(log: Settings, measured: Measured): Promise<void> {
  await log.writeSetting('clock', measured);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
