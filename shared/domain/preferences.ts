/** Who uses this phone, and how they like to see things. */

import type { DeviceId, PersonId } from './id.ts';
import type { Zone } from './time.ts';

export type Identity = {
  /** Proves to the server that it is this device that speaks; nobody else ever sees it. */
  readonly token: string;
  readonly person: PersonId;
  readonly device: DeviceId;
  /** Empty until the person gave one. */
  readonly name: string;
};

/** Whose wall clock the log shows: this phone's, nobody's, or the incident's home zone. */
export type ShownZone = 'viewer' | 'utc' | 'home';
export function toZone(
  shown: ShownZone,
  zones: { readonly viewer: Zone; readonly home: Zone },
): Zone {
  return shown === 'utc' ? 'UTC' : zones[shown];
}

export type Theme = 'system' | 'dark' | 'light';

export type Preferences = { readonly zone: ShownZone; readonly theme: Theme };

export const DEFAULT_PREFERENCES: Preferences = { zone: 'viewer', theme: 'system' };
