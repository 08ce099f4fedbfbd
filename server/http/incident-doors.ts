/**
 * The side doors of an incident, for what a socket is no good at: a first load, packed; updates of a page that is about
 * to go, of a worker that has no page, or of somebody who brings what others wrote; and the history.
 */

import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { mergeUpdates } from '../../shared/doc/incident-doc.ts';
import { isIncidentId } from '../../shared/domain/id.ts';
import { CLOSES } from '../../shared/protocol/close-codes.ts';
import { MAX_FRAME_BYTES, MAX_ID_CHARS } from '../../shared/protocol/limits.ts';
import { encodeLogRows } from '../../shared/protocol/log-rows.ts';
import { DEVICE_HEADER, PERSON_HEADER, RELAYED_HEADER } from '../../shared/protocol/side-doors.ts';
import { toDeviceKey } from '../auth/device.ts';
import { toPerson } from '../auth/principal.ts';
import type { Store } from '../storage/store.ts';
import type { Rooms } from '../sync/rooms.ts';

const BYTES = 'application/octet-stream';
const pack = promisify(gzip);

/** Packed answers that are held, so that ten phones that join at once cost one packing. */
const MAX_HELD = 8;

type Packed = { readonly etag: string; readonly bytes: Promise<Buffer> };
type Params = { readonly Params: { readonly id: string } };

export function registerIncidentDoors(app: FastifyInstance, store: Store, rooms: Rooms): void {
  const held = new Map<string, Packed>();
  app.addContentTypeParser(BYTES, { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  );

  async function packSnapshot(id: string): Promise<Buffer> {
    const { snapshot, updates } = await store.read(id);
    const rows = snapshot ? [snapshot, ...updates] : updates;
    const [first, ...rest] = rows.map((row) => row.bytes);
    return pack(first && rest.length === 0 ? first : mergeUpdates(rows.map((row) => row.bytes)));
  }

  app.get<Params>(
    '/api/incidents/:id/snapshot',
    { config: { needs: 'view' } },
    async (request, reply) => {
      const { id } = request.params;
      if (!isIncidentId(id)) return refuseUnknown(reply);
      const { position } = await store.readSize(id);
      if (position === 0) return refuseUnknown(reply);
      const etag = `"${await store.readLineage()}-${position}"`;
      reply.headers({ etag, 'cache-control': 'no-cache', vary: 'accept-encoding' });
      if (request.headers['if-none-match'] === etag) return reply.code(304).send();
      const known = held.get(id);
      const packed = known?.etag === etag ? known : { etag, bytes: packSnapshot(id) };
      held.delete(id);
      held.set(id, packed);
      for (const oldest of held.keys()) if (held.size > MAX_HELD) held.delete(oldest);
      const bytes = await packed.bytes;
      return reply.type(BYTES).header('content-encoding', 'gzip').send(bytes);
    },
  );

  app.get<Params>(
    '/api/incidents/:id/history',
    { config: { needs: 'view' } },
    async (request, reply) => {
      const { id } = request.params;
      if (!isIncidentId(id)) return refuseUnknown(reply);
      const rows = await store.readHistory(id);
      if (rows.length === 0) return refuseUnknown(reply);
      reply.headers({ 'cache-control': 'no-store', 'content-encoding': 'gzip' });
      return reply.type(BYTES).send(await pack(encodeLogRows(rows)));
    },
  );

  app.post<Params & { Body: Buffer }>(
    '/api/incidents/:id/updates',
    { bodyLimit: MAX_FRAME_BYTES, config: { needs: 'log' } },
    async (request, reply) => {
      const { id } = request.params;
      if (!isIncidentId(id)) return refuseUnknown(reply);
      if (!Buffer.isBuffer(request.body)) return reply.code(415).send(`Send ${BYTES}.`);
      const headers = request.headers;
      const person = toPerson(request.pass.principal, toText(headers[PERSON_HEADER]));
      const token = toText(headers[DEVICE_HEADER]);
      if (Math.max(person.length, token.length) > MAX_ID_CHARS)
        return reply.code(400).send(`An id has at most ${MAX_ID_CHARS} characters.`);
      const delivery = await rooms.deliver(id, {
        actor: { person, device: toDeviceKey(token) },
        update: request.body,
        isRelayed: headers[RELAYED_HEADER] === 'yes',
      });
      reply.header('cache-control', 'no-store');
      switch (delivery.type) {
        case 'stored':
          return reply.send({ position: delivery.position });
        case 'gap':
          return reply.code(409).send('This waits for something that has not come yet.');
        case 'refused': {
          const { comesBack, sentence } = CLOSES[delivery.why];
          return reply.code(comesBack ? 503 : 422).send(sentence);
        }
      }
    },
  );
}

function refuseUnknown(reply: FastifyReply): FastifyReply {
  return reply.code(404).send(CLOSES.noSuchRoom.sentence);
}

function toText(header: string | readonly string[] | undefined): string {
  return typeof header === 'string' ? header : '';
}
