/**
 * One incident's live connection: y-websocket's provider, with three things of ours on top.
 * 1. Barriers: the server's word that what we sent is on its disk. Asked for only after our answer to the server's
 *    step 1 went out on this socket; before that, older offline work may not have been sent at all.
 * 2. Bytes from the network are decoded once before they may touch the document.
 * 3. Reconnecting with jitter, at once when the network comes back, and a check when a socket may be dead.
 */

import { type Decoder, readVarUint, readVarUint8Array } from 'lib0/decoding';
import { WebsocketProvider } from 'y-websocket';
import { type IncidentDoc, isReadableUpdate } from '../../shared/doc/incident-doc.ts';
import { type ConnectionState, toOffline } from '../../shared/domain/connection.ts';
import { CLOSES, toFinalSentence } from '../../shared/protocol/close-codes.ts';
import {
  BARRIER_TYPE,
  encodeBarrier,
  encodeHello,
  encodeStep1,
  type Hello,
  type Notice,
  readNotice,
} from '../../shared/protocol/frames.ts';
import { createClockLink, type TimeAnswer } from './clock-link.ts';
import { createPresenceLink, type PresenceLink } from './presence-link.ts';
import { createReceipts } from './receipts.ts';

export type IncidentConnection = {
  state(): ConnectionState;
  /** True while something from another tab of this phone is being applied, which the server may not have. */
  isFromOtherTab(): boolean;
  /** True while bytes wait for the network to take them. */
  isSending(): boolean;
  readonly presence: Pick<PresenceLink, 'announce' | 'everybody' | 'subscribe'>;
  /** Sends the server what it lacks, also what came from another tab, and asks for its word on it. */
  resync(): void;
  close(): void;
};

export type ConnectOptions = {
  readonly doc: IncidentDoc;
  readonly room: string;
  /** `wss://host/sync` */
  readonly syncUrl: string;
  readonly WebSocket: typeof WebSocket;
  /** Calls `wake` whenever the network or the person may have come back. @returns a function that ends it */
  readonly onWake: (wake: () => void) => () => void;
  readonly now: () => number;
  /** In [0, 1). */
  readonly random: () => number;
  /** Who speaks, and for whom. */
  readonly hello: () => Omit<Hello, 'client'>;
  readonly newestTicket: () => number;
  /** Everything up to `ticket`, and what was here before, is on the server's disk, at or before `position` of its log. */
  readonly onAcknowledged: (ticket: number, at: ServerPosition) => void;
  readonly onTime: (answer: TimeAnswer) => void;
  /** Calls `ask` whenever this phone's clock jumped. @returns a function that ends it */
  readonly onClockMoved: (ask: () => void) => () => void;
  /** How far each person has read. */
  readonly onSeen: (positions: ReadonlyMap<string, number>) => void;
  /** The server went back to a backup, and this phone holds what others wrote since. */
  readonly onRelayWanted: () => void;
  readonly onState: (state: ConnectionState) => void;
  /** Something came that was no update. Nothing of it was applied; it is being asked for again. */
  readonly onDamage: () => void;
};

/** A place in the server's log. Going back to a backup begins another log, of a greater lineage. */
export type ServerPosition = { readonly position: number; readonly lineage: number };

const BARRIER_AFTER_MILLIS = 50;
/** As a rule the other tab has sent it by then, and nothing is sent twice. */
const RESYNC_AFTER_MILLIS = 1_000;
const ANSWER_WITHIN_MILLIS = 4_000;
const RESYNC_EVERY_MILLIS = 60_000;
const MAX_BACKOFF_MILLIS = 30_000;

export function connectIncident(options: ConnectOptions): IncidentConnection {
  const { doc, now, onState } = options;
  const provider = new WebsocketProvider(options.syncUrl, options.room, doc.ydoc, {
    connect: false,
    WebSocketPolyfill: options.WebSocket,
    maxBackoffTime: MAX_BACKOFF_MILLIS,
    resyncInterval: RESYNC_EVERY_MILLIS,
  });
  provider.on('status', ({ status }: { status: string }) => {
    if (status !== 'connected') return;
    send(encodeHello({ ...options.hello(), client: doc.ydoc.clientID }));
    isReadOnly = false;
    receipts.reset();
    clock.ask();
  });
  const clock = createClockLink({ now, send, onAnswer: options.onTime });
  const receipts = createReceipts(send);
  const presence = createPresenceLink(provider, send, now);
  let state: ConnectionState = { type: 'connecting' };
  let hasSentAll = false;
  let isReadOnly = false;
  let lineage = 0;
  let fromOtherTab = false;
  /** What came from another tab waits for what the server has yet to send. */
  let isTabWaiting = false;
  let resyncTimer: ReturnType<typeof setTimeout> | null = null;
  let barrierTimer: ReturnType<typeof setTimeout> | null = null;
  let answerTimer: ReturnType<typeof setTimeout> | null = null;

  function setState(next: ConnectionState): void {
    if (next === state) return;
    state = next;
    onState(state);
  }

  function send(frame: Uint8Array): void {
    const { ws } = provider;
    if (ws && ws.readyState === ws.OPEN) ws.send(frame.slice());
  }

  function askWhetherStored(): void {
    if (barrierTimer) clearTimeout(barrierTimer);
    barrierTimer = null;
    if (hasSentAll) send(encodeBarrier(options.newestTicket()));
  }

  /** At once, without waiting for a far end that may not answer. */
  function startOver(): void {
    provider.disconnect();
    provider.connect();
  }

  /** A socket can look open long after the network went. An answer, any answer, tells. */
  function checkAlive(): void {
    if (answerTimer) return;
    if (!provider.wsconnected) {
      provider.wsUnsuccessfulReconnects = 0;
      provider.connect();
      answerTimer = setTimeout(() => {
        answerTimer = null;
        if (!provider.wsconnected) startOver(); // a socket can also hang while it opens
      }, ANSWER_WITHIN_MILLIS);
      return;
    }
    const asked = provider.wsLastMessageReceived;
    clock.ask(); // and it may have slept, or been set, since it asked last
    answerTimer = setTimeout(() => {
      answerTimer = null;
      if (provider.wsLastMessageReceived === asked) startOver();
    }, ANSWER_WITHIN_MILLIS);
  }

  const receiveSync = provider.messageHandlers[0];
  if (!receiveSync) throw new Error('y-websocket has no handler for sync messages');
  provider.messageHandlers[0] = (encoder, decoder, self, isSocket, type) => {
    const start = decoder.pos;
    const step = readVarUint(decoder);
    if (step !== 0 && !isReadableMessage(decoder)) {
      options.onDamage();
      provider.ws?.close(); // and not at once again: what damaged it may still be there
      return;
    }
    decoder.pos = start;
    fromOtherTab = !isSocket || isTabWaiting;
    receiveSync(encoder, decoder, self, isSocket, type);
    if (fromOtherTab) isTabWaiting = doc.isWaiting();
    fromOtherTab = false;
    if (step === 0 && isSocket) {
      if (resyncTimer) clearTimeout(resyncTimer);
      resyncTimer = null;
      queueMicrotask(() => {
        hasSentAll = true;
        askWhetherStored();
      });
    }
  };
  provider.messageHandlers[BARRIER_TYPE] = (_encoder, decoder) => {
    heed(readNotice(decoder));
  };

  function heed(notice: Notice): void {
    switch (notice.type) {
      case 'reached':
        options.onAcknowledged(notice.number, { position: notice.position, lineage });
        return;
      case 'time':
        clock.receive(notice);
        return;
      case 'seen':
        options.onSeen(notice.positions);
        return;
      case 'relayWanted':
        options.onRelayWanted();
        return;
      case 'delivered':
        receipts.delivered(notice.position);
        return;
      case 'readOnly':
        isReadOnly = true;
        if (state.type === 'online') setState({ type: 'online', isReadOnly });
        return;
      case 'welcome':
        lineage = notice.lineage;
        return;
      case 'unknown':
        return;
    }
  }

  provider.on('sync', (isSynced: boolean) => {
    if (isSynced) setState({ type: 'online', isReadOnly });
  });
  provider.on('connection-close', (event) => {
    hasSentAll = false;
    if (event?.code === CLOSES.tooLarge.code) {
      provider.shouldConnect = false;
      setState({ type: 'ended', sentence: CLOSES.tooLarge.sentence });
      return;
    }
    const wait = Math.min(MAX_BACKOFF_MILLIS, 200 * 2 ** provider.wsUnsuccessfulReconnects);
    provider.maxBackoffTime = wait * (0.5 + options.random() / 2);
    setState(toOffline(state, now()));
  });
  provider.on('closed', ({ code }: { code: number }) => {
    const sentence = toFinalSentence(code);
    if (sentence !== null) setState({ type: 'ended', sentence });
  });

  function resync(): void {
    resyncTimer = null;
    hasSentAll = false; // until the server's own question is answered, nothing new may be vouched for
    send(encodeStep1(doc.encodeStateVector()));
  }

  const stopListening = doc.onUpdate((_update, source) => {
    if (source === 'local') barrierTimer ??= setTimeout(askWhetherStored, BARRIER_AFTER_MILLIS);
    if (source !== 'remote' || !fromOtherTab) return;
    hasSentAll = false; // the provider sends on only what was written here
    resyncTimer ??= setTimeout(resync, RESYNC_AFTER_MILLIS);
  });
  const stopWaking = options.onWake(checkAlive);
  const stopAsking = options.onClockMoved(clock.ask);
  const patience = setTimeout(() => {
    if (state.type === 'connecting') setState(toOffline(state, now()));
  }, ANSWER_WITHIN_MILLIS);
  provider.connect();

  return {
    state: () => state,
    isFromOtherTab: () => fromOtherTab,
    isSending: () => (provider.ws?.bufferedAmount ?? 0) > 0,
    resync,
    presence: {
      ...presence,
      announce(mine) {
        presence.announce(mine);
        receipts.watch(mine !== null && !mine.isAway);
      },
    },
    close() {
      clock.close();
      stopWaking();
      stopAsking();
      stopListening();
      clearTimeout(patience);
      if (resyncTimer) clearTimeout(resyncTimer);
      if (barrierTimer) clearTimeout(barrierTimer);
      if (answerTimer) clearTimeout(answerTimer);
      provider.destroy();
      presence.close();
    },
  };
}

/** A length past the end of the frame is damage too. */
function isReadableMessage(decoder: Decoder): boolean {
  try {
    return isReadableUpdate(readVarUint8Array(decoder));
  } catch {
    return false;
  }
}
