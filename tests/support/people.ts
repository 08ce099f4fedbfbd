/** People at the doors of a server: each is a browser's cookie, or a token, and asks as a page of the app would. */

import type { Joined, Standing } from '../../shared/protocol/auth.ts';
import type { WorkspaceRole } from '../../shared/protocol/rights.ts';
import { clockOf, startServer, type TestServer } from './server.ts';

export type Visitor = {
  readonly name: string;
  /** What a browser or a script sends with everything. */
  readonly headers: Readonly<Record<string, string>>;
  ask(method: string, path: string, body?: unknown): Promise<Response>;
};

export type Member = Visitor & { readonly id: string };

const OWNER_TOKEN = 'owner-token-of-a-test-0123456789abcdef';

export function visitor(
  server: TestServer,
  name: string,
  headers: Record<string, string> = {},
): Visitor {
  const { origin } = new URL(server.url);
  return {
    name,
    headers,
    ask: (method, path, body) =>
      fetch(new URL(path, server.url), {
        method,
        redirect: 'error',
        headers: {
          ...headers,
          connection: 'close', // a server that restarts would break one that is kept
          ...(method === 'GET' ? {} : { origin }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
  };
}

/** A server that Olga owns. */
export async function startOwned(
  environment: Record<string, string> = {},
): Promise<{ server: TestServer; olga: Member }> {
  const server = await startServer({ LOGLINE_OWNER_TOKEN: OWNER_TOKEN, ...environment });
  const answer = await visitor(server, 'Olga').ask('POST', '/api/claim', {
    secret: OWNER_TOKEN,
    name: 'Olga',
    person: null,
  });
  return { server, olga: await signedIn(server, 'Olga', answer) };
}

/** By an invitation of Olga's. */
export async function join(
  server: TestServer,
  olga: Visitor,
  name: string,
  role: Exclude<WorkspaceRole, 'guest'>,
  person: string | null = null,
): Promise<Member> {
  const invited = await olga.ask('POST', '/api/invitations', { for: 'workspace', role });
  const { secret } = (await invited.json()) as { secret: string };
  return enter(server, name, { secret }, person);
}

export async function joinAsGuest(
  server: TestServer,
  host: Visitor,
  name: string,
  incident: string,
  right: 'view' | 'log',
  hours = 24,
): Promise<Member> {
  const wish = { for: 'incident', incident, right, hours };
  const invited = await host.ask('POST', '/api/invitations', wish);
  const { secret } = (await invited.json()) as { secret: string };
  return enter(server, name, { secret });
}

export async function enter(
  server: TestServer,
  name: string,
  key: { secret: string } | { code: string },
  person: string | null = null,
): Promise<Member> {
  const answer = await visitor(server, name).ask('POST', '/api/join', { ...key, name, person });
  return signedIn(server, name, answer);
}

async function signedIn(server: TestServer, name: string, answer: Response): Promise<Member> {
  if (!answer.ok)
    throw new Error(`${name} was not let in: ${answer.status} ${await answer.text()}`);
  const body = (await answer.json()) as Standing | Joined;
  const { account } = 'standing' in body ? body.standing : body;
  const cookie = answer.headers.get('set-cookie')?.split(';', 1)[0];
  if (!account || !cookie) throw new Error(`${name} has no account`);
  return { ...visitor(server, name, { cookie }), id: account.id };
}

/** Time goes by on the server. */
export function passTime(server: TestServer, millis: number): void {
  clockOf(server.url).ahead += millis;
}
