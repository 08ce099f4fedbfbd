/** The session cookie: no script reads it, no other site sends it. */

const SECURE_NAME = '__Host-logline';
/** On this machine itself there is no https; the name must not promise it. */
const PLAIN_NAME = 'logline';

/** @param maxAge seconds */
export function toSetCookie(secret: string, isHttps: boolean, maxAge: number): string {
  const flags = 'Path=/; HttpOnly; SameSite=Strict';
  return `${toName(isHttps)}=${secret}; ${flags}; Max-Age=${maxAge}${isHttps ? '; Secure' : ''}`;
}

export function toEndCookie(isHttps: boolean): string {
  return toSetCookie('', isHttps, 0);
}

/** @returns null when there is none */
export function readCookie(header: string | undefined, isHttps: boolean): string | null {
  for (const pair of header?.split(';') ?? []) {
    const [name, value] = pair.trim().split('=', 2);
    if (name === toName(isHttps) && value) return value;
  }
  return null;
}

/** @returns the token of `Authorization: Bearer …`, null when there is none */
export function readBearer(header: string | undefined): string | null {
  return /^Bearer ([\w-]{16,128})$/i.exec(header ?? '')?.[1] ?? null;
}

function toName(isHttps: boolean): string {
  return isHttps ? SECURE_NAME : PLAIN_NAME;
}
