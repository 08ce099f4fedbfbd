/**
 * `npm run bench:server`: what the server costs and keeps, beside other servers for the same documents. Each server is a
 * process of its own, this process is all the clients. docs/benchmarks.md says what each row means.
 */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { coldJoin } from './server/cold-join.ts';
import { fanOut100, fanOut500 } from './server/fan-out.ts';
import { PLAIN } from './server/framing.ts';
import { growth } from './server/growth.ts';
import { idleMemory } from './server/idle-memory.ts';
import { killed } from './server/kill.ts';
import { malformed } from './server/malformed.ts';
import { manyRooms } from './server/many-rooms.ts';
import { onSlowDisk } from './server/on-slow-disk.ts';
import { type Options, readOptions } from './server/options.ts';
import { installPeers, LOGLINE, PEERS_IN_ORDER, type Peer } from './server/peers.ts';
import { type Command, findFreePort, startProcess } from './server/server-process.ts';
import { createResults, toTable } from './server/table.ts';
import type { Arena, Measure, Owned, Workload } from './server/workload.ts';

const WORKLOADS: readonly Workload[] = [
  fanOut100,
  fanOut500,
  manyRooms,
  onSlowDisk(fanOut100),
  onSlowDisk(fanOut500),
  onSlowDisk(manyRooms),
  coldJoin,
  idleMemory,
  killed,
  malformed,
  growth,
];

const options = readOptions(process.argv.slice(2));
const workloads = choose(WORKLOADS, options.only);
const results = createResults();
const columns = options.url
  ? new Map([['url', options.url]])
  : new Map(choose(PEERS_IN_ORDER, options.peers).map(({ name, label }) => [name, label]));

if (options.url === null) await measurePeers();
else await measureUrl(options.url);

console.info(`\n${toTable(results.all, columns)}`);
if (options.json !== null) {
  writeFileSync(options.json, `${JSON.stringify(results.all, null, 2)}\n`);
}
process.exit();

/** The servers take turns within each round, so that a busy moment of the machine meets all of them. */
async function measurePeers(): Promise<void> {
  const peers = choose(PEERS_IN_ORDER, options.peers);
  if (peers.some((peer) => peer !== LOGLINE)) installPeers();
  for (let round = 0; round < options.rounds; round++) {
    for (const workload of workloads) {
      if (round >= (workload.maxRounds ?? options.rounds)) continue;
      for (const peer of peers) {
        const adapted = workload.adapt ? workload.adapt(peer) : peer;
        if (!adapted) continue;
        results.add(workload, peer.name, await measure(workload, adapted, round));
      }
    }
  }
}

async function measureUrl(url: string): Promise<void> {
  for (let round = 0; round < options.rounds; round++) {
    for (const workload of workloads) {
      if (workload.needs !== 'socket' || workload.adapt) continue;
      const target = { url, framing: PLAIN, pid: options.pid, server: null };
      results.add(workload, 'url', tell(workload, 'url', round, await workload.run(target)));
    }
  }
}

async function measure(workload: Workload, peer: Peer, round: number): Promise<readonly Measure[]> {
  const arena = createArena(peer, options);
  try {
    const measures = await (workload.needs === 'process'
      ? workload.run(arena)
      : workload.run(await arena.start()));
    return tell(workload, peer.name, round, measures);
  } finally {
    await arena.close();
  }
}

function createArena(peer: Peer, { profile }: Options): Arena & { close(): Promise<void> } {
  const dataDir = mkdtempSync(join(tmpdir(), `logline-bench-${peer.name}-`));
  const started: Owned[] = [];
  return {
    peer,
    dataDir,
    async start() {
      const port = await findFreePort();
      const server = await startProcess(withProfile(peer.command(port, dataDir), profile), port);
      const url = `ws://127.0.0.1:${port}${peer.path}`;
      const owned = { url, framing: peer.framing, pid: server.pid, server };
      started.push(owned);
      return owned;
    },
    async close() {
      for (const { server } of started) await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function withProfile(command: Command, folder: string | null): Command {
  if (folder === null) return command;
  return { ...command, args: ['--cpu-prof', '--cpu-prof-dir', folder, ...command.args] };
}

function tell(
  { name }: Workload,
  peer: string,
  round: number,
  measures: readonly Measure[],
): readonly Measure[] {
  const figures = measures.map(({ name: measure, unit, value }) => {
    return `${measure} ${value === null ? '—' : value.toFixed(2)}${unit && ` ${unit}`}`;
  });
  console.error(`round ${round + 1}  ${name}  ${peer}:  ${figures.join(', ')}`);
  return measures;
}

function choose<T extends { readonly name: string }>(
  list: readonly T[],
  names: readonly string[] | null,
): readonly T[] {
  for (const name of names ?? []) {
    if (list.some((one) => one.name === name)) continue;
    console.error(`There is no "${name}". There is: ${list.map((one) => one.name).join(', ')}`);
    process.exit(1);
  }
  return list.filter(({ name }) => names === null || names.includes(name));
}
