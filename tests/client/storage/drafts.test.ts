import { expect, test } from 'vitest';
import { createDraftState } from '../../../client/screens/composer/draft-state.ts';
import { createDrafts } from '../../../client/storage/drafts.ts';
import { createTabLocks } from '../../../client/storage/tab-lock.ts';
import type { Draft } from '../../../shared/domain/draft.ts';
import { AT_ONCE, createMemoryDisk } from '../../support/memory-disk.ts';

test('[C19g] a line sent while an older text of it is being written leaves nothing in the field', async () => {
  const released: (() => void)[] = [];
  let isSlow = true;
  const disk = createMemoryDisk();
  const log = disk.open({
    ...AT_ONCE,
    async transact(_kind, act) {
      if (isSlow) await new Promise<void>((resolve) => released.push(resolve));
      return act();
    },
  });
  const drafts = createDrafts({
    log,
    tabs: createTabLocks({
      locks: undefined,
      openChannel: (name) => new BroadcastChannel(name),
      random: () => 0,
    }),
    onFailed: () => undefined,
    newName: () => 'own',
  });
  const draft = { key: 'checkout', kind: 'action', firstTouch: 1, occurred: null } as const;
  drafts.write({ ...draft, text: 'Pool ba', lastTouch: 3 });
  drafts.write({ ...draft, text: 'Pool back to 40', lastTouch: 5 });
  const spent = { key: 'checkout', text: 'Pool back to 40', lastTouch: 5 };
  drafts.spend(spent);
  isSlow = false;
  for (const release of released) release();
  await drafts.settled();
  expect(disk.drafts.get('checkout')?.text).toBe('Pool ba');
  const bytes = new Uint8Array([1]);
  await log.appendLocal([{ doc: 'checkout', bytes, lines: ['a'], spentDraft: spent }]);
  expect(disk.drafts.size).toBe(0);
});

for (const where of ['https', 'http']) {
  test(`[C19h] a draft that cannot be read stays where it is, and hides no older one: ${where}`, async () => {
    const disk = createMemoryDisk();
    const log = disk.open();
    const half = { kind: 'action', firstTouch: 1, occurred: null } as const;
    const older: Draft = { ...half, key: 'checkout', text: 'Pool ba', lastTouch: 2 };
    const newer: Draft = { ...half, key: 'checkout#2', text: 'Rolled b', lastTouch: 3 };
    const unreadable: readonly Draft[] = JSON.parse(`[
      { "key": "checkout#3", "text": "Half", "kind": "a newer app's", "lastTouch": 5 },
      { "key": "checkout#4", "text": 7, "kind": "action", "lastTouch": 4 }
    ]`);
    for (const draft of [older, newer, ...unreadable]) await log.writeDraft(draft);
    let names = 0;
    const drafts = createDrafts({
      log,
      tabs: createTabLocks({
        locks: where === 'https' ? navigator.locks : undefined,
        openChannel: (name) => new BroadcastChannel(name),
        random: () => 0,
      }),
      onFailed: () => undefined,
      newName() {
        names += 1;
        return `own${names}`;
      },
    });
    const actions = {
      claimLeftDraft: drafts.claimLeft,
      claimEmptyDraft: drafts.claimEmpty,
      writeDraft: drafts.write,
      readClock: () => null,
    };
    const field = createDraftState(actions, 'checkout');
    await field.open();
    expect(field.text()).toBe(newer.text);
    field.clear('action');
    await expect.poll(field.text).toBe(older.text);
    for (const draft of unreadable) expect(disk.drafts.get(draft.key)).toEqual(draft);
    field.close();
  });
}
