/**
 * While the disk does not say who this phone is, its tabs tell each other: to the server two identities are two devices,
 * and it takes what one of them wrote from no other.
 */

import type { Identity } from '../../shared/domain/preferences.ts';

export type TabsAgree = {
  /**
   * Asks the other tabs. Of two that ask at the same time the one with the lower rank is who it would be.
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

const ANSWER_MILLIS = 150;

export function createTabsAgree(
  openChannel: (name: string) => BroadcastChannel,
  /** In [0, 1). */
  random: () => number,
): TabsAgree {
  const channel = openChannel('who-is-this');
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
        const timer = setTimeout(() => end(fresh), ANSWER_MILLIS);
        asking = (word) => {
          if (word.says === 'mine') end(word.identity);
          else if (rank < word.rank) {
            say({ says: 'mine', identity: fresh });
            end(fresh);
          } else if (rank > word.rank) say({ says: 'whose', rank }); // it may not have been there to hear it
        };
        function end(identity: Identity): void {
          clearTimeout(timer);
          asking = null;
          known ??= () => identity;
          resolve(identity);
        }
        say({ says: 'whose', rank });
      }),
    tell(identity) {
      known = identity;
    },
  };
}
