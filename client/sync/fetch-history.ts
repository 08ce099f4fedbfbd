/** The log of an incident, as the server keeps it. */

import { decodeLogRows, type LogRow } from '../../shared/protocol/log-rows.ts';
import { toHistoryPath } from '../../shared/protocol/side-doors.ts';

export type Fetch = (path: string, init: RequestInit) => Promise<Response>;

/** @returns null where the server cannot be reached, or has nothing of it yet */
export async function fetchHistory(
  fetchFrom: Fetch,
  id: string,
): Promise<readonly LogRow[] | null> {
  try {
    const response = await fetchFrom(toHistoryPath(id), { cache: 'no-store' });
    if (!response.ok) return null;
    return decodeLogRows(new Uint8Array(await response.arrayBuffer()));
  } catch {
    return null; // no network, or bytes that are no log, as behind a captive portal
  }
}
