/** The far end of one connection, and what it said of itself. */

import type { CloseName } from '../../shared/protocol/close-codes.ts';
import type { Actor } from '../storage/store.ts';

export type Member = {
  send(payload: Uint8Array): void;
  /** Bytes that are websocket frames already, as `toSocketFrame` makes them; the same for many readers. */
  sendFramed(frames: Uint8Array): void;
  close(why: CloseName): void;
  /** Who the server knows it is, also when it never says hello; '' where it does not know. */
  readonly person?: string;
};

/** Before its hello, and for every client that never says one, a member is nobody in particular. */
export type Session = {
  readonly actor: Actor;
  /** It speaks type 100, and may be told more than y-websocket knows. */
  readonly isOurs: boolean;
  /** The Yjs client id of its page. */
  readonly client: number | null;
};

export const STRANGER: Session = {
  actor: { person: '', device: '' },
  isOurs: false,
  client: null,
};
