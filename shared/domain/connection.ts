/** Whether the server is in reach, as the person is told. */

import type { Instant } from './time.ts';

export type ConnectionState =
  | { readonly type: 'connecting' }
  | { readonly type: 'online' }
  | { readonly type: 'offline'; readonly since: Instant }
  /** The server ended it for good; the sentence says why. */
  | { readonly type: 'ended'; readonly sentence: string };

/** Offline keeps the time it began, however often another try fails. */
export function toOffline(current: ConnectionState, now: Instant): ConnectionState {
  return current.type === 'offline' || current.type === 'ended'
    ? current
    : { type: 'offline', since: now };
}
