/** The http side: the built client, the directory, health. Every request passes the guard first. */

import { createServer } from 'node:https';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import type { Access, Visitor } from '../auth/access.ts';
import type { Doorkeeper } from '../auth/doorkeeper.ts';
import { Refused } from '../auth/refused.ts';
import type { Log } from '../log.ts';
import type { Directory } from './directory.ts';
import { type Guard, guard } from './guard.ts';
import type { StaticFile, StaticFiles } from './static-files.ts';

/** Paths the client's router knows. They all answer with the page; what they show is decided there. */
/** So long a request may be under way until it is all there. */
const REQUEST_MILLIS = 120_000;
const SCREEN = /^\/(i\/[^/]+(\/postmortem)?|join|claim)?$/;

export function createApp(options: {
  readonly log: Log;
  readonly files: StaticFiles;
  readonly directory: Directory;
  readonly registerDoors: (app: FastifyInstance) => void;
  readonly decide: (visitor: Visitor) => Access;
  readonly isHttps: (visitor: Visitor) => boolean;
  readonly doorkeeper: Doorkeeper;
  /** Certificate and key in PEM; null: plain http. */
  readonly tls: { readonly cert: Buffer; readonly key: Buffer } | null;
}): { readonly app: FastifyInstance; readonly operations: Guard['operations'] } {
  const { files, directory } = options;
  const loggerInstance: FastifyBaseLogger = options.log;
  const logController = new LogController({ disableRequestLogging: true });
  const settings = {
    loggerInstance,
    logController,
    bodyLimit: 1024 * 1024,
    requestTimeout: REQUEST_MILLIS,
    // What a body holds beyond its schema is refused, not passed over.
    ajv: { customOptions: { removeAdditional: false as const, allowUnionTypes: true } },
  };
  const app: FastifyInstance = options.tls
    ? Fastify({
        ...settings,
        serverFactory: (handler) => createServer({ ...options.tls }, handler),
      })
    : Fastify(settings);

  const { operations } = guard(app, options);

  app.get('/api/health', { config: { needs: 'anyone' } }, async () => ({ ok: true }));
  directory.register(app);
  options.registerDoors(app);
  app.get('/*', { config: { needs: 'anyone' } }, (request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '/';
    const file = files.get(SCREEN.test(path) ? '/index.html' : path);
    return file ? sendFile(request, reply, file) : reply.callNotFound();
  });
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).type('text/plain; charset=utf-8').send('There is nothing here. Go to /'),
  );
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error instanceof Refused ? error.status : (error.statusCode ?? 500);
    if (status >= 500) request.log.error({ err: error, url: request.url }, 'request failed');
    const sentence = status >= 500 ? 'The server failed at this. It is in its log.' : error.message;
    return reply.code(status).type('text/plain; charset=utf-8').send(sentence);
  });
  return { app, operations };
}

function sendFile(request: FastifyRequest, reply: FastifyReply, file: StaticFile): FastifyReply {
  reply.headers({
    'cache-control': file.cacheControl,
    etag: file.etag,
    vary: 'accept-encoding',
  });
  if (request.headers['if-none-match'] === file.etag) return reply.code(304).send();
  reply.type(file.type);
  const accepted = request.headers['accept-encoding'] ?? '';
  if (file.brotli && /\bbr\b/.test(accepted)) {
    return reply.header('content-encoding', 'br').send(file.brotli);
  }
  if (file.gzip && /\bgzip\b/.test(accepted)) {
    return reply.header('content-encoding', 'gzip').send(file.gzip);
  }
  return reply.send(file.plain);
}
