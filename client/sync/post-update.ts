/** Updates by http: for what a socket cannot carry or has no time for. */

import type { Hello } from '../../shared/protocol/frames.ts';
import { toUpdateHeaders, toUpdatesPath } from '../../shared/protocol/side-doors.ts';

export type Post = {
  readonly id: string;
  readonly update: Uint8Array;
  readonly hello: Pick<Hello, 'token' | 'person'>;
  /** It holds what others wrote. */
  readonly isRelayed: boolean;
  /** Goes on when the page goes. Browsers take at most 64 KiB of that at a time. */
  readonly keepalive?: boolean;
};

export const MAX_KEEPALIVE_BYTES = 60 * 1024;

/** The server answered, and does not have it. The message is its sentence. */
export class NotTaken extends Error {}

/** Resolves when the server has it on its disk. @throws NotTaken; Error when the server cannot be reached */
export async function postUpdate(
  fetch: (path: string, init: RequestInit) => Promise<Response>,
  { id, update, hello, isRelayed, keepalive }: Post,
): Promise<void> {
  const response = await fetch(toUpdatesPath(id), {
    method: 'POST',
    headers: toUpdateHeaders(hello, isRelayed),
    body: update.slice(),
    keepalive: keepalive ?? false,
  });
  if (response.ok) return;
  // A proxy in between answers with a page.
  const isSentence = response.headers.get('content-type')?.startsWith('text/plain') ?? false;
  throw new NotTaken(isSentence ? await response.text() : `It answered ${response.status}.`);
}
