/** What a client of ours says first on a socket, before anything else. */

/**
 * @param _client the client id of the document whose changes will come over this socket
 * @returns the frames to send, in order; the protocol asks for none yet
 */
export function toHello(_client: number): readonly Uint8Array[] {
  return [];
}
