/**
 * Keeps the directory on the phone up to date. A request is held by the server until something changes, so the home
 * screen is told at once and an idle phone asks every 25 seconds. Hidden tabs do not ask.
 */

import { type ConnectionState, toOffline } from '../../shared/domain/connection.ts';
import { CLOSES } from '../../shared/protocol/close-codes.ts';
import {
  type DirectoryPage,
  decodeDirectoryPage,
  toDirectoryPath,
} from '../../shared/protocol/directory.ts';
import { MAX_DIRECTORY_WAIT_SECONDS } from '../../shared/protocol/limits.ts';
import type { Database } from '../storage/database.ts';
import { readDirectoryPlace, storeDirectory } from '../storage/home-rows.ts';
import { onWake } from './wake.ts';

const FIRST_RETRY_MILLIS = 1_000;
const LAST_RETRY_MILLIS = 30_000;
const GRACE_MILLIS = 10_000;

export function startDirectoryFeed(options: {
  readonly db: Database;
  readonly now: () => number;
  /** In [0, 1). */
  readonly random: () => number;
  readonly onState: (state: ConnectionState) => void;
  /** The server answered. */
  readonly onContact: () => void;
  /** The server said its lineage. @returns whether it went back to a backup, so that everything has to be asked anew */
  readonly onLineage: (lineage: number) => Promise<boolean>;
  /** What this phone may see has changed. */
  readonly onRights: () => void;
  /** The server does not know who this is, or not any more. */
  readonly onSignedOut: () => void;
  /** The phone could not keep what the server sent. */
  readonly onStorageFailed: (cause: unknown) => void;
}): () => void {
  const { db, now, random, onState, onContact, onLineage, onStorageFailed } = options;
  let state: ConnectionState = { type: 'connecting' };
  let retryAfter = FIRST_RETRY_MILLIS;
  /** Until the next answer it is not known whether the server is there, so the question must not be held. */
  let isUnsure = true;
  let isStopped = false;
  let interrupt = (): void => undefined;

  function setState(next: ConnectionState): void {
    if (next === state || (next.type === 'online' && state.type === 'online')) return;
    state = next;
    onState(state);
  }

  async function run(): Promise<void> {
    while (!isStopped) {
      if (document.visibilityState === 'hidden') await pause(null);
      else await askAndStore();
    }
  }

  async function askAndStore(): Promise<void> {
    try {
      const place = await readDirectoryPlace(db);
      const answer = await ask(place, isUnsure ? 0 : MAX_DIRECTORY_WAIT_SECONDS);
      if (answer === 'interrupted') return;
      if (answer === 'failed' || answer === 'signedOut') {
        isUnsure = true;
        const isOut = answer === 'signedOut';
        setState(
          isOut ? { type: 'ended', sentence: CLOSES.signedOut.sentence } : toOffline(state, now()),
        );
        if (isOut) options.onSignedOut();
        await pause(retryAfter * (0.5 + random() / 2));
        retryAfter = Math.min(retryAfter * 2, LAST_RETRY_MILLIS);
        return;
      }
      isUnsure = false;
      retryAfter = FIRST_RETRY_MILLIS;
      setState({ type: 'online' });
      onContact();
      if (answer.lineage !== null && (await onLineage(answer.lineage))) return;
      const isNews = answer.rev !== place.rev || answer.rows.length > 0 || answer.isWhole;
      if (answer.isWhole) options.onRights();
      if (isNews || (answer.scope ?? '') !== place.scope) await storeDirectory(db, answer);
    } catch (cause) {
      onStorageFailed(cause);
      await pause(LAST_RETRY_MILLIS);
    }
  }

  async function ask(
    { rev, scope }: { readonly rev: number; readonly scope: string },
    waitSeconds: number,
  ): Promise<DirectoryPage | 'failed' | 'interrupted' | 'signedOut'> {
    const abort = new AbortController();
    let isInterrupted = false;
    const timer = setTimeout(() => abort.abort(), waitSeconds * 1000 + GRACE_MILLIS);
    interrupt = () => {
      isInterrupted = true;
      abort.abort();
    };
    try {
      const response = await fetch(toDirectoryPath(rev, waitSeconds, scope), {
        cache: 'no-store',
        signal: abort.signal,
      });
      if (response.status === 401) return 'signedOut';
      // A captive portal or a proxy answers too, but not with a directory.
      return (response.ok ? decodeDirectoryPage(await response.json()) : null) ?? 'failed';
    } catch {
      return isInterrupted ? 'interrupted' : 'failed'; // no network, no server, no JSON: all the same here
    } finally {
      clearTimeout(timer);
    }
  }

  /** Until somebody wakes us, or for a time. */
  function pause(millis: number | null): Promise<void> {
    return new Promise((resolve) => {
      const timer = millis === null ? null : setTimeout(resolve, millis);
      interrupt = () => {
        if (timer) clearTimeout(timer);
        resolve();
      };
    });
  }

  const stopWaking = onWake(() => {
    isUnsure = true;
    retryAfter = FIRST_RETRY_MILLIS;
    interrupt();
  });
  void run();

  return () => {
    isStopped = true;
    stopWaking();
    interrupt();
  };
}
