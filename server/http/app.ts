/** The http side: the built client, the directory, health. Every request passes the access rule first. */

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
import type { Log } from '../log.ts';
import type { Directory } from './directory.ts';
import { SECURITY_HEADERS } from './headers.ts';
import type { StaticFile, StaticFiles } from './static-files.ts';

/** Paths the client's router knows. They all answer with the page; what they show is decided there. */
const SCREEN = /^\/(i\/[^/]+(\/postmortem)?)?$/;

export function createApp(options: {
  readonly log: Log;
  readonly files: StaticFiles;
  readonly directory: Directory;
  readonly registerDoors: (app: FastifyInstance) => void;
  readonly decide: (visitor: Visitor) => Access;
  /** Certificate and key in PEM; null: plain http. */
  readonly tls: { readonly cert: Buffer; readonly key: Buffer } | null;
}): FastifyInstance {
  const { files, directory, decide } = options;
  const loggerInstance: FastifyBaseLogger = options.log;
  const logController = new LogController({ disableRequestLogging: true });
  const settings = { loggerInstance, logController, bodyLimit: 1024 * 1024 };
  const app: FastifyInstance = options.tls
    ? Fastify({
        ...settings,
        serverFactory: (handler) => createServer({ ...options.tls }, handler),
      })
    : Fastify(settings);

  app.addHook('onRequest', async (request, reply) => {
    reply.headers(SECURITY_HEADERS);
    const access = decide({
      remoteAddress: request.socket.remoteAddress,
      host: request.headers.host,
      origin: request.headers.origin,
    });
    if (!access.ok) return reply.code(403).type('text/plain; charset=utf-8').send(access.sentence);
    return undefined;
  });

  app.get('/api/health', async () => ({ ok: true }));
  directory.register(app);
  options.registerDoors(app);
  app.get('/*', (request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '/';
    const file = files.get(SCREEN.test(path) ? '/index.html' : path);
    return file ? sendFile(request, reply, file) : reply.callNotFound();
  });
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).type('text/plain; charset=utf-8').send('There is nothing here. Go to /'),
  );
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) request.log.error({ err: error, url: request.url }, 'request failed');
    const sentence = status >= 500 ? 'The server failed at this. It is in its log.' : error.message;
    return reply.code(status).type('text/plain; charset=utf-8').send(sentence);
  });
  return app;
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
