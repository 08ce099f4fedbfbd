/** A whole server, put together: the store, the rooms, the sockets and the http side. Used by `main.ts` and by tests. */

import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createSecureContext } from 'node:tls';
import { toClaimLink } from '../shared/protocol/auth.ts';
import { decideAccess, isOverHttps, type Visitor } from './auth/access.ts';
import { createAccounts } from './auth/accounts.ts';
import { createDoorkeeper } from './auth/doorkeeper.ts';
import type { Config } from './config.ts';
import { createApp } from './http/app.ts';
import { registerAuthDoors } from './http/auth-doors.ts';
import { createDirectory } from './http/directory.ts';
import type { Operation } from './http/guard.ts';
import { registerIncidentDoors } from './http/incident-doors.ts';
import { keepAssets } from './http/old-assets.ts';
import { registerOwnerDoors } from './http/owner-doors.ts';
import { registerRightsDoors } from './http/rights-doors.ts';
import { readStaticFiles, type StaticFiles } from './http/static-files.ts';
import type { Log } from './log.ts';
import { openSqlite } from './storage/open-sqlite.ts';
import { createThreadedCompact } from './sync/compactor.ts';
import { createRooms } from './sync/rooms.ts';
import { attachSockets } from './sync/sockets.ts';

/** Requests under way get this long to finish once the server stops. */
const CLOSE_AFTER_MILLIS = 1_000;

export type Server = {
  /** Where it listens, for a person to open. */
  readonly url: string;
  /** Makes the first owner of whoever opens it; null: somebody owns this server. */
  readonly claimLink: string | null;
  /** Every route and what it needs. */
  readonly operations: readonly Operation[];
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
  const { store, auth } = openSqlite(config.dataDir, now);
  const doorkeeper = await createDoorkeeper(auth, now);
  const accounts = createAccounts(auth, doorkeeper, now);
  const files = readFiles(clientDir, config.dataDir);
  const directory = createDirectory(store, doorkeeper, now);
  const threaded = createThreadedCompact();
  const rooms = createRooms({
    store,
    log,
    now,
    compact: threaded.compact,
    onDirectory: directory.announce,
  });
  const decide = (visitor: Visitor) => decideAccess(visitor, config);
  const isHttps = (visitor: Visitor) => isOverHttps(visitor, config, tls !== null);
  const { app, operations } = createApp({
    log,
    files,
    directory,
    registerDoors(into) {
      registerIncidentDoors(into, store, rooms);
      const settings = { settings: config, isTls: tls !== null, now };
      registerOwnerDoors(into, { auth, doorkeeper, now });
      registerRightsDoors(into, { auth, store, doorkeeper });
      registerAuthDoors(into, { auth, store, accounts, doorkeeper, ...settings });
    },
    decide,
    isHttps,
    doorkeeper,
    tls,
  });
  const sockets = attachSockets({
    server: app.server,
    rooms,
    log,
    decide,
    isHttps,
    doorkeeper,
    now,
  });

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
  const url = toUrl(config, app.server.address());
  const secret = doorkeeper.isUnclaimed() ? await accounts.makeClaim(config.ownerToken) : null;
  const claimLink = secret === null ? null : toClaimLink(new URL(url).origin, secret);
  return { url, claimLink, operations, stop };
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
