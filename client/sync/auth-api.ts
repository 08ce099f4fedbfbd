/** Coming in and letting in, over http. Every question ends in an answer or in a sentence for the person. */

import {
  type Device,
  decodeDevice,
  decodeInvited,
  decodeJoined,
  decodeKnown,
  decodeList,
  decodeOpenInvitation,
  decodePasskey,
  decodePreview,
  decodeStanding,
  type Invited,
  type Joined,
  type Known,
  type KnownPasskey,
  type OpenInvitation,
  type Preview,
  type Standing,
  type Wish,
} from '../../shared/protocol/auth.ts';
import { makePasskey, usePasskey } from './passkeys.ts';

export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  /** `isAway`: the server was not reached, so asking again later may help. */
  | { readonly ok: false; readonly sentence: string; readonly isAway: boolean };

/** An invitation's link has a secret; what is typed or read aloud is a code. */
export type Key = { readonly secret: string } | { readonly code: string };

export type Team = {
  readonly people: readonly Known[];
  readonly invitations: readonly OpenInvitation[];
};

export type AuthApi = {
  standing(): Promise<Answer<Standing>>;
  claim(secret: string, name: string, person: string): Promise<Answer<Standing>>;
  look(key: Key): Promise<Answer<Preview>>;
  join(key: Key, name: string, person: string): Promise<Answer<Joined>>;
  rename(name: string): Promise<Answer<Standing>>;
  signOut(): Promise<Answer<Standing>>;
  invite(wish: Wish): Promise<Answer<Invited>>;
  revokeInvitation(id: string): Promise<Answer<true>>;
  team(): Promise<Answer<Team>>;
  changePerson(id: string, change: Readonly<Record<string, unknown>>): Promise<Answer<true>>;
  devices(): Promise<Answer<readonly Device[]>>;
  endDevice(id: string): Promise<Answer<true>>;
  passkeys(): Promise<Answer<readonly KnownPasskey[]>>;
  addPasskey(): Promise<Answer<true>>;
  removePasskey(id: string): Promise<Answer<true>>;
  signIn(): Promise<Answer<Standing>>;
};

const AWAY = 'The server is not in reach. This needs it; everything else goes on without.';
const CALLED_OFF: Answer<never> = { ok: false, sentence: 'No passkey was used.', isAway: false };
const NOT_OURS = 'Something between this phone and the server answered in its place.';

export function createAuthApi(
  fetch: (path: string, init: RequestInit) => Promise<Response>,
): AuthApi {
  async function ask<T>(
    path: string,
    body: object | null,
    decode: (json: unknown) => T | null,
  ): Promise<Answer<T>> {
    const sending = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    };
    try {
      const response = await fetch(path, body ? sending : { cache: 'no-store' });
      const isText = response.headers.get('content-type')?.startsWith('text/plain') ?? false;
      if (!response.ok)
        return { ok: false, sentence: isText ? await response.text() : NOT_OURS, isAway: false };
      const value = decode(await response.json());
      return value === null ? { ok: false, sentence: NOT_OURS, isAway: true } : { ok: true, value };
    } catch {
      return { ok: false, sentence: AWAY, isAway: true }; // no network, no server, no JSON
    }
  }
  const done = (): true => true;

  return {
    standing: () => ask('/api/me', null, decodeStanding),
    claim: (secret, name, person) => ask('/api/claim', { secret, name, person }, decodeStanding),
    look: (key) => ask('/api/invitations/look', key, decodePreview),
    join: (key, name, person) => ask('/api/join', { ...key, name, person }, decodeJoined),
    rename: (name) => ask('/api/name', { name }, decodeStanding),
    signOut: () => ask('/api/sign-out', {}, decodeStanding),
    invite: (wish) => ask('/api/invitations', wish, decodeInvited),
    revokeInvitation: (id) => ask(`/api/invitations/${id}/revoke`, {}, done),
    team: () =>
      ask('/api/people', null, (json) => ({
        people: decodeList(json, 'people', decodeKnown),
        invitations: decodeList(json, 'invitations', decodeOpenInvitation),
      })),
    changePerson: (id, change) => ask(`/api/people/${id}`, change, done),
    devices: () => ask('/api/devices', null, (json) => decodeList(json, 'devices', decodeDevice)),
    passkeys: () =>
      ask('/api/passkeys', null, (json) => decodeList(json, 'passkeys', decodePasskey)),
    removePasskey: (id) => ask(`/api/passkeys/${encodeURIComponent(id)}/remove`, {}, done),
    async addPasskey() {
      const options = await ask('/api/passkeys/start', {}, (json) => json ?? null);
      if (!options.ok) return options;
      const made = await makePasskey(options.value);
      return made ? ask('/api/passkeys', Object(made), done) : CALLED_OFF;
    },
    async signIn() {
      const started = await ask('/api/sign-in/start', {}, decodeStart);
      if (!started.ok) return started;
      const response = await usePasskey(started.value.options);
      const { id } = started.value;
      return response ? ask('/api/sign-in', { id, response }, decodeStanding) : CALLED_OFF;
    },
    endDevice: (id) => ask(`/api/devices/${id}/revoke`, {}, done),
  };
}

function decodeStart(json: unknown): { readonly id: string; readonly options: unknown } | null {
  if (typeof json !== 'object' || json === null || !('id' in json) || !('options' in json))
    return null;
  return typeof json.id === 'string' ? { id: json.id, options: json.options } : null;
}
