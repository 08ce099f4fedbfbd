/** One tab among several does what only one should do. Without Web Locks (plain http) every tab does it. */

/** The part of the browser's `LockManager` that is used. */
export type LockPort = {
  request(
    name: string,
    options: { readonly ifAvailable?: boolean; readonly signal?: AbortSignal },
    callback: (lock: unknown) => Promise<void> | undefined,
  ): Promise<unknown>;
};

export type TabLocks = {
  /**
   * False on plain http, where the tabs ask each other. A tab the browser has frozen cannot answer: what is taken this
   * way may have an owner who wakes again, and nothing may be written over theirs.
   */
  readonly areCertain: boolean;
  /**
   * @param onHeld called once this tab holds the lock; `late` when it had to wait for another tab
   * @returns a function that gives the lock up, or stops waiting for it
   */
  hold(name: string, onHeld: (late: boolean) => void): () => void;
  /** @returns a function that gives the lock up; null when another tab still holds it after `patience` ms */
  take(name: string, patience?: number): Promise<(() => void) | null>;
  /** For a name nobody else can have; the others are told of it when they ask. */
  holdInPage(name: string): () => void;
};

export function createTabLocks(options: {
  /** Left out where the browser has none. */
  readonly locks: LockPort | undefined;
  readonly openChannel: (name: string) => BroadcastChannel;
  /** In [0, 1). */
  readonly random: () => number;
}): TabLocks {
  const { locks } = options;
  const asking = createAsking(options.openChannel, options.random);
  if (!locks) {
    return {
      areCertain: false,
      hold(_name, onHeld) {
        onHeld(false);
        return () => undefined;
      },
      take: asking.take,
      holdInPage: asking.holdInPage,
    };
  }
  return {
    areCertain: true,
    hold: (name, onHeld) => holdLock(locks, name, onHeld),
    take: (name, patience = 0) => takeLock(locks, name, patience),
    holdInPage: asking.holdInPage,
  };
}

function holdLock(locks: LockPort, name: string, onHeld: (late: boolean) => void): () => void {
  const abort = new AbortController();
  let release = (): void => undefined;
  let late = false;
  const hold = (): Promise<void> =>
    new Promise((resolve) => {
      release = resolve;
      onHeld(late);
    });
  locks
    .request(name, { ifAvailable: true }, (lock) => {
      if (lock) return hold();
      late = true;
      return undefined;
    })
    .then(() =>
      late && !abort.signal.aborted
        ? locks.request(name, { signal: abort.signal }, hold)
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

async function takeLock(
  locks: LockPort,
  name: string,
  patience: number,
): Promise<(() => void) | null> {
  const signal = patience > 0 ? AbortSignal.timeout(patience) : null;
  return new Promise((resolve, reject) => {
    locks
      .request(name, signal ? { signal } : { ifAvailable: true }, (lock) => {
        if (lock) return new Promise<void>((release) => resolve(() => release()));
        resolve(null);
        return undefined;
      })
      .catch((cause: unknown) => {
        if (signal?.aborted) resolve(null);
        else reject(cause);
      });
  });
}

type Word = { readonly says: 'whose' | 'mine'; readonly name: string; readonly rank: number };

const ANSWER_MILLIS = 300;

function createAsking(openChannel: (name: string) => BroadcastChannel, random: () => number) {
  const heldInPage = new Set<string>();
  /** What this page asks for right now, each with the number that settles who comes first. */
  const askedInPage = new Map<string, number>();
  let channel: BroadcastChannel | null = null;

  /** Answers the others for as long as the page is there. */
  function open(): BroadcastChannel {
    const opened = openChannel('tab-locks');
    opened.addEventListener('message', ({ data: { says, name, rank } }: MessageEvent<Word>) => {
      if (says !== 'whose') return;
      if (!heldInPage.has(name) && (askedInPage.get(name) ?? -1) < rank) return;
      const word: Word = { says: 'mine', name, rank };
      opened.postMessage(word);
    });
    return opened;
  }

  function holdInPage(name: string): () => void {
    channel ??= open();
    heldInPage.add(name);
    return () => heldInPage.delete(name);
  }

  return {
    holdInPage,
    async take(name: string): Promise<(() => void) | null> {
      if (heldInPage.has(name) || askedInPage.has(name)) return null;
      channel ??= open();
      const rank = random();
      askedInPage.set(name, rank);
      const isTaken = await isHeldElsewhere(channel, { says: 'whose', name, rank });
      askedInPage.delete(name);
      return isTaken ? null : holdInPage(name);
    },
  };
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
