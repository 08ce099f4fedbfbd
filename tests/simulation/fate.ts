/** What goes wrong in a history, and when: all of it by chance, all of it from the seed. */

import { heal } from './pace.ts';
import { type Device, killTab, leaveTab, openTab, type Scene, type Tab, wakeTab } from './tab.ts';
import type { Process } from './world.ts';

const MAX_TABS = 2;

export function planFaults(
  scene: Scene,
  devices: readonly Device[],
  fate: Process,
  until: number,
): void {
  const { world, network, server } = scene;
  const { random } = world;
  const after = (delay: number, act: () => void): void => {
    world.later(fate, delay, act);
  };
  const end = world.now() + until;
  const anyTab = (device: Device): Tab | undefined =>
    [...device.tabs][random.below(device.tabs.size)];

  const faults: readonly ((device: Device) => void)[] = [
    function loseNetwork(device) {
      world.note(device.name, 'loses its network');
      network.setLine(device.line, false);
      after(500 + random.below(20_000), () => {
        network.setLine(device.line, true);
        if (world.chance(0.6)) for (const tab of device.tabs) wakeTab(scene, tab);
      });
    },
    function breakConnections(device) {
      for (const connection of [...network.connections])
        if (connection.line === device.line && world.chance(0.7)) connection.break();
    },
    function killServer() {
      server.kill();
      after(200 + random.below(8_000), () => {
        if (!server.isRunning()) server.start();
      });
    },
    function crashTab(device) {
      const tab = anyTab(device);
      if (!tab) return;
      killTab(scene, tab);
      after(random.below(6_000), () => openTab(scene, device));
    },
    function openAnother(device) {
      if (device.tabs.size < MAX_TABS) openTab(scene, device);
    },
    function closeTab(device) {
      const tab = anyTab(device);
      if (!tab || device.tabs.size < 2) return;
      device.tabs.delete(tab);
      world.later(tab.process, 0, () => {
        tab.incident?.close().catch(() => undefined);
      });
      after(100, () => killTab(scene, tab));
    },
    function fillPhone(device) {
      device.health.state = 'full';
      after(1_000 + random.below(15_000), () => {
        if (device.health.state === 'full') device.health.state = 'sound';
      });
    },
    function dropDatabase(device) {
      if (device.health.state === 'sound') device.health.state = 'lost';
    },
    function hangDatabase(device) {
      if (device.health.state !== 'sound') return;
      device.health.state = 'hung';
      after(500 + random.below(14_000), () => {
        if (device.health.state === 'hung') heal(world, device.health);
      });
    },
    function fillServer() {
      server.setFull(true);
      after(300 + random.below(2_500), () => server.setFull(false));
    },
    function failCommits() {
      server.failCommits(1 + random.below(3));
    },
    function expireSession(device) {
      server.expired.add(device.line);
      for (const connection of network.connections)
        if (connection.line === device.line) server.refuse(connection);
      after(1_000 + random.below(12_000), () => {
        server.expired.delete(device.line);
        for (const tab of device.tabs) wakeTab(scene, tab);
      });
    },
    function setClock(device) {
      device.skew += random.below(120_000) - 60_000;
      for (const tab of device.tabs) tab.process.skew = device.skew;
    },
    function wake(device) {
      for (const tab of device.tabs) wakeTab(scene, tab);
    },
    function putAside(device) {
      for (const tab of device.tabs) leaveTab(scene, tab);
    },
  ];

  /** In a lift, a train, a cellar: gone most of the time, back for moments. */
  function goUnderground(device: Device): void {
    after(world.delay(8_000), () => {
      if (world.now() >= end) return;
      network.setLine(device.line, false);
      after(1_000 + world.delay(25_000), () => {
        network.setLine(device.line, true);
        if (world.chance(0.7)) for (const tab of device.tabs) wakeTab(scene, tab);
        goUnderground(device);
      });
    });
  }
  for (const device of devices) if (world.chance(0.6)) goUnderground(device);

  const count = 4 + random.below(14);
  for (let i = 0; i < count; i += 1) {
    const fault = random.pick(faults);
    const device = random.pick(devices);
    after(random.below(until), () => {
      world.note('fate:', fault.name, device.name);
      fault(device);
    });
  }
}
