/** `npm run auth -- …`: what has to go from the machine itself, when nobody who owns the server can sign in. */

import { isIncidentId } from '../shared/domain/id.ts';
import { toJoinLink } from '../shared/protocol/auth.ts';
import { newId, newSecret, toHash } from './auth/secrets.ts';
import { readConfig } from './config.ts';
import type { AuthStore } from './storage/auth-store.ts';
import { LockTaken, openSqlite } from './storage/open-sqlite.ts';

const USAGE = `npm run auth -- reset-owner                        prints a link that makes an owner, once, within an hour
npm run auth -- token NAME view|log [INCIDENT]     prints a token for scripts, for everything or one incident
Stop the server first.`;
const HOUR = 60 * 60 * 1000;
const NAME_CHARS = 60;

/** @returns what to print; null when the words make no sense */
async function act(
  auth: AuthStore,
  words: readonly string[],
  origin: string,
): Promise<string | null> {
  const [task, name, right, incident] = words;
  const at = Date.now();
  const secret = newSecret();
  const id = newId();
  if (task === 'reset-owner' && name === undefined) {
    await auth.addInvitation(
      {
        id,
        hash: toHash(secret),
        codeHash: null,
        codeExpiresAt: 0,
        role: 'owner',
        incident: null,
        right: 'view',
        account: null,
        by: '',
        createdAt: at,
        expiresAt: at + HOUR,
        maxUses: 1,
        uses: 0,
        isRevoked: false,
      },
      { actor: '', act: 'ownerReset', about: id, detail: '' },
    );
    return `Start the server and open, within an hour: ${toJoinLink(origin, secret)}`;
  }
  const isWhole = incident === undefined || isIncidentId(incident);
  if (task !== 'token' || !name || name.length > NAME_CHARS || !isWhole) return null;
  if (right !== 'view' && right !== 'log') return null;
  await auth.addToken(
    {
      id,
      hash: toHash(secret),
      name,
      incident: incident ?? null,
      right,
      by: '',
      createdAt: at,
      usedAt: null,
    },
    { actor: '', act: 'tokenMade', about: id, detail: `${incident ?? 'workspace'} ${right}` },
  );
  return `Send it as "Authorization: Bearer ${secret}". It is shown once.`;
}

async function main(words: readonly string[]): Promise<number> {
  const outcome = readConfig(process.env);
  if (!outcome.ok) {
    for (const problem of outcome.problems) console.error(problem);
    return 1;
  }
  const { dataDir, publicUrl, port } = outcome.config;
  try {
    const { store, auth } = openSqlite(dataDir, Date.now);
    const said = await act(auth, words, publicUrl?.origin ?? `http://localhost:${port}`);
    await store.close();
    if (said === null) console.error(USAGE);
    else console.info(said);
    return said === null ? 1 : 0;
  } catch (cause) {
    if (!(cause instanceof LockTaken)) throw cause;
    console.error(cause.message);
    return 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
