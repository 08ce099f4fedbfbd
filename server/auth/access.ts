/**
 * Who may come in. Until there are accounts it is one rule: one open workspace, for this machine only unless the
 * operator set LOGLINE_OPEN=yes. Http and sockets both ask here, for every request.
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
};

export type Access =
  | { readonly ok: true }
  | { readonly ok: false; readonly why: 'notFromHere' | 'wrongOrigin'; readonly sentence: string };

export type AccessSettings = { readonly isOpen: boolean; readonly publicUrl: URL | null };

export function decideAccess(visitor: Visitor, settings: AccessSettings): Access {
  if (!settings.isOpen && !isFromThisMachine(visitor)) {
    return {
      ok: false,
      why: 'notFromHere',
      sentence:
        'This Logline answers only on its own machine. To let in everybody who can reach it, start it with LOGLINE_OPEN=yes.',
    };
  }
  if (!isNamedLikeUs(visitor, settings.publicUrl)) {
    const place = settings.publicUrl ? `is at ${settings.publicUrl.href}` : 'has no public name';
    return {
      ok: false,
      why: 'wrongOrigin',
      sentence: `This Logline ${place}. If it is to be reached as ${visitor.host}, set PUBLIC_URL to that.`,
    };
  }
  if (visitor.origin !== undefined && !isOwnOrigin(visitor, settings)) {
    return {
      ok: false,
      why: 'wrongOrigin',
      sentence: `Another site (${visitor.origin}) asked. If this is how people open Logline, set PUBLIC_URL to it.`,
    };
  }
  return { ok: true };
}

function isFromThisMachine({ remoteAddress, host }: Visitor): boolean {
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
