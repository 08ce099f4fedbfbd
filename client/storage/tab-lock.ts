/** One tab among several does what only one should do. Without Web Locks (plain http) every tab does it. */

/**
 * @param onHeld called once this tab holds the lock; `late` when it had to wait for another tab
 * @returns a function that gives the lock up, or stops waiting for it
 */
export function holdTabLock(name: string, onHeld: (late: boolean) => void): () => void {
  if (!('locks' in navigator)) {
    onHeld(false);
    return () => undefined;
  }
  const abort = new AbortController();
  let release = (): void => undefined;
  let late = false;
  const hold = (): Promise<void> =>
    new Promise((resolve) => {
      release = resolve;
      onHeld(late);
    });
  navigator.locks
    .request(name, { ifAvailable: true }, (lock) => {
      if (lock) return hold();
      late = true;
      return undefined;
    })
    .then(() =>
      late && !abort.signal.aborted
        ? navigator.locks.request(name, { signal: abort.signal }, hold)
        : undefined,
    )
    .catch((cause: unknown) => {
      if (!abort.signal.aborted) throw cause;
    });
  return () => {
    abort.abort();
    release();
  };
}

/** @returns a function that gives the lock up; null when another tab still holds it after `patience` ms */
export async function tryTabLock(name: string, patience = 0): Promise<(() => void) | null> {
  if (!('locks' in navigator)) return takeByAsking(name);
  const options: LockOptions =
    patience > 0 ? { signal: AbortSignal.timeout(patience) } : { ifAvailable: true };
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(name, options, (lock) => {
        if (lock) return new Promise<void>((release) => resolve(() => release()));
        resolve(null);
        return undefined;
      })
      .catch((cause: unknown) => {
        if (options.signal?.aborted) resolve(null);
        else reject(cause);
      });
  });
}

/**
 * Plain http has no Web Locks, so the tabs ask each other. A tab the browser has frozen cannot answer: what is taken
 * this way may have an owner who wakes again, and nothing may be written over theirs.
 */
export const hasTabLocks = 'locks' in navigator;

const heldInPage = new Set<string>();
/** What this page asks for right now, each with the number that settles who comes first. */
const askedInPage = new Map<string, number>();
const ANSWER_MILLIS = 300;
let channel: BroadcastChannel | null = null;

async function takeByAsking(name: string): Promise<(() => void) | null> {
  if (heldInPage.has(name) || askedInPage.has(name)) return null;
  channel ??= openChannel();
  const rank = Math.random();
  askedInPage.set(name, rank);
  const isTaken = await isHeldElsewhere(channel, { says: 'whose', name, rank });
  askedInPage.delete(name);
  return isTaken ? null : holdInPage(name);
}

/** For a name nobody else can have; the others are told of it when they ask. */
export function holdInPage(name: string): () => void {
  channel ??= openChannel();
  heldInPage.add(name);
  return () => heldInPage.delete(name);
}

type Word = { readonly says: 'whose' | 'mine'; readonly name: string; readonly rank: number };

/** Answers the others for as long as the page is there. */
function openChannel(): BroadcastChannel {
  const opened = new BroadcastChannel('tab-locks');
  opened.addEventListener('message', ({ data: { says, name, rank } }: MessageEvent<Word>) => {
    if (says !== 'whose') return;
    if (!heldInPage.has(name) && (askedInPage.get(name) ?? -1) < rank) return;
    const word: Word = { says: 'mine', name, rank };
    opened.postMessage(word);
  });
  return opened;
}

function isHeldElsewhere(asked: BroadcastChannel, question: Word): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => end(false), ANSWER_MILLIS);
    const onWord = ({ data }: MessageEvent<Word>): void => {
      if (data.says === 'mine' && data.name === question.name) end(true);
    };
    function end(isHeld: boolean): void {
      clearTimeout(timer);
      asked.removeEventListener('message', onWord);
      resolve(isHeld);
    }
    asked.addEventListener('message', onWord);
    asked.postMessage(question);
  });
}
