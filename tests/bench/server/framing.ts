/**
 * How a peer wraps the frames of y-websocket. Most do not; Hocuspocus begins every frame with the document's name and
 * wants to be greeted with a token. The wrapping is the client's work, so the server measured has none of it.
 */

import * as encoding from 'lib0/encoding';

export type Framing = {
  /** Sent before anything else. */
  readonly greeting: (room: string) => readonly Uint8Array[];
  readonly wrap: (room: string, frame: Uint8Array) => Uint8Array;
  /** How many bytes stand before the frame itself. */
  readonly headBytes: (room: string) => number;
  /** The address a socket for this room is opened at. */
  readonly address: (base: string, room: string) => string;
};

export const PLAIN: Framing = {
  greeting: () => [],
  wrap: (_room, frame) => frame,
  headBytes: () => 0,
  address: (base, room) => `${base}/${room}`,
};

const AUTH = 2;
const TOKEN = 0;

export const NAMED: Framing = {
  greeting: (room) => [
    encode((encoder) => {
      encoding.writeVarString(encoder, room);
      encoding.writeVarUint(encoder, AUTH);
      encoding.writeVarUint(encoder, TOKEN);
      encoding.writeVarString(encoder, 'anybody');
    }),
  ],
  wrap: (room, frame) =>
    encode((encoder) => {
      encoding.writeVarString(encoder, room);
      encoding.writeUint8Array(encoder, frame);
    }),
  headBytes: (room) => encode((encoder) => encoding.writeVarString(encoder, room)).length,
  address: (base) => base,
};

function encode(write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  write(encoder);
  return encoding.toUint8Array(encoder);
}
