/**
 * A websocket message as the bytes that go on the wire (RFC 6455, 5.2): binary, final, unmasked. Made once, the same
 * bytes are written to every reader.
 */

const FINAL_BINARY = 0x82;

export function toSocketFrame(payload: Uint8Array): Buffer {
  const { length } = payload;
  const headerBytes = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafeSlow(headerBytes + length);
  frame[0] = FINAL_BINARY;
  if (headerBytes === 2) frame[1] = length;
  else if (headerBytes === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.set(payload, headerBytes);
  return frame;
}
