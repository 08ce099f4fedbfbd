/** A whole server, put together: the store, the rooms, the sockets and the http side. Used by `main.ts` and by tests. */

import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createSecureContext } from 'node:tls';
import { decideAccess, type Visitor } from './auth/access.ts';
import type { Config } from './config.ts';
import { createApp } from './http/app.ts';
import { createDirectory } from './http/directory.ts';
import { registerIncidentDoors } from './http/incident-doors.ts';
import { keepAssets } from './http/old-assets.ts';
import { readStaticFiles, type StaticFiles } from './http/static-files.ts';
import type { Log } from './log.ts';
import { openSqliteStore } from './storage/open-sqlite.ts';
import { createThreadedCompact } from './sync/compactor.ts';
import { createRooms } from './sync/rooms.ts';
import { attachSockets } from './sync/sockets.ts';

/** Requests under way get this long to finish once the server stops. */
const CLOSE_AFTER_MILLIS = 1_000;

export type Server = {
  /** Where it listens, for a person to open. */
  readonly url: string;
  /** No new sockets; what was received is committed; then everything is closed. */
  stop(): Promise<void>;
};

/**
 * @param clientDir the built client; null while developing, when somebody else serves it
 * @param now ms since 1970: the time phones set their clocks by
 * @throws when the port is taken, the folder cannot be written or nothing is built
 */
export async function serve(
  config: Config,
  log: Log,
  clientDir: string | null,
  now: () => number = Date.now,
): Promise<Server> {
  const tls = readTls(config);
  const store = openSqliteStore(config.dataDir, now);
  const files = readFiles(clientDir, config.dataDir);
  const directory = createDirectory(store);
  const threaded = createThreadedCompact();
  const rooms = createRooms({
    store,
    log,
    now,
    compact: threaded.compact,
    onDirectory: directory.announce,
  });
  const decide = (visitor: Visitor) => decideAccess(visitor, config);
  const app = createApp({
    log,
    files,
    directory,
    registerDoors: (into) => registerIncidentDoors(into, store, rooms),
    decide,
    tls,
  });
  const sockets = attachSockets({ server: app.server, rooms, log, decide });

  async function stop(): Promise<void> {
    await sockets.close();
    directory.close();
    // A browser keeps connections ready that never asked for anything; nobody waits for those.
    const patience = setTimeout(() => app.server.closeAllConnections(), CLOSE_AFTER_MILLIS);
    await app.close();
    clearTimeout(patience);
    await rooms.drain();
    await rooms.close();
    await threaded.close();
    await store.close();
  }

  try {
    await rooms.catchUp();
    await app.listen({ port: config.port, host: config.host });
  } catch (cause) {
    await stop();
    throw cause;
  }
  return { url: toUrl(config, app.server.address()), stop };
}

/** Of this release everything, of earlier ones the parts that open tabs may still ask for. */
function readFiles(clientDir: string | null, dataDir: string): StaticFiles {
  if (clientDir === null) return new Map();
  const current = readStaticFiles(clientDir);
  const kept = readStaticFiles(keepAssets(clientDir, dataDir, Date.now()));
  return new Map([...kept, ...current]);
}

/** @throws Error that names the setting whose file cannot be used */
function readTls({ tls }: Config): { cert: Buffer; key: Buffer } | null {
  if (!tls) return null;
  const read = (setting: string, file: string): Buffer => {
    try {
      return readFileSync(file);
    } catch (cause) {
      throw new Error(`${setting} is "${file}", which cannot be read. Set it to a file in PEM.`, {
        cause,
      });
    }
  };
  const pair = { cert: read('TLS_CERT', tls.certFile), key: read('TLS_KEY', tls.keyFile) };
  try {
    createSecureContext(pair);
  } catch (cause) {
    throw new Error(
      'TLS_CERT and TLS_KEY are not a certificate and its key in PEM. Set them to a pair that belongs together.',
      { cause },
    );
  }
  return pair;
}

function toUrl(
  { publicUrl, host, port, tls }: Config,
  address: string | AddressInfo | null,
): string {
  if (publicUrl) return publicUrl.href;
  const bound = typeof address === 'object' && address ? address.port : port;
  const name = host === '127.0.0.1' || host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return `${tls ? 'https' : 'http'}://${name.includes(':') ? `[${name}]` : name}:${bound}/`;
}
