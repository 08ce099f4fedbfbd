/**
 * Coming in, over http. Every body and answer is JSON; a refusal is a sentence for the person, as text.
 *
 * | request | body | answer | needs |
 * |---|---|---|---|
 * | `GET /api/me` | | `Standing` | anyone |
 * | `POST /api/claim` | `{secret, name, person}` | `Standing` | the claim link, while nobody owns the server |
 * | `POST /api/invitations/look` | `{secret}` or `{code}` | `Preview` | the invitation; looking does not spend it |
 * | `POST /api/join` | `{secret or code, name, person}` | `Joined` | the invitation |
 * | `POST /api/sign-out` | `{}` | `Standing` | anyone |
 * | `POST /api/sign-in/start`, then `POST /api/sign-in` | `{}`, `{id, response}` | options; `Standing` | a passkey |
 * | `POST /api/passkeys/start`, then `POST /api/passkeys` | `{}`, the browser's answer | options; `{}` | an account |
 * | `GET /api/passkeys` | | `{passkeys: KnownPasskey[]}` | an account |
 * | `POST /api/passkeys/<id>/remove` | `{}` | `{}` | an account, its own |
 * | `POST /api/name` | `{name}` | `Standing` | an account |
 * | `POST /api/invitations` | `Wish` | `Invited` | who may let in |
 * | `GET /api/people` | | `{people: Known[], invitations: OpenInvitation[]}` | an owner |
 * | `POST /api/people/<id>` | `{role}` or `{isSuspended}` | `{}` | an owner |
 * | `POST /api/invitations/<id>/revoke` | `{}` | `{}` | an owner, or whoever made it |
 * | `GET /api/devices` | | `{devices: Device[]}` | an account |
 * | `POST /api/devices/<id>/revoke` | `{}` | `{}` | an account, its own |
 *
 * Secrets are 256 bits and only ever in the fragment of a link, which no server and no link preview sees.
 */

import { isWorkspaceRole, type WorkspaceRole } from './rights.ts';

/** How this browser stands with the server. */
export type Standing = {
  /**
   * `trying`: nobody owns this server yet and whoever sits at it may do everything. `unclaimed`: nobody owns it and
   * this browser is elsewhere.
   */
  readonly door: 'trying' | 'unclaimed' | 'signedIn' | 'signedOut';
  readonly account: Me | null;
  /** Why nobody can sign in from here, for the person; null when they can. */
  readonly problem: string | null;
};

export type Me = {
  readonly id: string;
  readonly name: string;
  readonly role: WorkspaceRole;
  /** The id this account's lines carry, on every device. */
  readonly person: string | null;
  /** ms since 1970: the phone may show what it has until then. */
  readonly readableUntil: number;
};

export type Preview = {
  readonly role: WorkspaceRole;
  readonly by: string;
  /** ms since 1970 */
  readonly expiresAt: number;
  /** An invitation of one's own other device: this is the account's name. */
  readonly account: string | null;
  /** What a guest is invited to. */
  readonly incident: { readonly id: string; readonly summary: unknown } | null;
};

export type Joined = { readonly standing: Standing; readonly incident: string | null };

export type Wish =
  | { readonly for: 'workspace'; readonly role: Exclude<WorkspaceRole, 'guest'> }
  | {
      readonly for: 'incident';
      readonly incident: string;
      readonly right: 'view' | 'log';
      readonly hours: number;
    }
  | { readonly for: 'device' }
  /** Somebody who is known and has no device left that is signed in. */
  | { readonly for: 'account'; readonly account: string };

export type Invited = {
  readonly id: string;
  readonly secret: string;
  /** `ABCD-EFGH`, for whoever cannot open the link in the app. */
  readonly code: string;
  readonly codeExpiresAt: number;
  readonly expiresAt: number;
};

export type Known = {
  readonly id: string;
  readonly name: string;
  readonly role: WorkspaceRole;
  readonly isSuspended: boolean;
  readonly isMe: boolean;
  /** Of the newest visit on any device, ms since 1970; null: never. */
  readonly seenAt: number | null;
};

export type OpenInvitation = {
  readonly id: string;
  readonly role: WorkspaceRole;
  readonly incident: string | null;
  readonly by: string;
  readonly expiresAt: number;
  readonly usesLeft: number;
  /** Of somebody who is known already. */
  readonly isDevice: boolean;
};

export type Device = {
  readonly id: string;
  readonly label: string;
  readonly isThis: boolean;
  readonly createdAt: number;
  readonly seenAt: number;
};

export type KnownPasskey = {
  readonly id: string;
  readonly label: string;
  readonly createdAt: number;
  /** Null: never. */
  readonly usedAt: number | null;
};

/** The page that an invitation opens, with its secret where no server sees it. */
export function toJoinLink(origin: string, secret: string): string {
  return `${origin}/join#${secret}`;
}

export function toClaimLink(origin: string, secret: string): string {
  return `${origin}/claim#${secret}`;
}

/** @returns null for what is no standing, as behind a captive portal */
export function decodeStanding(json: unknown): Standing | null {
  if (!isRecord(json)) return null;
  const { door, account, problem } = json;
  if (door !== 'trying' && door !== 'unclaimed' && door !== 'signedIn' && door !== 'signedOut')
    return null;
  return {
    door,
    account: decodeMe(account),
    problem: typeof problem === 'string' ? problem : null,
  };
}

function decodeMe(json: unknown): Me | null {
  if (!isRecord(json)) return null;
  const { id, name, role, person, readableUntil } = json;
  if (typeof id !== 'string' || typeof name !== 'string' || !isWorkspaceRole(role)) return null;
  return {
    id,
    name,
    role,
    person: typeof person === 'string' ? person : null,
    readableUntil: typeof readableUntil === 'number' ? readableUntil : 0,
  };
}

export function decodePreview(json: unknown): Preview | null {
  if (!isRecord(json)) return null;
  const { role, by, expiresAt, account, incident } = json;
  if (!isWorkspaceRole(role) || typeof by !== 'string' || typeof expiresAt !== 'number')
    return null;
  const named = isRecord(incident) && typeof incident['id'] === 'string';
  return {
    role,
    by,
    expiresAt,
    account: typeof account === 'string' ? account : null,
    incident: named ? { id: String(incident['id']), summary: incident['summary'] } : null,
  };
}

export function decodeJoined(json: unknown): Joined | null {
  if (!isRecord(json)) return null;
  const standing = decodeStanding(json['standing']);
  const { incident } = json;
  return standing && { standing, incident: typeof incident === 'string' ? incident : null };
}

export function decodeInvited(json: unknown): Invited | null {
  if (!isRecord(json)) return null;
  const { id, secret, code, codeExpiresAt, expiresAt } = json;
  if (typeof id !== 'string' || typeof secret !== 'string' || typeof code !== 'string') return null;
  if (typeof codeExpiresAt !== 'number' || typeof expiresAt !== 'number') return null;
  return { id, secret, code, codeExpiresAt, expiresAt };
}

export function decodeKnown(json: unknown): Known | null {
  if (!isRecord(json)) return null;
  const { id, name, role, isSuspended, isMe, seenAt } = json;
  if (typeof id !== 'string' || typeof name !== 'string' || !isWorkspaceRole(role)) return null;
  return {
    id,
    name,
    role,
    isSuspended: isSuspended === true,
    isMe: isMe === true,
    seenAt: typeof seenAt === 'number' ? seenAt : null,
  };
}

export function decodeOpenInvitation(json: unknown): OpenInvitation | null {
  if (!isRecord(json)) return null;
  const { id, role, incident, by, expiresAt, usesLeft, isDevice } = json;
  if (typeof id !== 'string' || !isWorkspaceRole(role) || typeof by !== 'string') return null;
  if (typeof expiresAt !== 'number' || typeof usesLeft !== 'number') return null;
  return {
    id,
    role,
    incident: typeof incident === 'string' ? incident : null,
    by,
    expiresAt,
    usesLeft,
    isDevice: isDevice === true,
  };
}

export function decodeDevice(json: unknown): Device | null {
  if (!isRecord(json)) return null;
  const { id, label, isThis, createdAt, seenAt } = json;
  if (typeof id !== 'string' || typeof label !== 'string') return null;
  if (typeof createdAt !== 'number' || typeof seenAt !== 'number') return null;
  return { id, label, isThis: isThis === true, createdAt, seenAt };
}

export function decodePasskey(json: unknown): KnownPasskey | null {
  if (!isRecord(json)) return null;
  const { id, label, createdAt, usedAt } = json;
  if (typeof id !== 'string' || typeof label !== 'string' || typeof createdAt !== 'number')
    return null;
  return { id, label, createdAt, usedAt: typeof usedAt === 'number' ? usedAt : null };
}

/** The items of a list in an answer that can be read. */
export function decodeList<T>(
  json: unknown,
  name: string,
  decode: (one: unknown) => T | null,
): readonly T[] {
  const list = isRecord(json) ? json[name] : null;
  return Array.isArray(list) ? list.flatMap((one) => decode(one) ?? []) : [];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
