/**
 * Puts time, randomness and channels between tabs in the hands of a simulated world. lib0 keeps `Date.now`, the random
 * source and `BroadcastChannel` when it is loaded, so this has to be imported before everything else.
 */

import { webcrypto } from 'node:crypto';

export type VirtualTimer = {
  cancel(): void;
  ref(): VirtualTimer;
  unref(): VirtualTimer;
  refresh(): VirtualTimer;
};

/** Who answers while a world runs. */
export type Host = {
  /** ms since 1970, by the clock of whoever runs */
  now(): number;
  start(act: () => void, delay: number, isRepeated: boolean): VirtualTimer;
  fill(bytes: Uint8Array): void;
  /** @returns what to do with a message; `close` ends it */
  openChannel(name: string, hear: (data: unknown) => void): ChannelEnd;
};

export type ChannelEnd = { post(data: unknown): void; close(): void };

type Act = (...args: readonly unknown[]) => void;

const real = {
  now: Date.now,
  setTimeout: globalThis.setTimeout,
  setInterval: globalThis.setInterval,
  setImmediate: globalThis.setImmediate,
  clearTimeout: globalThis.clearTimeout,
  clearInterval: globalThis.clearInterval,
  clearImmediate: globalThis.clearImmediate,
  getRandomValues: webcrypto.getRandomValues.bind(webcrypto),
};

let host: Host | null = null;

/** After everything that is under way, and the microtasks it left, are done. */
export const afterThis: (act: () => void) => void = real.setImmediate;

export function giveTo(next: Host | null): void {
  host = next;
}

function start(act: Act, delay: number | undefined, isRepeated: boolean, args: unknown[]) {
  return host?.start(args.length > 0 ? () => act(...args) : act, delay ?? 0, isRepeated);
}

function isVirtual(timer: unknown): timer is VirtualTimer {
  return typeof timer === 'object' && timer !== null && 'cancel' in timer;
}

function clearBy<T>(clearReal: (timer: T) => void) {
  return (timer: T | VirtualTimer): void => {
    if (isVirtual(timer)) timer.cancel();
    else clearReal(timer);
  };
}

class Channel {
  onmessage: ((event: { readonly data: unknown }) => void) | null = null;
  readonly end: ChannelEnd | undefined;
  constructor(name: string) {
    this.end = host?.openChannel(name, (data) => this.onmessage?.({ data }));
  }
  postMessage(data: unknown): void {
    this.end?.post(data);
  }
  close(): void {
    this.end?.close();
  }
}

Date.now = () => host?.now() ?? real.now();
webcrypto.getRandomValues = (into) => {
  if (!host || !(into instanceof Object) || !ArrayBuffer.isView(into))
    return real.getRandomValues(into);
  host.fill(new Uint8Array(into.buffer, into.byteOffset, into.byteLength));
  return into;
};
Object.assign(globalThis, {
  setTimeout: (act: Act, delay?: number, ...args: unknown[]) =>
    start(act, delay, false, args) ?? real.setTimeout(act, delay, ...args),
  setInterval: (act: Act, delay?: number, ...args: unknown[]) =>
    start(act, delay, true, args) ?? real.setInterval(act, delay, ...args),
  setImmediate: (act: Act, ...args: unknown[]) =>
    start(act, 0, false, args) ?? real.setImmediate(act, ...args),
  clearTimeout: clearBy(real.clearTimeout),
  clearInterval: clearBy(real.clearInterval),
  clearImmediate: clearBy(real.clearImmediate),
  BroadcastChannel: Channel,
});
// Every provider listens for the end of the process, and there are many.
process.setMaxListeners(0);
