import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { createTabsAgree } from '../../../client/actions/tabs-agree.ts';
import { newDeviceToken, newOwnerId } from '../../../shared/domain/id.ts';
import type { Identity } from '../../../shared/domain/preferences.ts';
import { createRandom } from '../../support/random.ts';

const ORDERS = [
  [1, 2, 3],
  [1, 3, 2],
  [2, 1, 3],
  [2, 3, 1],
  [3, 1, 2],
  [3, 2, 1],
];
/** ms until a tab hears what another said. */
const LATENCY_MILLIS = 10;

beforeEach(() => {
  vi.useFakeTimers();
  onTestFinished(() => {
    vi.useRealTimers();
  });
});

/** @param rank 1 to 9 @returns who it would be */
function toFresh(rank: number): Identity {
  const { bytes } = createRandom(rank);
  return {
    person: newOwnerId(bytes),
    device: newOwnerId(bytes),
    name: '',
    token: newDeviceToken(bytes),
  };
}

type Tab = {
  readonly rank: number;
  readonly opensAt: number;
  /** Left out: it stays. */
  readonly diesAt?: number;
};

/** @returns who each tab takes itself for, by the clock of the test */
async function openTabs(tabs: readonly Tab[]): Promise<readonly (Identity | undefined)[]> {
  const living = new Set<BroadcastChannel>();
  class SlowChannel extends BroadcastChannel {
    override postMessage(data: unknown): void {
      if (!living.has(this)) return;
      for (const end of living) {
        if (end === this) continue;
        setTimeout(() => {
          if (living.has(end)) end.onmessage?.(new MessageEvent('message', { data }));
        }, LATENCY_MILLIS);
      }
    }
  }
  const found = new Map<Tab, Identity>();
  for (const tab of tabs) {
    setTimeout(() => {
      const channel = new SlowChannel('slow');
      living.add(channel);
      const agree = createTabsAgree(
        () => channel,
        () => tab.rank / 10,
      );
      void agree.ask(toFresh(tab.rank)).then((identity) => found.set(tab, identity));
      if (tab.diesAt !== undefined)
        setTimeout(() => living.delete(channel), tab.diesAt - tab.opensAt);
    }, tab.opensAt);
  }
  vi.advanceTimersByTime(2_000);
  await vi.advanceTimersByTimeAsync(0);
  return tabs.map((tab) => found.get(tab));
}

test('[S18] three that open at once are one device, whoever of them comes first', async () => {
  for (const ranks of ORDERS) {
    const found = await openTabs(ranks.map((rank) => ({ rank, opensAt: 0 })));
    expect(found, `in the order ${ranks}`).toEqual(found.map(() => toFresh(1)));
  }
});

test('[S18] so are they when one opens in the moment another has waited long enough', async () => {
  for (const ranks of ORDERS) {
    for (let later = 0; later <= 200; later += 5) {
      const opensAt = [0, later, 2 * later];
      const found = await openTabs(ranks.map((rank, n) => ({ rank, opensAt: opensAt[n] ?? 0 })));
      expect(found[0]).toBeDefined();
      expect(found, `in the order ${ranks}, at ${opensAt} ms`).toEqual(found.map(() => found[0]));
    }
  }
});

test('[S18] so are two that waited for a third which is gone', async () => {
  const found = await openTabs([
    { rank: 1, opensAt: 0, diesAt: 60 },
    { rank: 2, opensAt: 0 },
    { rank: 3, opensAt: 0 },
  ]);
  expect(found.slice(1)).toEqual([toFresh(2), toFresh(2)]);
});

test('[S39] where no page can talk to another each is who it would be', async () => {
  const agree = createTabsAgree(
    () => {
      throw new DOMException('storage is blocked', 'SecurityError');
    },
    () => 0,
  );
  expect(await agree.ask(toFresh(1))).toEqual(toFresh(1));
  agree.tell(() => toFresh(2));
});
