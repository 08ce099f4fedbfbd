/** The servers that are measured side by side, and how each is started. */

import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Framing, NAMED, PLAIN } from './framing.ts';
import type { Command } from './server-process.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const PEERS = join(import.meta.dirname, '..', 'peers');
const Y_WEBSOCKET = join('node_modules', 'y-websocket', 'bin', 'server.cjs');

export type Peer = {
  readonly name: string;
  readonly label: string;
  readonly framing: Framing;
  /** Between the port and the room. */
  readonly path: string;
  /** What it was told survives a restart. */
  readonly isDurable: boolean;
  readonly command: (port: number, dataDir: string) => Command;
  /** Bytes of the document's own rows; null where only files can be looked at. */
  readonly rowBytes: (dataDir: string) => number | null;
  /** Bytes of what was compacted and is kept as history. */
  readonly archiveBytes: (dataDir: string) => number | null;
};

export const LOGLINE: Peer = {
  name: 'logline',
  label: 'Logline',
  framing: PLAIN,
  path: '/sync',
  isDurable: true,
  command: (port, dataDir) => ({
    args: [join('server', 'main.ts')],
    environment: { PORT: `${port}`, HOST: '127.0.0.1', DATA_DIR: dataDir, LOG_LEVEL: 'silent' },
    folder: ROOT,
  }),
  rowBytes: (dataDir) => sumRows(dataDir, ['snapshots', 'updates']),
  archiveBytes: (dataDir) => sumRows(dataDir, ['archive']),
};

const IN_MEMORY: Peer = {
  name: 'y-websocket',
  label: 'y-websocket 2, in memory',
  framing: PLAIN,
  path: '',
  isDurable: false,
  command: (port) => ({
    args: [Y_WEBSOCKET],
    environment: { PORT: `${port}`, HOST: '127.0.0.1' },
    folder: PEERS,
  }),
  rowBytes: () => null,
  archiveBytes: () => null,
};

const ON_LEVELDB: Peer = {
  ...IN_MEMORY,
  name: 'y-websocket-leveldb',
  label: 'y-websocket 2, LevelDB',
  isDurable: true,
  command: (port, dataDir) => ({
    args: [Y_WEBSOCKET],
    environment: { PORT: `${port}`, HOST: '127.0.0.1', YPERSISTENCE: dataDir },
    folder: PEERS,
  }),
};

const HOCUSPOCUS: Peer = {
  name: 'hocuspocus',
  label: 'Hocuspocus 4, SQLite',
  framing: NAMED,
  path: '',
  isDurable: true,
  command: (port, dataDir) => ({
    args: ['hocuspocus.js'],
    environment: { PORT: `${port}`, DATABASE: join(dataDir, 'hocuspocus.sqlite') },
    folder: PEERS,
  }),
  rowBytes: () => null,
  archiveBytes: () => null,
};

/** The floor, and no server anybody would use. */
const BARE: Peer = {
  ...IN_MEMORY,
  name: 'bare',
  label: 'ws alone',
  isDurable: true,
  command: (port, dataDir) => ({
    args: [join(import.meta.dirname, 'bare-relay.ts')],
    environment: { PORT: `${port}`, DATA_DIR: dataDir },
    folder: ROOT,
  }),
};

export const PEERS_IN_ORDER: readonly Peer[] = [LOGLINE, IN_MEMORY, ON_LEVELDB, HOCUSPOCUS, BARE];

/** Only servers that keep what they are told; the floor promises nothing. */
export function withoutFloor(peer: Peer): Peer | null {
  return peer === BARE ? null : peer;
}

/** The same server on a disk that takes 5 ms for a flush. */
export function withSlowDisk(peer: Peer): Peer {
  const preload = join(import.meta.dirname, 'slow-disk.ts');
  return {
    ...peer,
    command: (port, dataDir) => {
      const command = peer.command(port, dataDir);
      return { ...command, args: ['--import', preload, ...command.args] };
    },
  };
}

/** The others are no dependency of ours: they are installed when somebody compares. */
export function installPeers(): void {
  if (existsSync(join(PEERS, 'node_modules', '.package-lock.json'))) return;
  console.info('Installing the servers to compare with, in tests/bench/peers.');
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: PEERS,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** Without the parts of the app that Logline keeps for open tabs: they are no data. */
export function fileBytes(dataDir: string): number {
  const releases = join(dataDir, 'releases');
  return readdirSync(dataDir, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && !file.parentPath.startsWith(releases))
    .reduce((sum, file) => sum + statSync(join(file.parentPath, file.name)).size, 0);
}

function sumRows(dataDir: string, tables: readonly string[]): number {
  const db = new DatabaseSync(join(dataDir, 'logline.sqlite'), { readOnly: true });
  const sum = (table: string): number =>
    Number(db.prepare(`select coalesce(sum(length(bytes)), 0) as n from ${table}`).get()?.['n']);
  const bytes = tables.map(sum).reduce((total, one) => total + one, 0);
  db.close();
  return bytes;
}
