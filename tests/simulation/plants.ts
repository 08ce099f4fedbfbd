/** Faults planted around the production modules, one at a time, to see whether a simulation finds them. */

import type { PhoneLog } from '../../client/storage/phone-log.ts';
import type { Store } from '../../server/storage/store.ts';
import type { Member } from '../../server/sync/member.ts';
import type { Room } from '../../server/sync/room.ts';
import type { Rooms } from '../../server/sync/rooms.ts';
import { toSocketFrame } from '../../server/sync/socket-frame.ts';
import { CLOSES } from '../../shared/protocol/close-codes.ts';
import {
  decodeFrame,
  encodeBarrierReached,
  encodeStep1,
  encodeUpdate,
} from '../../shared/protocol/frames.ts';
import { at } from '../support/device.ts';
import type { ClientSocket } from './client-socket.ts';
import type { ServerEnd } from './network.ts';
import type { Tab } from './tab.ts';

export type Plant = {
  readonly serverEnd?: (end: ServerEnd) => void;
  readonly rooms?: (rooms: Rooms) => Rooms;
  readonly store?: (store: Store) => Store;
  readonly log?: (log: PhoneLog) => PhoneLog;
  readonly socket?: (socket: ClientSocket, log: PhoneLog, id: string) => void;
  /** A tab has just opened the incident. */
  readonly opened?: (tab: Tab) => void;
};

export const acknowledgedBeforeTheDisk: Plant = {
  serverEnd(end) {
    end.on('message', (bytes: Uint8Array) => {
      const frame = decodeFrame(bytes);
      if (frame?.type === 'barrier')
        end.write(toSocketFrame(encodeBarrierReached(frame.number, 1)));
    });
  },
};

export const clearedOnSend: Plant = {
  socket(socket, log, id) {
    const send = socket.send.bind(socket);
    socket.send = (data) => {
      send(data);
      if (data instanceof Uint8Array && decodeFrame(data)?.type === 'update') clear(log, id);
    };
  },
};

export const clearedOnRefusal: Plant = {
  socket(socket, log, id) {
    const hearClose = socket.hearClose.bind(socket);
    socket.hearClose = (code) => {
      if (code === CLOSES.refused.code) clear(log, id);
      hearClose(code);
    };
  },
};

export const storedTwice: Plant = {
  store: (store) => ({
    ...store,
    async commit(batch) {
      const updates = batch.updates.flatMap((update) => [update, update]);
      const { positions, rev } = await store.commit({ ...batch, updates });
      return { positions: positions.filter((_position, index) => index % 2 === 1), rev };
    },
  }),
};

export const sentAgainAsNew: Plant = {
  opened({ incident }) {
    if (!incident) return;
    for (const line of incident.waiting.lines()) {
      const entry = incident.doc.read.entry(line);
      if (!entry?.text) continue;
      incident.run({
        type: 'log',
        kind: 'observation',
        text: entry.text,
        occurred: at(entry.sortAt),
      });
    }
  },
};

export const keptInMemory: Plant = {
  log(log) {
    let made = 1_000_000;
    return {
      ...log,
      appendLocal: async (updates) =>
        updates.map(() => {
          made += 1;
          return made;
        }),
    };
  },
};

export const forgottenByCompaction: Plant = {
  log: (log) => ({
    ...log,
    /** A large snapshot takes a while, and people write meanwhile. */
    async addSnapshot(doc, upTo, bytes) {
      const isAdded = await log.addSnapshot(doc, upTo, bytes);
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      return isAdded;
    },
    async prune(doc, proven) {
      await log.prune(doc, proven);
      const { updates } = await log.read(doc);
      for (const { position } of updates) await log.setAside('updates', doc, position, 'compacted');
    },
  }),
};

export const shownBeforeTheCommit: Plant = {
  rooms: (rooms) =>
    aroundRooms(rooms, (room) => {
      const members = new Set<Member>();
      return {
        ...room,
        join(member) {
          members.add(member);
          room.join(member);
        },
        leave(member) {
          members.delete(member);
          room.leave(member);
        },
        receive(member, frame) {
          if (frame.type === 'update')
            for (const other of members)
              if (other !== member) other.send(encodeUpdate(frame.update));
          room.receive(member, frame);
        },
      };
    }),
};

/** Who says what it has hears that the server has it too, and sends nothing of it. */
export const claimedUnseen: Plant = {
  rooms: (rooms) =>
    aroundRooms(rooms, (room) => ({
      ...room,
      receive(member, frame) {
        if (frame.type === 'step1') member.send(encodeStep1(frame.stateVector));
        room.receive(member, frame);
      },
    })),
};

/** No fault of ours: of two updates one after the other the second is heard first, as on a path that keeps no order. */
export const overtaken: Plant = {
  serverEnd(end) {
    const emit = end.emit.bind(end);
    let held: Uint8Array | null = null;
    const letGo = (): void => {
      const bytes = held;
      held = null;
      if (bytes) emit('message', bytes);
    };
    end.emit = (event: string, ...values: readonly unknown[]): boolean => {
      const [bytes] = values;
      const isLive = event === 'message' && bytes instanceof Uint8Array && isLiveUpdate(bytes);
      if (isLive && !held) {
        held = bytes;
        return true;
      }
      if (!isLive) letGo();
      const isHeard = emit(event, ...values);
      letGo();
      return isHeard;
    };
  },
};

/** Then some wait for others. Gaps are known by member; who asks under another name has none. */
export const gapAccepted: Plant = {
  ...overtaken,
  rooms: (rooms) =>
    aroundRooms(rooms, (room) => ({
      ...room,
      receive: (member, frame) =>
        room.receive(frame.type === 'barrier' ? { ...member } : member, frame),
    })),
};

function isLiveUpdate(bytes: Uint8Array): boolean {
  const frame = decodeFrame(bytes);
  return frame?.type === 'update' && !frame.isStep2;
}

function aroundRooms(rooms: Rooms, around: (room: Room) => Room): Rooms {
  const rebuilt = new WeakMap<Room, Room>();
  const inner = new WeakMap<Room, Room>();
  return {
    ...rooms,
    async enter(id) {
      const room = await rooms.enter(id);
      const known = rebuilt.get(room) ?? around(room);
      rebuilt.set(room, known);
      inner.set(known, room);
      return known;
    },
    leave: (id, room) => rooms.leave(id, inner.get(room) ?? room),
  };
}

function clear(log: PhoneLog, id: string): void {
  log.readWaiting(id).then(
    (rows) => log.forgetWaiting(rows.map((row) => row.position)),
    () => undefined,
  );
}
