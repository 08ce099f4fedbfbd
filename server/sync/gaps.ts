/**
 * Members whose updates wait for what this room does not have. Nothing that waits is kept here: whoever sent it has it,
 * and is asked for everything again when something new may have closed the gap.
 */

import type { Member } from './member.ts';

const FIRST_ASK_MILLIS = 1_000;
const LAST_ASK_MILLIS = 60_000;

export type Gaps = {
  has(member: Member): boolean;
  /** @returns true when the member was complete until now */
  open(member: Member): boolean;
  /** The newest barrier that must not be answered before the gap is closed. */
  hold(member: Member, barrier: number): void;
  /** @returns the barrier to answer now */
  close(member: Member): number | null;
  /** Something new came: those with a gap are asked again after a while, each time a longer one. */
  retry(ask: (member: Member) => void): void;
  stop(): void;
};

type Gap = { barrier: number | null; wait: number };

export function createGaps(): Gaps {
  const gaps = new Map<Member, Gap>();
  let timer: NodeJS.Timeout | null = null;

  return {
    has: (member) => gaps.has(member),
    open(member) {
      if (gaps.has(member)) return false;
      gaps.set(member, { barrier: null, wait: FIRST_ASK_MILLIS });
      return true;
    },
    hold(member, barrier) {
      const gap = gaps.get(member);
      if (gap) gap.barrier = barrier;
    },
    close(member) {
      const barrier = gaps.get(member)?.barrier ?? null;
      gaps.delete(member);
      return barrier;
    },
    retry(ask) {
      if (timer || gaps.size === 0) return;
      const wait = Math.min(...[...gaps.values()].map((gap) => gap.wait));
      timer = setTimeout(() => {
        timer = null;
        for (const [member, gap] of gaps) {
          gap.wait = Math.min(gap.wait * 2, LAST_ASK_MILLIS);
          ask(member);
        }
      }, wait);
    },
    stop() {
      if (timer) clearTimeout(timer);
      gaps.clear();
    },
  };
}
