/** One tab of a simulated phone: the production phone and incident, with everything around them simulated. */

import { type OpenIncident, openIncident } from '../../client/actions/open-incident.ts';
import { openPhone, type Phone } from '../../client/actions/phone.ts';
import { answerInTime } from '../../client/storage/answer-in-time.ts';
import { ANY_LINE, type PhoneLog } from '../../client/storage/phone-log.ts';
import { createTabLocks } from '../../client/storage/tab-lock.ts';
import type { IncidentId } from '../../shared/domain/id.ts';
import { createMemoryDisk, type MemoryDisk, type Pace } from '../support/memory-disk.ts';
import { createLocks, type Locks } from './locks.ts';
import type { Line, Network } from './network.ts';
import type { Deed, Oracle } from './oracle.ts';
import { createPace, type DiskHealth } from './pace.ts';
import type { Plant } from './plants.ts';
import type { SimulatedServer } from './server.ts';
import type { Process, World } from './world.ts';

/** What every part of one history shares. */
export type Scene = {
  readonly world: World;
  readonly network: Network;
  readonly server: SimulatedServer;
  readonly oracle: Oracle;
  readonly id: IncidentId;
  readonly plant: Plant;
  /** Also those that are gone. */
  readonly everyTab: Tab[];
};

export type Device = {
  readonly name: string;
  readonly disk: MemoryDisk;
  readonly health: DiskHealth;
  readonly line: Line;
  /** Null on plain http. */
  readonly locks: Locks | null;
  /** ms by which its wall clock is ahead. */
  skew: number;
  readonly tabs: Set<Tab>;
  /** What was written here, by where it is on the disk. */
  readonly deeds: Map<number, Deed>;
  /** What was written here and was not seen on the server yet. */
  readonly unsent: Set<Deed>;
  opened: number;
  /** What its person still has to do. */
  actsLeft: number;
};

export type Tab = {
  readonly device: Device;
  readonly process: Process;
  readonly openedAt: number;
  phone: Phone | null;
  incident: OpenIncident | null;
  /** Somebody comes back to it, or its network does. */
  readonly wakers: Set<() => void>;
  /** It is put aside, or about to go. */
  readonly leavers: Set<() => void>;
};

/** A tab hears of a commit of another one a moment later. */
const MARKED_WITHIN_MILLIS = 1_000;
/** On each phone. */
const ACTS = 100;

export function createDevice(name: string, world: World, oracle: Oracle): Device {
  const deeds = new Map<number, Deed>();
  return {
    name,
    deeds,
    unsent: new Set(),
    disk: createMemoryDisk((bytes, position) => {
      const deed = oracle.deedOf(bytes);
      if (!deed) return;
      deed.isStored = true;
      deeds.set(position, deed);
    }),
    health: { state: 'sound', freeAt: 0, hanging: [] },
    line: { isUp: true, held: [] },
    locks: world.chance(0.75) ? createLocks(world) : null,
    skew: world.chance(0.5) ? 0 : world.random.below(600_000) - 300_000,
    tabs: new Set(),
    opened: 0,
    actsLeft: ACTS,
  };
}

export function openTab(scene: Scene, device: Device): Tab {
  const { world } = scene;
  device.opened += 1;
  const process = world.createProcess(`${device.name}/${device.opened}`);
  process.skew = device.skew;
  const tab: Tab = {
    device,
    process,
    openedAt: world.now(),
    phone: null,
    incident: null,
    wakers: new Set(),
    leavers: new Set(),
  };
  device.tabs.add(tab);
  scene.everyTab.push(tab);
  world.later(process, 0, () => void start(scene, tab));
  return tab;
}

export function killTab(scene: Scene, tab: Tab): void {
  const { device, process } = tab;
  scene.world.note('killed', process.name);
  process.isAlive = false;
  device.tabs.delete(tab);
  device.locks?.releaseAll(process);
  for (const connection of scene.network.connections)
    if (connection.tab === process) connection.abandon();
}

/** The network or the person came back to it. */
export function wakeTab({ world }: Scene, tab: Tab): void {
  world.later(tab.process, world.delay(50), () => {
    for (const wake of tab.wakers) wake();
  });
}

/** It is put aside: what it has not heard of goes by http as well. */
export function leaveTab({ world }: Scene, tab: Tab): void {
  world.later(tab.process, 0, () => {
    for (const leave of tab.leavers) leave();
  });
}

async function start(scene: Scene, tab: Tab): Promise<void> {
  const { world, network, server, plant, id } = scene;
  const { device, process, wakers, leavers } = tab;
  const own = watchForgetting(scene, device, createPace(world, process, device.health));
  const log = answerInTime(plant.log?.(own) ?? own);
  const before = scene.oracle.deeds.filter((deed) => deed.device === device.name && deed.isStored);
  let trouble = 0;
  const report = (cause: unknown): void => {
    trouble += 1;
    world.note('reported', cause instanceof Error ? cause.message : cause);
  };
  const openChannel = (name: string): BroadcastChannel =>
    new BroadcastChannel(`ws://${process.name}.${device.name}/${name}`);
  const phone = await openPhone({
    log,
    around: {
      openChannel,
      WebSocket: network.socketsFor(process, device.line, (socket) =>
        plant.socket?.(socket, own, id),
      ),
      fetch: server.fetch(process, device.line),
      tabs: createTabLocks({
        locks: device.locks?.forPage(process),
        openChannel,
        random: world.random.next,
      }),
      onLeave(leave) {
        leavers.add(leave);
        return () => leavers.delete(leave);
      },
      onWake(wake) {
        wakers.add(wake);
        return () => wakers.delete(wake);
      },
      whenIdle(act) {
        const timer = setTimeout(act, world.delay(1_000));
        return () => clearTimeout(timer);
      },
    },
    syncUrl: `ws://${process.name.replace('/', '-')}.${device.name}/sync`,
    now: Date.now,
    monotonic: world.now,
    random: world.random.next,
    randomBytes: world.random.bytes,
    onClock: () => undefined,
    onReport: report,
    onDraftFailed: report,
  });
  const incident = await openIncident(phone, id);
  tab.phone = phone;
  tab.incident = incident;
  world.note('opened', process.name, incident.doc.read.timeline().length, 'lines');
  checkOpened(scene, incident, before, trouble === 0);
  follow(scene, tab, phone, incident);
  plant.opened?.(tab);
}

/** What the phone said it has is there again. */
function checkOpened(
  { oracle, world }: Scene,
  incident: OpenIncident,
  before: readonly Deed[],
  isDiskSound: boolean,
): void {
  if (!isDiskSound || incident.damage().rows > 0) return;
  const waiting = incident.waiting.lines();
  for (const deed of before) {
    const words = `${deed.tab.name}’s change to ${deed.lines.join(', ')}`;
    if (!oracle.isIn(incident.doc, deed)) world.fail(`${words} was on the disk and is gone`);
    if (!oracle.isOnServer(deed) && !deed.lines.every((line) => waiting.has(line)))
      world.fail(`${words} waits, and its mark did not come back`);
  }
}

/** Whatever tab of the phone wrote it: in each that shows it, it is marked until the server has it. */
function follow({ oracle, world }: Scene, tab: Tab, phone: Phone, incident: OpenIncident): void {
  const { device, process } = tab;
  const met = new Set<Deed>();
  let pending: Deed[] = [];
  let unclaimed: Deed[] = [];

  function isMarked({ lines }: Deed): boolean {
    const marked = incident.waiting.lines();
    return marked.has(ANY_LINE) || lines.every((line) => marked.has(line));
  }

  function meetOthers(): void {
    for (const deed of device.unsent) {
      if (oracle.isOnServer(deed)) device.unsent.delete(deed);
      else if (!met.has(deed) && oracle.isShown(incident.doc, deed)) meet(deed);
    }
  }

  function meet(deed: Deed): void {
    met.add(deed);
    world.later(process, MARKED_WITHIN_MILLIS, () => {
      if (isMarked(deed)) pending.push(deed);
      else if (!oracle.isOnServer(deed)) oracle.unmarked(deed, process.name);
    });
  }

  meetOthers();
  incident.doc.onUpdate((bytes, source, touched) => {
    if (source !== 'local') {
      meetOthers();
      return;
    }
    const lines = touched.entries.size > 0 ? [...touched.entries] : ['rest'];
    const deed = oracle.did(incident.doc, bytes, { tab: process, device: device.name, lines });
    met.add(deed);
    device.unsent.add(deed);
    pending.push(deed);
    unclaimed.push(deed);
  });
  phone.queue.subscribe(() => {
    if (phone.queue.state().waits > 0) return;
    for (const deed of unclaimed) deed.isStored = true;
    unclaimed = [];
  });
  incident.waiting.subscribe(() => {
    pending = pending.filter((deed) => {
      if (isMarked(deed)) return true;
      oracle.acknowledged(deed);
      return false;
    });
  });
}

/** Notices when the marks of rows go. */
function watchForgetting({ oracle }: Scene, { disk, deeds }: Device, pace: Pace): PhoneLog {
  const log = disk.open(pace);
  return {
    ...log,
    forgetWaiting(positions) {
      for (const position of positions) {
        const deed = deeds.get(position);
        if (deed) oracle.forgotten(deed);
      }
      return log.forgetWaiting(positions);
    },
  };
}
