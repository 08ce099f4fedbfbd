/** Faults to be planted around the production modules, one at a time, to see whether a simulation finds them. */

import type { PhoneLog } from '../../client/storage/phone-log.ts';
import type { Store } from '../../server/storage/store.ts';
import type { Rooms } from '../../server/sync/rooms.ts';
import type { ClientSocket } from './client-socket.ts';
import type { ServerEnd } from './network.ts';
import type { Tab } from './tab.ts';
import type { World } from './world.ts';

export type Plant = {
  readonly serverEnd?: (end: ServerEnd, world: World) => void;
  readonly rooms?: (rooms: Rooms) => Rooms;
  readonly store?: (store: Store) => Store;
  readonly log?: (log: PhoneLog) => PhoneLog;
  readonly socket?: (socket: ClientSocket, log: PhoneLog) => void;
  /** A tab has just opened the incident. */
  readonly opened?: (tab: Tab, log: PhoneLog) => void;
};
