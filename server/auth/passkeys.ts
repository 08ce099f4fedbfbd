/**
 * Passkeys: a key pair whose private half never leaves the person's device. A challenge is good once and for five
 * minutes, and is held in memory only: a restart in between asks for another tap.
 */

import { isIP } from 'node:net';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import type { Account, AuthStore, Passkey } from '../storage/auth-store.ts';
import { Refused } from './refused.ts';
import { newId } from './secrets.ts';

const CHALLENGE_MILLIS = 5 * 60 * 1000;
const MAX_CHALLENGES = 10_000;
const NOT_THIS =
  'This passkey does not open this Logline. Try another, or ask an owner for a code.';

/** Where the browser is: passkeys belong to a host name. */
export type Site = {
  readonly origin: string;
  /** Without the port. */
  readonly host: string;
};

/** As the browser's `toJSON` has it, checked by the door's schema. */
export type Attested = Parameters<typeof verifyRegistrationResponse>[0]['response'];
export type Asserted = Parameters<typeof verifyAuthenticationResponse>[0]['response'];

export type Passkeys = {
  /** @returns options for `navigator.credentials.create`, as JSON. @throws Refused where the site has no host name */
  startNew(account: Account, session: string, site: Site): Promise<unknown>;
  /** @throws Refused */
  finishNew(
    account: Account,
    session: string,
    site: Site,
    response: Attested,
    label: string,
  ): Promise<void>;
  /** @returns options for `navigator.credentials.get` and the name they have here */
  startSignIn(site: Site): Promise<{ readonly id: string; readonly options: unknown }>;
  /** @returns the account. @throws Refused */
  finishSignIn(id: string, site: Site, response: Asserted): Promise<string>;
};

type Challenge = { readonly challenge: string; readonly expiresAt: number };

export function createPasskeys(store: AuthStore, now: () => number): Passkeys {
  const pending = new Map<string, Challenge>();

  function remember(key: string, challenge: string): void {
    pending.delete(key);
    pending.set(key, { challenge, expiresAt: now() + CHALLENGE_MILLIS });
    for (const oldest of pending.keys()) if (pending.size > MAX_CHALLENGES) pending.delete(oldest);
  }

  /** Good once. */
  function takeChallenge(key: string): string {
    const known = pending.get(key);
    pending.delete(key);
    if (!known || known.expiresAt <= now())
      throw new Refused(409, 'That took too long. Try again.');
    return known.challenge;
  }

  return {
    async startNew({ id, name }, session, { host }) {
      checkHost(host);
      const known = await store.readPasskeys(id);
      const options = await generateRegistrationOptions({
        rpName: 'Logline',
        rpID: host,
        userName: name,
        userDisplayName: name,
        userID: new TextEncoder().encode(id),
        attestationType: 'none',
        excludeCredentials: known.map((key) => ({ id: key.id })),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      });
      remember(`new ${session}`, options.challenge);
      return options;
    },
    async finishNew({ id }, session, { host, origin }, response, label) {
      const expectedChallenge = takeChallenge(`new ${session}`);
      const { registrationInfo, verified } = await orRefuse(
        verifyRegistrationResponse({
          response,
          expectedChallenge,
          expectedOrigin: origin,
          expectedRPID: host,
          requireUserVerification: true,
        }),
      );
      if (!verified || !registrationInfo) throw new Refused(403, NOT_THIS);
      const { credential } = registrationInfo;
      if (await store.readPasskey(credential.id))
        throw new Refused(409, 'This passkey is known here already.');
      const passkey: Passkey = {
        id: credential.id,
        account: id,
        publicKey: credential.publicKey,
        counter: credential.counter,
        transports: credential.transports ?? [],
        label,
        createdAt: now(),
        usedAt: null,
      };
      await store.addPasskey(passkey, { actor: id, act: 'passkeyAdded', about: id, detail: label });
    },
    async startSignIn({ host }) {
      checkHost(host);
      const options = await generateAuthenticationOptions({
        rpID: host,
        userVerification: 'required',
      });
      const id = newId();
      remember(id, options.challenge);
      return { id, options };
    },
    async finishSignIn(id, { host, origin }, response) {
      const expectedChallenge = takeChallenge(id);
      const passkey = await store.readPasskey(response.id);
      if (!passkey) throw new Refused(403, NOT_THIS);
      const { publicKey, counter } = passkey;
      const { verified, authenticationInfo } = await orRefuse(
        verifyAuthenticationResponse({
          response,
          expectedChallenge,
          expectedOrigin: origin,
          expectedRPID: host,
          credential: { id: passkey.id, publicKey: publicKey.slice(), counter },
          requireUserVerification: true,
        }),
      );
      if (!verified) throw new Refused(403, NOT_THIS);
      await store.usePasskey(passkey.id, authenticationInfo.newCounter, now());
      return passkey.account;
    },
  };
}

function checkHost(host: string): void {
  if (isIP(host.replace(/^\[|\]$/g, '')) !== 0)
    throw new Refused(
      409,
      'Passkeys need a host name, and this address is a number. Open Logline by its name.',
    );
}

/** The library throws at whatever does not fit; for the person all of it means the same. */
async function orRefuse<T>(verifying: Promise<T>): Promise<T> {
  try {
    return await verifying;
  } catch {
    throw new Refused(403, NOT_THIS);
  }
}
