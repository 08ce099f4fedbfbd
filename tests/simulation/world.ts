/**
 * A world of one thread: every timer, message and answer of the disk is an event at a time, owned by a process. One
 * event runs, with all microtasks it leaves, before the next; of a process that was killed none runs any more. All
 * randomness comes from one seed, so a history that failed once fails again, step by step.
 */

import { createRandom, type Random } from '../support/random.ts';
import { afterThis, type ChannelEnd, giveTo, type VirtualTimer } from './globals.ts';

/** A page or a server: what a kill ends. */
export type Process = {
  readonly name: string;
  isAlive: boolean;
  /** ms by which its wall clock is ahead of the world's. */
  skew: number;
};

export type World = {
  readonly random: Random;
  /** ms since 1970 */
  now(): number;
  createProcess(name: string): Process;
  /** In ms from now, if the process lives then. */
  later(owner: Process, delay: number, act: () => void): VirtualTimer;
  /** A whole number of ms, short ones more often. */
  delay(upTo: number): number;
  chance(probability: number): boolean;
  /** Remembered for whoever has to find out what went wrong. */
  note(...words: readonly unknown[]): void;
  notes(): readonly string[];
  /** Makes the history fail. */
  fail(reason: string): void;
  /** @throws what made it fail */
  check(): void;
  /** Until `isOver`, or until the world's time is `until`. Rejects when something failed. */
  run(until: number, isOver?: () => boolean): Promise<void>;
  /** Acts for a process outside the run. */
  as(process: Process, act: () => void): void;
  events(): number;
};

type Entry = { readonly at: number; readonly order: number; readonly timer: Timer };

/** Saturday 14 November 2026, 02:41 in Berlin. */
const START = Date.UTC(2026, 10, 14, 1, 41);
const NOTES = 80;
const BURST = 64;

class Timer implements VirtualTimer {
  readonly owner: Process;
  readonly act: () => void;
  readonly wait: number;
  readonly isRepeated: boolean;
  readonly enter: (timer: Timer) => void;
  entry: Entry | null = null;
  constructor(
    owner: Process,
    act: () => void,
    wait: number,
    isRepeated: boolean,
    enter: (timer: Timer) => void,
  ) {
    this.owner = owner;
    this.act = act;
    this.wait = wait;
    this.isRepeated = isRepeated;
    this.enter = enter;
    enter(this);
  }
  cancel(): void {
    this.entry = null;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
  refresh(): this {
    this.enter(this);
    return this;
  }
}

export type OpenChannel = (
  owner: Process,
  name: string,
  hear: (data: unknown) => void,
) => ChannelEnd;

export function createWorld(seed: number, openChannel: OpenChannel): World {
  const random = createRandom(seed);
  const heap = createHeap();
  const notes: (readonly unknown[])[] = [];
  const nobody: Process = { name: 'nobody', isAlive: true, skew: 0 };
  let now = START;
  let order = 0;
  let events = 0;
  let current = nobody;
  let failure: Error | null = null;

  function enter(timer: Timer): void {
    order += 1;
    timer.entry = { at: now + timer.wait, order, timer };
    heap.push(timer.entry);
  }

  function start(
    owner: Process,
    act: () => void,
    delay: number,
    isRepeated: boolean,
  ): VirtualTimer {
    return new Timer(owner, act, Math.max(0, Math.trunc(delay)), isRepeated, enter);
  }

  const host = {
    now: () => now + current.skew,
    start: (act: () => void, delay: number, isRepeated: boolean) =>
      start(current, act, delay, isRepeated),
    fill: random.bytes,
    openChannel: (name: string, hear: (data: unknown) => void) => openChannel(current, name, hear),
  };

  /** @returns false when nothing is left to do before `until` */
  function runNext(until: number): boolean {
    for (;;) {
      const entry = heap.peek();
      if (!entry || entry.at > until) return false;
      heap.pop();
      const { timer } = entry;
      if (timer.entry !== entry || !timer.owner.isAlive) continue;
      timer.entry = null;
      now = entry.at;
      events += 1;
      current = timer.owner;
      if (timer.isRepeated) enter(timer);
      timer.act();
      return true;
    }
  }

  function fail(reason: string): void {
    failure ??= new Error(reason);
  }

  return {
    random,
    now: () => now,
    createProcess: (name) => ({ name, isAlive: true, skew: 0 }),
    later: (owner, delay, act) => start(owner, act, delay, false),
    delay: (upTo) => Math.floor(random.next() * random.next() * upTo),
    chance: (probability) => random.next() < probability,
    note(...words) {
      notes.push([now - START, current.name, ...words]);
      if (notes.length > NOTES) notes.shift();
    },
    notes: () => notes.map((words) => words.join(' ')),
    fail,
    check() {
      if (failure) throw failure;
    },
    run: (until, isOver = () => false) =>
      new Promise((resolve, reject) => {
        let isDone = false;
        giveTo(host);
        const end = (cause: unknown): void => {
          isDone = true;
          current = nobody;
          giveTo(null);
          if (cause) reject(cause);
          else resolve();
        };
        const step = (): void => {
          if (isDone) return;
          try {
            if (failure) end(failure);
            else if (isOver()) end(null);
            else if (!runNext(until)) {
              now = until;
              end(null);
            }
          } catch (cause) {
            end(cause);
          }
        };
        const burst = (): void => {
          if (isDone) return;
          for (let i = 0; i < BURST; i += 1) afterThis(step);
          afterThis(burst);
        };
        burst();
      }),
    as(process, act) {
      giveTo(host);
      current = process;
      act();
      current = nobody;
      giveTo(null);
    },
    events: () => events,
  };
}

function createHeap() {
  const entries: Entry[] = [];
  const isBefore = (a: Entry, b: Entry): boolean =>
    a.at < b.at || (a.at === b.at && a.order < b.order);

  return {
    peek: () => entries[0],
    push(entry: Entry): void {
      let place = entries.length;
      entries.push(entry);
      while (place > 0) {
        const above = (place - 1) >> 1;
        const parent = entries[above];
        if (!parent || !isBefore(entry, parent)) break;
        entries[place] = parent;
        place = above;
      }
      entries[place] = entry;
    },
    pop(): void {
      const last = entries.pop();
      if (!last || entries.length === 0) return;
      let place = 0;
      for (;;) {
        let below = place * 2 + 1;
        let child = entries[below];
        if (!child) break;
        const other = entries[below + 1];
        if (other && isBefore(other, child)) {
          below += 1;
          child = other;
        }
        if (!isBefore(child, last)) break;
        entries[place] = child;
        place = below;
      }
      entries[place] = last;
    },
  };
}
