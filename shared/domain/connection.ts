/** Whether the server is in reach and the phone can store, as the person is told. */

import type { Instant } from './time.ts';

export type ConnectionState =
  | { readonly type: 'connecting' }
  /** `isReadOnly`: the server takes nothing from this person here. */
  | { readonly type: 'online'; readonly isReadOnly?: boolean }
  | { readonly type: 'offline'; readonly since: Instant }
  /** The server ended it for good; the sentence says why. */
  | { readonly type: 'ended'; readonly sentence: string };

/** Known only while the server is there to say so; what is written meanwhile waits. */
export function isReadOnly(state: ConnectionState): boolean {
  return state.type === 'online' && state.isReadOnly === true;
}

/** Offline keeps the time it began, however often another try fails. */
export function toOffline(current: ConnectionState, now: Instant): ConnectionState {
  return current.type === 'offline' || current.type === 'ended'
    ? current
    : { type: 'offline', since: now };
}

/** Why the phone cannot store: `full` means its storage, `lost` that the browser's database does not answer. */
export type StorageTrouble = { readonly why: 'full' | 'lost'; readonly since: Instant };

/** What could not be read. It was kept aside or not taken at all; the rest is unharmed. */
export type Damage = { readonly rows: number; readonly messages: number };

export const NO_DAMAGE: Damage = { rows: 0, messages: 0 };
