/**
 * Whether a request is meant for this server at all, before anybody asks who it comes from: its name has to be one of
 * ours, and no page of another site may speak to us. Http and sockets both ask here, for every request.
 */

import { isIP } from 'node:net';
import { isLoopbackHost } from '../config.ts';

/** What is known of a request before anything of it is read. */
export type Visitor = {
  readonly remoteAddress: string | undefined;
  /** The Host header: a name that somebody else's web page made point here must not open the workspace. */
  readonly host: string | undefined;
  /** Set by browsers on sockets and on writes. */
  readonly origin: string | undefined;
  /** A proxy passed it on, so whoever asks may be anywhere. */
  readonly isForwarded?: boolean;
  /** What the browser says of the page that asks (Fetch Metadata); other clients say nothing. */
  readonly site?: string | undefined;
};

export type Access =
  /** `isAtHome`: at the machine itself, or the operator let everybody in. */
  | { readonly ok: true; readonly isAtHome: boolean }
  | { readonly ok: false; readonly sentence: string };

export type AccessSettings = { readonly isOpen: boolean; readonly publicUrl: URL | null };

export function decideAccess(visitor: Visitor, settings: AccessSettings): Access {
  if (!isNamedLikeUs(visitor, settings.publicUrl)) {
    const place = settings.publicUrl ? `is at ${settings.publicUrl.href}` : 'has no public name';
    return {
      ok: false,
      sentence: `This Logline ${place}. If it is to be reached as ${visitor.host}, set PUBLIC_URL to that.`,
    };
  }
  if (visitor.origin !== undefined && !isOwnOrigin(visitor, settings)) {
    return {
      ok: false,
      sentence: `Another site (${visitor.origin}) asked. If this is how people open Logline, set PUBLIC_URL to it.`,
    };
  }
  return { ok: true, isAtHome: settings.isOpen || isFromThisMachine(visitor) };
}

/** Whether the browser speaks https, to us or to the proxy in front of us. */
export function isOverHttps(
  { host }: Visitor,
  { publicUrl }: AccessSettings,
  isTls: boolean,
): boolean {
  return isTls || (publicUrl?.protocol === 'https:' && toHostname(host) === publicUrl.hostname);
}

/** Whether a secret may come and go: nobody on the way can read it. */
export function isSafeForSecrets(
  visitor: Visitor,
  settings: AccessSettings,
  isTls: boolean,
): boolean {
  return isFromThisMachine(visitor) || isOverHttps(visitor, settings, isTls);
}

function isFromThisMachine({ remoteAddress, host, isForwarded }: Visitor): boolean {
  if (isForwarded) return false;
  const address = remoteAddress?.replace(/^::ffff:/, '') ?? '';
  return isLoopbackHost(address) && isLoopbackHost(toHostname(host));
}

/** Any other name is one that somebody made point here, so that their page and this server look like one site. */
function isNamedLikeUs({ host }: Visitor, publicUrl: URL | null): boolean {
  const name = toHostname(host);
  return (
    name === publicUrl?.hostname || isLoopbackHost(name) || isAddress(name) || isPrivateName(name)
  );
}

/** Names nobody can register: a machine of this network, or a neighbour in a container (RFC 6762, 8375, 9476). */
function isPrivateName(name: string): boolean {
  return !name.includes('.') || /\.(local|lan|internal|home\.arpa)$/.test(name);
}

function isAddress(name: string): boolean {
  return isIP(name.replace(/^\[|\]$/g, '')) !== 0;
}

function isOwnOrigin({ origin, host }: Visitor, { publicUrl }: AccessSettings): boolean {
  if (!origin || !URL.canParse(origin)) return false;
  if (publicUrl && origin === publicUrl.origin) return true;
  return new URL(origin).host === host;
}

function toHostname(host: string | undefined): string {
  return host !== undefined && URL.canParse(`http://${host}`)
    ? new URL(`http://${host}`).hostname
    : '';
}
