import { expect, test } from 'vitest';
import { createDrafts } from '../../../client/storage/drafts.ts';
import { createTabLocks } from '../../../client/storage/tab-lock.ts';
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
