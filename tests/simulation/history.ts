/** One history: four phones and a server, a hundred acts each, whatever fate has for them, and then peace. */

import { newIncidentId } from '../../shared/domain/id.ts';
import { at, BERLIN } from '../support/device.ts';
import { chooseAct } from './acts.ts';
import { createChannels } from './channels.ts';
import { planFaults } from './fate.ts';
import { createNetwork } from './network.ts';
import { createOracle } from './oracle.ts';
import { heal } from './pace.ts';
import { checkPeace } from './peace.ts';
import type { Plant } from './plants.ts';
import { createServer } from './server.ts';
import { createDevice, type Device, killTab, openTab, type Scene, wakeTab } from './tab.ts';
import { createWorld, type Process } from './world.ts';

export type Told = { readonly events: number; readonly deeds: number; readonly digest: string };

const NAMES = ['ana', 'bo', 'chen', 'dua'];
const BETWEEN_BURSTS_MILLIS = 6_000;
const STORM_MILLIS = 25_000;
const PEACE_MILLIS = 240_000;

/** @throws Error with the seed and the last events when a promise was broken */
export async function playHistory(seed: number, plant: Plant = {}): Promise<Told> {
  const channels = createChannels(() => world);
  const world = createWorld(seed, channels.open);
  const network = createNetwork(world);
  const oracle = createOracle(world);
  const id = newIncidentId(world.now(), world.random.bytes);
  const server = createServer({ world, network, oracle, id, plant });
  const scene: Scene = { world, network, server, oracle, id, plant, everyTab: [] };
  const devices = NAMES.map((name) => createDevice(name, world, oracle));
  const fate = world.createProcess('fate');
  const start = world.now();
  try {
    server.start();
    for (const device of devices) openTab(scene, device);
    for (const device of devices) if (world.chance(0.2)) openTab(scene, device);
    declare(scene, devices, fate);
    for (const device of devices) planActs(scene, device, fate);
    planFaults(scene, devices, fate, STORM_MILLIS);
    await world.run(start + STORM_MILLIS + 2_000);
    makePeace(scene, devices, fate);
    const isAtRest = checkPeace(scene, devices);
    await world.run(world.now() + PEACE_MILLIS, isAtRest.look);
    const digest = await isAtRest.finish();
    return { events: world.events(), deeds: oracle.deeds.length, digest };
  } catch (cause) {
    const words = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    throw new Error(`seed ${seed}: ${words}\n${world.notes().join('\n')}`, { cause });
  } finally {
    endAll(scene);
  }
}

/** In the first tab that is still there: one can be killed before it opened. */
function declare({ world }: Scene, [first]: readonly Device[], fate: Process): void {
  const look = (): void => {
    const tab = first && [...first.tabs][0];
    const incident = tab?.incident;
    if (!tab || !incident) {
      world.later(fate, 20, look);
      return;
    }
    world.later(tab.process, 0, () => {
      const occurred = at(world.now());
      incident.run({
        type: 'declare',
        title: '',
        severity: 2,
        role: null,
        kind: 'real',
        homeZone: BERLIN,
        occurred,
      });
    });
  };
  look();
}

/** In bursts, as people write; what cannot be done now is done when a tab is open. */
function planActs({ world }: Scene, device: Device, fate: Process): void {
  const next = (): void => {
    if (device.actsLeft === 0) return;
    const tabs = [...device.tabs].filter((tab) => tab.incident);
    const tab = tabs[world.random.below(tabs.length)];
    const incident = tab?.incident;
    if (!tab || !incident || incident.doc.read.timeline().length === 0) {
      world.later(fate, 300, next);
      return;
    }
    device.actsLeft -= 1;
    const act = chooseAct(world.random, `${device.name} ${device.actsLeft}`);
    world.later(tab.process, 0, () => act(incident, Date.now()));
    world.later(
      fate,
      world.chance(0.12) ? world.delay(BETWEEN_BURSTS_MILLIS) : world.delay(80),
      next,
    );
  };
  world.later(fate, 1_000, next);
}

/** Everything works again, and everybody comes back once. */
function makePeace(scene: Scene, devices: readonly Device[], fate: Process): void {
  const { world, network, server } = scene;
  world.note('peace');
  server.expired.clear();
  server.setFull(false);
  server.failCommits(0);
  if (!server.isRunning()) server.start();
  for (const device of devices) {
    if (device.health.state === 'hung') heal(world, device.health);
    device.health.state = 'sound';
    network.setLine(device.line, true);
    // A tab that never came up is closed by whoever looks at it.
    for (const tab of device.tabs) if (!tab.incident) killTab(scene, tab);
    if (device.tabs.size === 0) openTab(scene, device);
    world.later(fate, 500, () => {
      for (const tab of device.tabs) wakeTab(scene, tab);
    });
    // A refusal may still have been under way then; who reads it looks again.
    world.later(fate, 20_000, () => {
      for (const tab of device.tabs)
        if (tab.incident?.connection().type === 'ended') wakeTab(scene, tab);
    });
  }
}

/** What holds on to the process lets go. */
function endAll({ world, everyTab, server }: Scene): void {
  const grave = world.createProcess('grave');
  for (const tab of everyTab) {
    tab.process.isAlive = false;
    world.as(grave, () => {
      tab.incident?.close().catch(() => undefined);
    });
  }
  server.close();
}
