/**
 * What goes by http beside the socket.
 *
 * | request | body | answer |
 * |---|---|---|
 * | `GET /api/incidents/<id>/snapshot` | | everything, one Yjs update (V1), gzip; `ETag` is `"<lineage>-<position>"` |
 * | `GET /api/incidents/<id>/history` | | every row of the log, as `log-rows.ts` writes them, gzip |
 * | `POST /api/incidents/<id>/updates` | a Yjs update (V1) | `{position}` once it is on the disk |
 *
 * A `POST` says with headers which device brings it and for whom; 409: it waits for what has not come yet, 422:
 * refused for good, 503: try again. Relayed is what holds the words of others, after a server went back to a backup.
 * Such a server takes what comes under ids it never heard of as relayed, whether or not it is said to be.
 */

import type { Hello } from './frames.ts';

export const DEVICE_HEADER = 'x-logline-device';
export const PERSON_HEADER = 'x-logline-person';
export const RELAYED_HEADER = 'x-logline-relayed';

/** What the page asks the browser to wake the service worker for, once the network is back. */
export const UNSENT_TAG = 'unsent';

export function toSnapshotPath(id: string): string {
  return `/api/incidents/${id}/snapshot`;
}

export function toHistoryPath(id: string): string {
  return `/api/incidents/${id}/history`;
}

export function toUpdatesPath(id: string): string {
  return `/api/incidents/${id}/updates`;
}

export function toUpdateHeaders(
  { token, person }: Pick<Hello, 'token' | 'person'>,
  isRelayed: boolean,
): Readonly<Record<string, string>> {
  return {
    'content-type': 'application/octet-stream',
    [DEVICE_HEADER]: token,
    [PERSON_HEADER]: person,
    ...(isRelayed ? { [RELAYED_HEADER]: 'yes' } : {}),
  };
}
