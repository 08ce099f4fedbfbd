/**
 * What a socket may do is found out when it opens. When that changes, or runs out, the socket is closed: for good where
 * nothing is left of it, and otherwise so that it comes back at once and is let in as what its person is by now.
 */

import type { Doorkeeper, Pass } from '../auth/doorkeeper.ts';
import type { Log } from '../log.ts';
import { closeSocket, type VisitSocket } from './visit.ts';

/** Longer timers end at once. */
const MAX_TIMER_MILLIS = 2 ** 31 - 1;
/** In case nobody told: what changed is heeded by then. */
const LOOK_EVERY_MILLIS = 30_000;

export function heedRights(options: {
  readonly socket: VisitSocket;
  /** A well-formed incident id. */
  readonly id: string;
  readonly pass: Pass;
  readonly admit: () => Promise<Pass>;
  readonly watch: Doorkeeper['watch'];
  readonly log: Log;
  /** ms since 1970 */
  readonly now: () => number;
}): void {
  const { socket, id, pass, admit, watch, log, now } = options;
  const level = pass.levelIn(id);
  let ending: NodeJS.Timeout | null = null;

  function planEnd({ endsAt }: Pass): void {
    if (ending) clearTimeout(ending);
    if (endsAt === null) return;
    const millis = Math.min(Math.max(1, endsAt - now()), MAX_TIMER_MILLIS);
    ending = setTimeout(look, millis).unref();
  }

  function look(): void {
    admit().then(
      (found) => {
        if (found.principal.type === 'nobody') closeSocket(socket, 'signedOut');
        else if (found.levelIn(id) === 'none') closeSocket(socket, 'noSuchRoom');
        else if (found.levelIn(id) !== level) closeSocket(socket, 'rightsChanged');
        else planEnd(found);
      },
      (err) => {
        // Whoever cannot be known is not let on; the phone comes back.
        log.error({ err, room: id }, 'rights could not be read');
        closeSocket(socket, 'rightsChanged');
      },
    );
  }

  planEnd(pass);
  const stop = watch(pass.principal, look);
  const looking = setInterval(look, LOOK_EVERY_MILLIS).unref();
  socket.once('close', () => {
    stop();
    clearInterval(looking);
    if (ending) clearTimeout(ending);
  });
}
