/**
 * Connections between tabs and the server. What is sent on one arrives once and in order, or not at all: a connection
 * breaks at any moment, each end hears of it when it does, and what was under way is lost, or arrives late beside the
 * connection that took its place. A phone without a network holds everything up, for a while or for good.
 */

import { EventEmitter } from 'node:events';
import type { VisitSocket, VisitStream } from '../../server/sync/visit.ts';
import { ClientSocket, type Wire } from './client-socket.ts';
import type { Process, World } from './world.ts';

/** What a phone has of the network. */
export type Line = { isUp: boolean; readonly held: (() => void)[] };

export type Connection = {
  readonly line: Line;
  readonly tab: Process;
  readonly server: ServerEnd;
  /** One of the ways a connection ends that nobody wanted to end. */
  break(): void;
  /** The tab was killed. */
  abandon(): void;
};

/** Where the server is, if it runs. */
export type Listener = {
  readonly process: Process;
  accept(connection: Connection): void;
};

export type Network = {
  /** A constructor of sockets for one tab. */
  socketsFor(tab: Process, line: Line, wrap?: (socket: ClientSocket) => void): typeof WebSocket;
  readonly connections: Set<Connection>;
  listener: Listener | null;
  setLine(line: Line, isUp: boolean): void;
  /** The way a message takes; it can be held up, and is `lost` when the line is down for good. */
  carry(line: Line, to: Process, upTo: number, arrive: () => void): void;
};

const LATENCY = 60;
const CLOSED_ABNORMALLY = 1006;

export class ServerEnd extends EventEmitter implements VisitSocket, VisitStream {
  readonly OPEN = 1;
  readyState = 1;
  writableLength = 0;
  /** Bytes and words on their way to the tab. */
  sendDown: (bytes: Uint8Array) => void = () => undefined;
  closeDown: (code: number) => void = () => undefined;

  write(frames: Uint8Array): void {
    this.sendDown(frames);
  }
  close(code: number): void {
    if (this.readyState !== this.OPEN) return;
    this.readyState = 2;
    this.closeDown(code);
  }
  terminate(): void {
    this.closeDown(CLOSED_ABNORMALLY);
    this.end();
  }
  /** The far end is gone. */
  end(): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.emit('close');
  }
}

export function createNetwork(world: World): Network {
  const connections = new Set<Connection>();

  /** In order: nothing overtakes what was sent before, however each was held up. */
  function createPipe(line: Line, isCut: () => boolean, heldUntil: () => number) {
    const underWay: (() => void)[] = [];
    let lastAt = 0;
    return (to: Process, arrive: () => void): void => {
      lastAt = Math.max(lastAt, world.now() + 1 + world.delay(LATENCY));
      underWay.push(arrive);
      const act = (): void => {
        if (isCut()) return;
        const hold = heldUntil() - world.now();
        if (hold > 0) world.later(to, hold, act);
        else if (line.isUp) underWay.shift()?.();
        else line.held.push(() => world.later(to, 0, act));
      };
      world.later(to, lastAt - world.now(), act);
    };
  }

  function dial(tab: Process, line: Line, socket: ClientSocket): Wire {
    const server = new ServerEnd();
    let host: Process | null = null;
    let isDownCut = false;
    let isUpCut = false;
    let isCut = false;
    let lateUntil = 0;
    const up = createPipe(
      line,
      () => isUpCut,
      () => lateUntil,
    );
    const down = createPipe(
      line,
      () => isDownCut,
      () => 0,
    );
    const connection: Connection = { line, tab, server, break: breakNow, abandon };

    function hearClose(code: number, upTo: number): void {
      world.later(tab, world.delay(upTo), () => socket.hearClose(code));
    }

    /** The server notices sooner or later that nobody is there. */
    function endServer(upTo: number): void {
      connections.delete(connection);
      if (host) world.later(host, 1 + world.delay(upTo), () => server.end());
    }

    function cut(): void {
      isCut = true;
      connections.delete(connection);
    }

    function breakNow(): void {
      if (isCut) return;
      cut();
      isDownCut = true;
      const kind = world.random.below(3);
      world.note('connection of', tab.name, 'breaks', kind);
      if (kind === 0) {
        isUpCut = true;
        hearClose(CLOSED_ABNORMALLY, 500);
        endServer(5_000);
      } else if (kind === 1) {
        // Half open: what the tab sent before arrives beside its next connection.
        lateUntil = world.now() + world.delay(15_000);
        hearClose(CLOSED_ABNORMALLY, 50);
        endServer(lateUntil - world.now() + 20_000);
      } else {
        isUpCut = true; // and nobody is told
        endServer(60_000);
      }
    }

    function abandon(): void {
      cut();
      isDownCut = true;
      isUpCut = world.chance(0.5);
      endServer(30_000);
    }

    server.sendDown = (bytes) => {
      down(tab, () => {
        for (const payload of readFrames(bytes)) socket.hearMessage(payload);
      });
    };
    server.closeDown = (code) => {
      down(tab, () => {
        cut();
        isDownCut = true;
        endServer(500);
        socket.hearClose(code);
      });
    };

    const { listener } = network;
    if (listener?.process.isAlive) {
      host = listener.process;
      connections.add(connection);
      up(host, () => {
        if (isCut) return;
        down(tab, () => socket.hearOpen());
        listener.accept(connection);
      });
      if (!line.isUp) hearClose(CLOSED_ABNORMALLY, 30_000);
    } else hearClose(CLOSED_ABNORMALLY, 2_000);

    return {
      send(bytes) {
        const sent = bytes.slice(); // the page may use its buffer again
        if (host) up(host, () => hear(sent));
      },
      close() {
        if (isCut) return;
        cut();
        isDownCut = true;
        endServer(2_000);
      },
    };

    function hear(bytes: Uint8Array): void {
      if (server.readyState === server.OPEN) server.emit('message', bytes);
    }
  }

  const network: Network = {
    connections,
    listener: null,
    socketsFor: (tab, line, wrap) =>
      class extends ClientSocket {
        constructor(url: string | URL) {
          super(url, (_url, socket) => dial(tab, line, socket));
          wrap?.(this);
        }
      },
    setLine(line, isUp) {
      line.isUp = isUp;
      if (!isUp) return;
      const held = line.held.splice(0);
      for (const release of held) release();
    },
    carry(line, to, upTo, arrive) {
      const act = (): void => {
        if (line.isUp) arrive();
        else line.held.push(() => world.later(to, world.delay(upTo), act));
      };
      world.later(to, 1 + world.delay(upTo), act);
    },
  };
  return network;
}

/** The payloads of websocket frames as a server writes them: binary, final, unmasked. */
export function readFrames(bytes: Uint8Array): readonly Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const payloads: Uint8Array[] = [];
  let at = 0;
  while (at < bytes.length) {
    let length = view.getUint8(at + 1);
    at += 2;
    if (length === 126) {
      length = view.getUint16(at);
      at += 2;
    } else if (length === 127) {
      length = Number(view.getBigUint64(at));
      at += 8;
    }
    payloads.push(bytes.subarray(at, at + length));
    at += length;
  }
  return payloads;
}
