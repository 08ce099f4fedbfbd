/**
 * While the disk does not say who this phone is, its tabs tell each other: to the server two identities are two devices,
 * and it takes what one of them wrote from no other.
 */

import type { Identity } from '../../shared/domain/preferences.ts';

export type TabsAgree = {
  /**
   * Asks the other tabs. Of those that ask at the same time the one with the lowest rank is who it would be.
   * @param fresh who this tab would be
   * @returns who the phone is
   */
  ask(fresh: Identity): Promise<Identity>;
  /** From now on whoever asks is told. */
  tell(identity: () => Identity): void;
};

type Word =
  | { readonly says: 'whose'; readonly rank: number }
  | { readonly says: 'mine'; readonly identity: Identity };

/** One question may go unheard, or its answer come late on a page that is still loading: it is asked in rounds. */
const ROUND_MILLIS = 50;
const ROUNDS = 3;

export function createTabsAgree(
  openChannel: (name: string) => BroadcastChannel,
  /** In [0, 1). */
  random: () => number,
): TabsAgree {
  const channel = openOrNull(openChannel);
  if (!channel) return { ask: async (fresh) => fresh, tell: () => undefined };
  let known: (() => Identity) | null = null;
  let asking: ((word: Word) => void) | null = null;
  const say = (word: Word): void => channel.postMessage(word);

  channel.onmessage = ({ data }: MessageEvent<Word>) => {
    if (asking) asking(data);
    else if (data.says === 'whose' && known) say({ says: 'mine', identity: known() });
  };

  return {
    ask: (fresh) =>
      new Promise((resolve) => {
        if (known) {
          resolve(known());
          return;
        }
        const rank = random();
        /** Since nobody of a lower rank was heard: it goes on asking for as long as it is there. */
        let rounds = 0;
        let hasAnswered = false;
        let timer: ReturnType<typeof setTimeout> | null = null;
        asking = (word) => {
          if (word.says === 'mine') end(word.identity);
          else if (word.rank < rank) rounds = 0;
          else if (!hasAnswered) {
            // The rounds of a hidden page are long: who has just come is to hear of it before the next one.
            hasAnswered = true;
            say({ says: 'whose', rank });
          }
        };
        function askAgain(): void {
          if (rounds === ROUNDS) {
            say({ says: 'mine', identity: fresh });
            end(fresh);
            return;
          }
          rounds += 1;
          hasAnswered = false;
          say({ says: 'whose', rank });
          timer = setTimeout(askAgain, ROUND_MILLIS);
        }
        function end(identity: Identity): void {
          if (timer) clearTimeout(timer);
          asking = null;
          known ??= () => identity;
          resolve(identity);
        }
        askAgain();
      }),
    tell(identity) {
      known = identity;
    },
  };
}

/** Browsers that block the storage of a site throw. */
function openOrNull(openChannel: (name: string) => BroadcastChannel): BroadcastChannel | null {
  try {
    return openChannel('who-is-this');
  } catch {
    return null;
  }
}
