import { describe, expect, test } from 'vitest';
import { FRAME_NEEDS } from '../../../server/auth/needs.ts';
import { newIncidentId } from '../../../shared/domain/id.ts';
import {
  encodeBarrier,
  encodeStep1,
  encodeTimeQuestion,
  encodeUpdate,
} from '../../../shared/protocol/frames.ts';
import { createDevice, NIGHT } from '../../support/device.ts';
import { toHello } from '../../support/hello.ts';
import {
  join,
  joinAsGuest,
  type Member,
  startOwned,
  type Visitor,
  visitor,
} from '../../support/people.ts';
import { createRandom } from '../../support/random.ts';
import { connectRaw, isUpdate, offer } from '../../support/raw-client.ts';
import type { TestServer } from '../../support/server.ts';

/** Who asks. */
const PRINCIPALS = [
  'nobody',
  'owner',
  'responder',
  'viewer',
  'guest who may log',
  'guest who may view',
  'token that may log',
  'suspended',
] as const;
type Who = (typeof PRINCIPALS)[number];

/** What the incident is to whoever asks. */
const RELATIONS = ['ordinary', 'sensitive', 'granted view', 'granted log', 'unknown'] as const;
type Relation = (typeof RELATIONS)[number];

const LEVELS = ['none', 'view', 'log', 'manage'] as const;
type Level = (typeof LEVELS)[number];

/** `granted` incidents are sensitive, so that all there is comes from the grant. Guests have theirs by invitation. */
const EXPECTED: Readonly<Record<Who, Readonly<Record<Relation, Level>>>> = {
  nobody: {
    ordinary: 'none',
    sensitive: 'none',
    'granted view': 'none',
    'granted log': 'none',
    unknown: 'none',
  },
  owner: {
    ordinary: 'manage',
    sensitive: 'none',
    'granted view': 'manage',
    'granted log': 'manage',
    unknown: 'manage',
  },
  responder: {
    ordinary: 'log',
    sensitive: 'none',
    'granted view': 'log',
    'granted log': 'log',
    unknown: 'log',
  },
  viewer: {
    ordinary: 'view',
    sensitive: 'none',
    'granted view': 'view',
    'granted log': 'log',
    unknown: 'view',
  },
  'guest who may log': {
    ordinary: 'none',
    sensitive: 'none',
    'granted view': 'view',
    'granted log': 'log',
    unknown: 'none',
  },
  'guest who may view': {
    ordinary: 'none',
    sensitive: 'none',
    'granted view': 'view',
    'granted log': 'log',
    unknown: 'none',
  },
  'token that may log': {
    ordinary: 'log',
    sensitive: 'none',
    'granted view': 'none',
    'granted log': 'none',
    unknown: 'log',
  },
  suspended: {
    ordinary: 'none',
    sensitive: 'none',
    'granted view': 'none',
    'granted log': 'none',
    unknown: 'none',
  },
};
const IN_WORKSPACE: Readonly<
  Record<
    Who,
    { readonly isSomebody: boolean; readonly isAccount: boolean; readonly isOwner: boolean }
  >
> = {
  nobody: { isSomebody: false, isAccount: false, isOwner: false },
  owner: { isSomebody: true, isAccount: true, isOwner: true },
  responder: { isSomebody: true, isAccount: true, isOwner: false },
  viewer: { isSomebody: true, isAccount: true, isOwner: false },
  'guest who may log': { isSomebody: true, isAccount: true, isOwner: false },
  'guest who may view': { isSomebody: true, isAccount: true, isOwner: false },
  'token that may log': { isSomebody: true, isAccount: false, isOwner: false },
  suspended: { isSomebody: false, isAccount: false, isOwner: false },
};

/** What each route needs, said once more: a need that is changed by mistake shows here. */
const NEEDS: Readonly<Record<string, string>> = {
  'GET /*': 'anyone',
  'GET /api/health': 'anyone',
  'GET /api/me': 'anyone',
  'POST /api/claim': 'anyone',
  'POST /api/invitations/look': 'anyone',
  'POST /api/join': 'anyone',
  'GET /api/incidents': 'somebody',
  'POST /api/invitations': 'somebody',
  'GET /api/devices': 'account',
  'POST /api/devices/:id/revoke': 'account',
  'POST /api/invitations/:id/revoke': 'account',
  'POST /api/name': 'account',
  'POST /api/sign-out': 'anyone',
  'GET /api/passkeys': 'account',
  'POST /api/passkeys': 'account',
  'POST /api/passkeys/:id/remove': 'account',
  'POST /api/passkeys/start': 'account',
  'POST /api/sign-in': 'anyone',
  'POST /api/sign-in/start': 'anyone',
  'GET /api/audit': 'owner',
  'GET /api/people': 'owner',
  'POST /api/people/:id': 'owner',
  'GET /api/tokens': 'owner',
  'POST /api/tokens': 'owner',
  'POST /api/tokens/:id/revoke': 'owner',
  'GET /api/incidents/:id/history': 'view',
  'GET /api/incidents/:id/rights': 'view',
  'GET /api/incidents/:id/snapshot': 'view',
  'POST /api/incidents/:id/rights/:account': 'log',
  'POST /api/incidents/:id/sensitive': 'log',
  'POST /api/incidents/:id/updates': 'log',
};

type Stage = {
  readonly server: TestServer;
  readonly olga: Member;
  readonly people: Readonly<Record<Who, Visitor>>;
  readonly incidents: Readonly<Record<Relation, string>>;
};

async function setStage(): Promise<Stage> {
  const { server, olga } = await startOwned();
  const random = createRandom(11);
  const ids = RELATIONS.map((relation) => [relation, newIncidentId(NIGHT, random.bytes)] as const);
  const incidents = Object.fromEntries(ids) as Stage['incidents'];
  const sam = await join(server, olga, 'Sam', 'responder');
  for (const [relation, id] of ids) {
    if (relation === 'unknown') continue;
    const device = createDevice('Sam', id.charCodeAt(20) * 7 + 1);
    device.declare(relation);
    const client = await connectRaw(`${server.syncUrl}/${id}`, sam.headers);
    await offer(client, device, 1);
    client.close();
  }
  const rita = await join(server, olga, 'Rita', 'responder');
  const vera = await join(server, olga, 'Vera', 'viewer');
  const sue = await join(server, olga, 'Sue', 'responder');
  const gus = await joinAsGuest(server, sam, 'Gus', incidents['granted log'], 'log');
  const gil = await joinAsGuest(server, sam, 'Gil', incidents['granted view'], 'view');
  for (const relation of ['sensitive', 'granted view', 'granted log'] as const)
    await sam.ask('POST', `/api/incidents/${incidents[relation]}/sensitive`, { isSensitive: true });
  const grant = async (id: string, account: string, right: 'view' | 'log') => {
    const answer = await sam.ask('POST', `/api/incidents/${id}/rights/${account}`, { right });
    expect(answer.status).toBe(200);
  };
  for (const { id } of [olga, rita, vera, sue, gus, gil]) {
    await grant(incidents['granted view'], id, 'view');
    await grant(incidents['granted log'], id, 'log');
  }
  const made = await olga.ask('POST', '/api/tokens', {
    name: 'script',
    incident: null,
    right: 'log',
  });
  const { secret } = (await made.json()) as { secret: string };
  expect((await olga.ask('POST', `/api/people/${sue.id}`, { isSuspended: true })).status).toBe(200);
  return {
    server,
    olga,
    incidents,
    people: {
      nobody: visitor(server, 'Nobody'),
      owner: olga,
      responder: rita,
      viewer: vera,
      'guest who may log': gus,
      'guest who may view': gil,
      'token that may log': visitor(server, 'Script', { authorization: `Bearer ${secret}` }),
      suspended: sue,
    },
  };
}

const isAtLeast = (level: Level, needed: Level) => LEVELS.indexOf(level) >= LEVELS.indexOf(needed);

describe('who may do what', () => {
  test('[A7] [A8] every route is done for whoever may and for nobody else; unknown and forbidden look the same', async () => {
    const { server, people, incidents } = await setStage();
    const found: string[] = [];
    let asked = 0;
    const operations = server.operations.filter(({ method }) => method !== 'HEAD');
    const declared = operations.map(({ method, url, needs }) => [`${method} ${url}`, needs]);
    expect(Object.fromEntries(declared)).toEqual(NEEDS);
    for (const { method, url, needs } of operations) {
      const isOfIncident = url.startsWith('/api/incidents/:id');
      for (const who of PRINCIPALS) {
        // Both would end the session that the next rows are about.
        if (url === '/api/sign-out') continue;
        for (const relation of isOfIncident ? RELATIONS : (['ordinary'] as const)) {
          const path = url
            .replace(':id', isOfIncident ? incidents[relation] : 'nobody-has-this-id')
            .replace(':account', 'nobody-has-this-id')
            .replace('*', '');
          // What is not even read must be refused too, so nothing is sent that would do anything.
          const answer = await people[who].ask(
            method,
            path,
            method === 'GET' ? undefined : { unknown: true },
          );
          asked += 1;
          const level = EXPECTED[who][relation];
          const { isSomebody, isAccount, isOwner } = IN_WORKSPACE[who];
          const isLetIn = {
            anyone: true,
            somebody: isSomebody,
            account: isAccount,
            owner: isOwner,
            view: isAtLeast(level, 'view'),
            log: isAtLeast(level, 'log'),
            manage: isAtLeast(level, 'manage'),
          }[needs];
          const wasLetIn =
            ![401, 403].includes(answer.status) &&
            !(isOfIncident && level === 'none' && answer.status === 404);
          const say = `${who}: ${method} ${url} (${relation}) answered ${answer.status}`;
          if (wasLetIn !== isLetIn) found.push(say);
          if (isOfIncident && level === 'none') {
            const unknown = await people[who].ask(
              method,
              path.replace(incidents[relation], newIncidentId(NIGHT, createRandom(99).bytes)),
              method === 'GET' ? undefined : { unknown: true },
            );
            const isUnknownOpen = EXPECTED[who].unknown !== 'none';
            if (!isUnknownOpen && unknown.status !== answer.status)
              found.push(`${say}, an unknown one ${unknown.status}`);
          }
        }
      }
    }
    expect(found).toEqual([]);
    expect(asked).toBeGreaterThan(250);
  });

  test('[A7] every frame is heeded for whoever may and for nobody else', async () => {
    const { server, people, incidents } = await setStage();
    const found: string[] = [];
    for (const who of PRINCIPALS) {
      for (const relation of RELATIONS) {
        const level = EXPECTED[who][relation];
        const room = `${server.syncUrl}/${incidents[relation]}`;
        const before = await readVersion(people.owner, incidents[relation]);
        const client = await connectRaw(room, people[who].headers);
        const say = `${who} in ${relation}`;
        if (level === 'none') {
          const isSignedIn = IN_WORKSPACE[who].isSomebody;
          if ((await client.closed) !== (isSignedIn ? 4404 : 4401)) found.push(`${say} was let in`);
          continue;
        }
        const device = createDevice(
          'Mallory',
          1000 + PRINCIPALS.indexOf(who) * 10 + RELATIONS.indexOf(relation),
        );
        const { clientID } = device.doc.ydoc;
        for (const frame of toHello(clientID)) client.send(frame);
        client.send(encodeStep1(device.doc.encodeStateVector()));
        await client.next((frame) => isUpdate(frame) && frame.isStep2);
        device.log(`Written by ${who}`);
        client.send(encodeUpdate(device.doc.encode()));
        client.send(encodeBarrier(7));
        client.send(encodeTimeQuestion(5));
        await client.next((_frame, bytes) => bytes[0] === 100 && bytes[1] === 3);
        if (isAtLeast(level, FRAME_NEEDS.update)) {
          await client.next(
            (_frame, bytes) => bytes[0] === 100 && bytes[1] === 1 && bytes[2] === 7,
          );
        } else {
          await client.next(
            (_frame, bytes) => bytes[0] === 100 && bytes[1] === 10 && bytes[2] === 1,
          );
        }
        const after = await readVersion(people.owner, incidents[relation]);
        const isWritten = after !== before;
        if (before !== null && isWritten !== isAtLeast(level, 'log'))
          found.push(`${say}: written ${isWritten}`);
        client.close();
      }
    }
    expect(found).toEqual([]);
  });
});

/** @returns null where the owner may not look */
async function readVersion(olga: Visitor, id: string): Promise<string | null> {
  const answer = await olga.ask('GET', `/api/incidents/${id}/snapshot`);
  await answer.arrayBuffer();
  return answer.ok ? answer.headers.get('etag') : null;
}
