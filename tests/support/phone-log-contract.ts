/** What everything a phone keeps its rows in keeps to, beside the contract of an update log. Runs in Node and in a browser. */

import { describe, expect, test } from 'vitest';
import type { LocalUpdate, PhoneLog, WaitingRow } from '../../client/storage/phone-log.ts';
import type { Draft } from '../../shared/domain/draft.ts';

const CHECKOUT = 'checkout';
const DRAFT: Draft = {
  key: CHECKOUT,
  text: 'x',
  kind: 'action',
  firstTouch: 1,
  lastTouch: 1,
  occurred: null,
};

const SPENT = { key: CHECKOUT, text: 'Pool back to 40' };

export function phoneLogContract(open: () => Promise<PhoneLog>): void {
  describe('phone log', () => {
    test('[Z1] what was written here waits until it is forgotten, and who watches is told of both', async () => {
      const log = await open();
      const watched = watch(log);
      await watched.next((rows) => rows.length === 0);
      const [first = 0, second = 0] = await log.appendLocal([local('a'), local('b')]);
      expect(second).toBeGreaterThan(first);
      const rows = [
        { position: first, doc: CHECKOUT, lines: ['a'] },
        { position: second, doc: CHECKOUT, lines: ['b'] },
      ];
      await watched.next((found) => found.length === 2);
      expect(await log.readWaiting(CHECKOUT)).toEqual(rows);
      expect(await log.readWaiting('search')).toEqual([]);
      const [other] = await log.appendLocal([{ ...local('c'), lines: [] }]);
      expect(await log.readWaiting(CHECKOUT)).toEqual(rows);
      await log.forgetWaiting([first]);
      await watched.next((found) => found.length === 1);
      expect(await log.readWaiting(CHECKOUT)).toEqual(rows.slice(1));
      const kept = (await log.read(CHECKOUT)).updates.map((row) => row.position);
      expect(kept).toEqual([first, second, other]);
      watched.stop();
    });

    test('[Z2] with a line its own draft goes, and no other', async () => {
      const log = await open();
      await log.writeDraft(DRAFT);
      await log.writeDraft({ ...DRAFT, key: `${CHECKOUT}#2`, text: 'other' });
      await log.appendLocal([{ ...local('a'), spentDraft: { ...SPENT, lastTouch: 0 } }]);
      expect(await log.readDraft(CHECKOUT)).toEqual(DRAFT);
      await log.appendLocal([{ ...local('b'), spentDraft: { ...SPENT, text: 'x', lastTouch: 1 } }]);
      expect(await log.readDraft(CHECKOUT)).toBeNull();
      expect((await log.readDrafts(CHECKOUT)).map(({ key }) => key)).toEqual([`${CHECKOUT}#2`]);
      await log.moveDraft(`${CHECKOUT}#2`, { ...DRAFT, key: `${CHECKOUT}#3` });
      expect((await log.readDrafts(CHECKOUT)).map(({ key }) => key)).toEqual([`${CHECKOUT}#3`]);
    });

    test('[C19g] an older text of the draft goes with the line it became, one begun since stays', async () => {
      const log = await open();
      await log.writeDraft({ ...DRAFT, text: 'Pool ba', lastTouch: 3 });
      await log.appendLocal([{ ...local('a'), spentDraft: { ...SPENT, lastTouch: 5 } }]);
      expect(await log.readDraft(CHECKOUT)).toBeNull();
      const next = { ...DRAFT, text: 'Next', firstTouch: 7, lastTouch: 7 };
      await log.writeDraft(next);
      await log.appendLocal([{ ...local('b'), spentDraft: { ...SPENT, lastTouch: 5 } }]);
      expect(await log.readDraft(CHECKOUT)).toEqual(next);
    });

    test('[Z3] settings, made once however many make them, and the marks of sent lines come back as they were', async () => {
      const log = await open();
      expect(await log.readSetting('clock')).toBeUndefined();
      await log.writeSetting('clock', { offset: 5 });
      expect(await log.readSetting('clock')).toEqual({ offset: 5 });
      expect(await log.makeSetting('clock', { offset: 6 })).toEqual({ offset: 5 });
      const made = await Promise.all([log.makeSetting('who', 1), log.makeSetting('who', 2)]);
      expect(made).toEqual([1, 1]);
      await log.noteSent([{ doc: CHECKOUT, line: 'a', position: 4 }]);
      await log.noteSent([{ doc: CHECKOUT, line: 'a', position: 7 }]);
      const found = await new Promise((resolve) => {
        log.watchSent(CHECKOUT)(resolve, resolve);
      });
      expect(found).toEqual([{ doc: CHECKOUT, line: 'a', position: 7 }]);
      await log.forgetSent();
      const left = await new Promise((resolve) => {
        log.watchSent(CHECKOUT)(resolve, resolve);
      });
      expect(left).toEqual([]);
      expect(await log.revive()).toBe(true);
    });

    test('[Z8] every incident that has an update or a snapshot here is known', async () => {
      const log = await open();
      expect(await log.readDocs()).toEqual([]);
      await log.appendLocal([local('a'), local('b')]);
      await log.append([{ doc: 'search', bytes: new Uint8Array([1]) }]);
      await log.addSnapshot('wide', 9, new Uint8Array([1]));
      expect([...(await log.readDocs())].sort()).toEqual([CHECKOUT, 'search', 'wide'].sort());
    });
  });
}

function local(line: string): LocalUpdate {
  return { doc: CHECKOUT, bytes: new Uint8Array([1, 2]), lines: [line], spentDraft: null };
}

function watch(log: PhoneLog) {
  let latest: readonly WaitingRow[] | null = null;
  let look = (): void => undefined;
  const stop = log.watchWaiting(CHECKOUT)(
    (rows) => {
      latest = rows;
      look();
    },
    () => undefined,
  );
  return {
    stop,
    next: (is: (rows: readonly WaitingRow[]) => boolean) =>
      new Promise<void>((resolve) => {
        look = () => {
          if (latest && is(latest)) resolve();
        };
        look();
      }),
  };
}
