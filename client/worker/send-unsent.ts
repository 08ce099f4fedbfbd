/**
 * Sends what waits when the browser says that the network is back, also with every page closed (Background Sync, a
 * W3C community draft; Chromium has it). Nothing is marked as sent here: the next page asks the server and hears its
 * word. What is sent twice is stored once.
 */

import { toUpdateHeaders, toUpdatesPath } from '../../shared/protocol/side-doors.ts';
import { readUnsent, type Sender, type Unsent } from './unsent-rows.ts';

/** Refused for good, or waiting for what only a page can bring: the page tells the person, and keeps everything. */
const FOR_THE_PAGE: readonly number[] = [409, 413, 422];

/** @throws when the server could not be reached or could not save: then the browser tries again later */
export async function sendUnsent(): Promise<void> {
  const found = await readUnsent();
  if (!found) return;
  const failures: unknown[] = [];
  // One incident that cannot be sent keeps no other on the phone.
  for (const one of found.unsent) {
    await send(one, found.sender).catch((cause: unknown) => failures.push(cause));
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Not everything was sent');
}

/** One after the other: each may need the one before. */
async function send({ incident, updates }: Unsent, sender: Sender): Promise<void> {
  for (const update of updates) {
    const response = await fetch(toUpdatesPath(incident), {
      method: 'POST',
      headers: toUpdateHeaders(sender, false),
      body: update.slice(),
    });
    if (FOR_THE_PAGE.includes(response.status)) return;
    if (!(response.ok && (await isStored(response)))) {
      throw new Error(`The answer was ${response.status}, and not that it is stored`);
    }
  }
}

/** Whoever stands between a phone and the network answers too, with a page of its own. */
async function isStored(response: Response): Promise<boolean> {
  const answer: unknown = await response.json().catch(() => null);
  return typeof answer === 'object' && answer !== null && 'position' in answer;
}
