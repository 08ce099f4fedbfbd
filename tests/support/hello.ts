/** What a client of ours says first on a socket, before anything else. */

import { encodeHello } from '../../shared/protocol/frames.ts';

/**
 * @param client the client id of the document whose changes will come over this socket; its device has a token of its own
 * @param token somebody else's client id with a token of one's own is a lie
 * @returns the frames to send, in order
 */
export function toHello(client: number, token = `token of ${client}`): readonly Uint8Array[] {
  return [encodeHello({ token, device: `d${client}`, person: '', client })];
}
