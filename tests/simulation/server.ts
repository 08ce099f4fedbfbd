/** The server of a world: the production rooms, committer and SQLite store, on a database that outlives each kill. */

import { DatabaseSync } from 'node:sqlite';
import { toDeviceKey } from '../../server/auth/device.ts';
import { TRYING } from '../../server/auth/principal.ts';
import { createLog } from '../../server/log.ts';
import { migrate } from '../../server/storage/sqlite-schema.ts';
import { createSqliteStore } from '../../server/storage/sqlite-store.ts';
import type { Store } from '../../server/storage/store.ts';
import { compactRows } from '../../server/sync/compact.ts';
import type { Delivery } from '../../server/sync/deliver.ts';
import { toDoc } from '../../server/sync/room-doc.ts';
import { createRooms, type Rooms } from '../../server/sync/rooms.ts';
import { closeSocket, serveSocket } from '../../server/sync/visit.ts';
import type { IncidentDoc } from '../../shared/doc/incident-doc.ts';
import type { IncidentId } from '../../shared/domain/id.ts';
import { CLOSES } from '../../shared/protocol/close-codes.ts';
import { decodeFrame } from '../../shared/protocol/frames.ts';
import { MAX_UNREAD_BYTES } from '../../shared/protocol/limits.ts';
import { DEVICE_HEADER, PERSON_HEADER } from '../../shared/protocol/side-doors.ts';
import { type Connection, type Line, type Network, readFrames } from './network.ts';
import type { Oracle } from './oracle.ts';
import type { Plant } from './plants.ts';
import type { Process, World } from './world.ts';

export type SimulatedServer = {
  start(): void;
  /** Nothing of it runs any more; what was committed stays. */
  kill(): void;
  isRunning(): boolean;
  /** Fills the disk, or makes room. */
  setFull(isFull: boolean): void;
  /** A request that was sent twice, or after a later one, is one too. */
  fetch(page: Process, line: Line): (path: string, init: RequestInit) => Promise<Response>;
  /** Everything that is on the disk. */
  readAll(): Promise<IncidentDoc>;
  /** The next commits fail, and none after. */
  failCommits(count: number): void;
  /** Its login is not good any more. */
  refuse(connection: Connection): void;
  /** Whose login is not good any more. */
  readonly expired: Set<Line>;
  close(): void;
};

const DISK_MILLIS = 15;

/** A history is short: here a log is compacted several times in it, while people write and servers are killed. */
const COMPACT_AFTER_ROWS = 120;
/** Who comes for everything, by http or with nothing on the phone, gets what is on the disk at that moment. */
const LOOK_EVERY_MILLIS = 4_000;

export function createServer(options: {
  readonly world: World;
  readonly network: Network;
  readonly oracle: Oracle;
  readonly id: IncidentId;
  readonly plant: Plant;
}): SimulatedServer {
  const { world, network, oracle, id, plant } = options;
  const db = new DatabaseSync(':memory:');
  migrate(db);
  const reader = createSqliteStore(db, world.now, () => undefined);
  const expired = new Set<Line>();
  const log = createLog('silent');
  let running: { readonly process: Process; readonly rooms: Rooms } | null = null;
  const checked = new WeakSet<Uint8Array>();
  let life = 0;
  let failures = 0;

  /** A disk takes its time before and after a commit: a kill finds the server in between. */
  function slow(process: Process, store: Store): Store {
    const wait = (): Promise<void> =>
      new Promise((resolve) => world.later(process, world.delay(DISK_MILLIS), resolve));
    return {
      ...store,
      async commit(batch) {
        await wait();
        if (failures > 0) {
          failures -= 1;
          throw new Error('disk I/O error');
        }
        const committed = await store.commit(batch);
        for (const { bytes } of batch.updates) oracle.committed(bytes);
        if (world.chance(0.5)) await wait();
        return committed;
      },
      async read(doc) {
        if (world.chance(0.3)) await wait();
        return store.read(doc);
      },
      async compact(compaction) {
        await wait();
        return store.compact(compaction);
      },
    };
  }

  function accept(connection: Connection, rooms: Rooms): void {
    const { server: end, line, tab } = connection;
    const sendDown = end.sendDown;
    end.sendDown = (bytes) => {
      // The same bytes for many; and what is on the disk once stays there.
      if (!checked.has(bytes))
        for (const update of updatesIn(bytes)) oracle.shown(update, tab.name);
      checked.add(bytes);
      sendDown(bytes);
    };
    end.writableLength = world.chance(0.02) ? 2 * MAX_UNREAD_BYTES + 1 : 0;
    if (expired.has(line)) {
      closeSocket(end, 'refused');
      return;
    }
    plant.serverEnd?.(end);
    serveSocket({
      socket: end,
      stream: end,
      id,
      rooms,
      log,
      pass: { principal: TRYING },
      level: 'manage',
    });
  }

  return {
    expired,
    start() {
      life += 1;
      const process = world.createProcess(`server ${life}`);
      world.later(process, 0, () => {
        const look = (): void => {
          void reader.read(id).then(oracle.foundOnDisk);
          world.later(process, LOOK_EVERY_MILLIS, look);
        };
        look();
        const store = createSqliteStore(db, world.now, () => undefined);
        const disk = slow(process, store);
        const rooms = createRooms({
          store: plant.store?.(disk) ?? disk,
          log,
          now: world.now,
          compact: async (input) => compactRows(input),
          onDirectory: () => undefined,
          compactAfterRows: COMPACT_AFTER_ROWS,
        });
        const planted = plant.rooms?.(rooms) ?? rooms;
        running = { process, rooms };
        void rooms.catchUp();
        network.listener = { process, accept: (connection) => accept(connection, planted) };
      });
    },
    kill() {
      if (!running) return;
      world.note('server killed');
      running.process.isAlive = false;
      running = null;
      network.listener = null;
      if (db.isTransaction) db.exec('rollback');
      for (const { server: end } of network.connections) end.closeDown(1006);
    },
    failCommits(count) {
      failures = count;
    },
    refuse({ server: end }) {
      if (running) world.later(running.process, 0, () => closeSocket(end, 'refused'));
    },
    isRunning: () => running !== null,
    setFull(isFull) {
      const pages = Number(db.prepare('pragma page_count').get()?.['page_count'] ?? 0);
      db.exec(`pragma max_page_count = ${isFull ? pages : 1_000_000}`);
    },
    fetch: (page, line) => (_path, init) =>
      new Promise((resolve, reject) => {
        const { body } = init;
        const headers = new Headers(init.headers);
        if (!(body instanceof Uint8Array)) throw new Error('A page sends bytes');
        const host = running;
        world.later(page, 20_000 + world.delay(5_000), () => reject(new Error('no answer')));
        if (!host) return;
        const arrive = (): void => {
          const actor = {
            person: headers.get(PERSON_HEADER) ?? '',
            device: toDeviceKey(headers.get(DEVICE_HEADER) ?? ''),
          };
          host.rooms.deliver(id, { actor, update: body, isRelayed: false }).then((delivery) => {
            if (world.chance(0.2)) return;
            network.carry(line, page, 100, () => resolve(toResponse(delivery)));
          });
        };
        // Requests overtake each other, and some come twice.
        network.carry(line, host.process, 2_000, arrive);
        if (world.chance(0.3)) network.carry(line, host.process, 8_000, arrive);
      }),
    readAll,
    close: () => db.close(),
  };

  async function readAll(): Promise<IncidentDoc> {
    return toDoc(await reader.read(id));
  }
}

function updatesIn(frames: Uint8Array): readonly Uint8Array[] {
  return readFrames(frames).flatMap((payload) => {
    const frame = decodeFrame(payload);
    return frame?.type === 'update' ? [frame.update] : [];
  });
}

function toResponse(delivery: Delivery): Response {
  switch (delivery.type) {
    case 'stored':
      return new Response('{}');
    case 'gap':
      return new Response('a gap', { status: 409 });
    case 'refused':
      return new Response(delivery.why, { status: CLOSES[delivery.why].comesBack ? 503 : 422 });
  }
}
