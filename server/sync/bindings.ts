/**
 * Which Yjs client id belongs to which device. Two devices that write under one id make documents differ for ever, and
 * one that writes ahead under another's id makes the server drop what the other writes next; so an id belongs to the
 * first device that says hello with it or delivers under it.
 */

import type { Binding } from '../storage/store.ts';

export type Bindings = {
  /** @returns false when the id belongs to another device */
  greet(device: string, client: number): boolean;
  /** Whether the id is known to be this device's. */
  isOwn(device: string, client: number): boolean;
  /** Those of `clients` that belong to another device. */
  foreign(device: string, clients: readonly number[]): readonly number[];
  /** Those of `clients` that nobody delivered yet; from now on they are this device's. */
  bind(device: string, clients: readonly number[]): readonly Binding[];
};

export function createBindings(doc: string, known: readonly Binding[]): Bindings {
  const deviceOf = new Map(known.map(({ client, device }) => [client, device]));
  /** By hello only: nothing was delivered under it, so it is not kept. */
  const greeted = new Map<number, string>();

  const ownerOf = (client: number): string | undefined =>
    deviceOf.get(client) ?? greeted.get(client);
  const isForeign = (device: string, client: number): boolean => {
    const owner = ownerOf(client);
    // What came without a name is anybody's: a page of an older release says its name only after it was loaded anew.
    return owner !== undefined && owner !== '' && owner !== device;
  };

  return {
    greet(device, client) {
      if (isForeign(device, client)) return false;
      greeted.set(client, device);
      return true;
    },
    isOwn: (device, client) => device !== '' && ownerOf(client) === device,
    foreign: (device, clients) => clients.filter((client) => isForeign(device, client)),
    bind(device, clients) {
      const fresh = clients.filter(
        (client) => !deviceOf.has(client) || (device !== '' && deviceOf.get(client) === ''),
      );
      for (const client of fresh) {
        deviceOf.set(client, device);
        greeted.delete(client);
      }
      return fresh.map((client) => ({ doc, client, device }));
    },
  };
}
