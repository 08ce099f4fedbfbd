/**
 * In front of every route: whether the request is meant for us, who it comes from, and whether they may. A route says
 * what it needs where it is made (`config: { needs }`); one that says nothing does not start.
 */

import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import { CLOSES } from '../../shared/protocol/close-codes.ts';
import type { Access, Visitor } from '../auth/access.ts';
import { readBearer, readCookie } from '../auth/cookie.ts';
import type { Doorkeeper, Pass } from '../auth/doorkeeper.ts';
import { isForwarded } from '../auth/forwarded.ts';
import { isAllowed, type Need } from '../auth/needs.ts';
import { ONLY_HTTPS, SECURITY_HEADERS } from './headers.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    needs?: Need;
  }
  interface FastifyRequest {
    pass: Pass;
    /** Who it is and what they may do by now, for an answer that was long under way. */
    readmit(): Promise<Pass>;
  }
}

/** What was declared, for the test that goes through all of it. */
export type Operation = { readonly method: string; readonly url: string; readonly needs: Need };

export type Guard = { readonly operations: readonly Operation[] };

const READS: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];
const SIGN_IN = 'Sign in to do this. What you wrote is safe on this phone.';

/** @param isHttps whether cookies of this request carry the secure name */
export function guard(
  app: FastifyInstance,
  options: {
    readonly decide: (visitor: Visitor) => Access;
    readonly isHttps: (visitor: Visitor) => boolean;
    readonly doorkeeper: Doorkeeper;
  },
): Guard {
  const { decide, isHttps, doorkeeper } = options;
  const operations: Operation[] = [];

  app.addHook('onRoute', ({ method, url, config }) => {
    const needs = config?.needs;
    if (!needs) throw new Error(`${method} ${url} does not say what it needs`);
    const methods: readonly HTTPMethods[] = typeof method === 'string' ? [method] : method;
    for (const one of methods) operations.push({ method: one, url, needs });
  });

  app.addHook('onRequest', async (request, reply) => {
    const visitor = toVisitor(request);
    reply.headers(SECURITY_HEADERS);
    if (isHttps(visitor)) reply.header('strict-transport-security', ONLY_HTTPS);
    const access = decide(visitor);
    if (!access.ok) return say(reply, 403, access.sentence);
    const cookie = readCookie(request.headers.cookie, isHttps(visitor));
    if (cookie !== null && !READS.includes(request.method) && !isOwnPage(visitor))
      return say(reply, 403, 'Another site asked for this, and nothing was done.');
    const bearer = readBearer(request.headers.authorization);
    const credentials = { cookie, bearer, isAtHome: access.isAtHome };
    request.readmit = () => doorkeeper.admit(credentials);
    request.pass = await request.readmit();
    return check(request, reply);
  });

  // A body can be long under way, and rights may have changed since its first byte.
  app.addHook('preHandler', async (request, reply) => {
    if (READS.includes(request.method)) return undefined;
    request.pass = await request.readmit();
    return check(request, reply);
  });

  /** Unknown and forbidden look the same to whoever may not know of it. */
  function check(request: FastifyRequest, reply: FastifyReply): FastifyReply | undefined {
    const needs = request.routeOptions.config.needs ?? 'anyone'; // what is not found is for anyone
    const { principal, levelIn } = request.pass;
    const level = levelIn(readIncident(request));
    if (isAllowed(needs, principal, level)) return undefined;
    if (principal.type === 'nobody') return say(reply, 401, SIGN_IN);
    const isOfIncident = needs === 'view' || needs === 'log' || needs === 'manage';
    if (isOfIncident && level === 'none') return say(reply, 404, CLOSES.noSuchRoom.sentence);
    return say(reply, 403, 'You may look at this, not change it.');
  }

  return { operations };
}

export function toVisitor(request: Pick<FastifyRequest, 'socket' | 'headers'>): Visitor {
  const { host, origin, 'sec-fetch-site': site } = request.headers;
  return {
    remoteAddress: request.socket.remoteAddress,
    host,
    origin,
    isForwarded: isForwarded(request.headers),
    site: typeof site === 'string' ? site : undefined,
  };
}

/** A browser names the page that writes; the origin was compared already. */
function isOwnPage({ origin, site }: Visitor): boolean {
  return origin !== undefined && (site === undefined || site === 'same-origin');
}

function readIncident({ params }: FastifyRequest): string {
  const id = typeof params === 'object' && params !== null && 'id' in params ? params.id : '';
  return typeof id === 'string' ? id : '';
}

function say(reply: FastifyReply, status: number, sentence: string): FastifyReply {
  return reply.code(status).type('text/plain; charset=utf-8').send(sentence);
}
