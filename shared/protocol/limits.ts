/** Every limit of the wire, with its unit. The README's table is this file in words. */

/** One websocket frame. Holds the largest document, so that no backlog is ever too large to send. */
export const MAX_FRAME_BYTES = 33 * 1024 * 1024;

/** All updates of one incident together; past it the socket closes 4413, everything stays readable. */
export const MAX_DOCUMENT_BYTES = 32 * 1024 * 1024;

/** A reader that has this much unread is closed with 4508 and comes back for what it missed. */
export const MAX_UNREAD_BYTES = 4 * 1024 * 1024;

/** Frames that wait while a room is loaded. */
export const MAX_WAITING_FRAMES = 256;

/** One person's presence, as JSON. */
export const MAX_PRESENCE_BYTES = 2 * 1024;

/** States in one frame of presence; a client repeats what it heard, and a room has at most so many to speak of. */
export const MAX_PRESENCE_STATES = 2_000;

/** Presence goes out at most this often per room. */
export const PRESENCE_EVERY_MILLIS = 100;

/** A client that hears nothing for 30 s reconnects; the server says something this often. */
export const HEARTBEAT_EVERY_MILLIS = 20_000;

/** How long a request for the next change of the directory is held open. */
export const MAX_DIRECTORY_WAIT_SECONDS = 25;

/** Rows in one answer of the directory. */
export const MAX_DIRECTORY_ROWS = 500;

/** Whose reading is counted, per incident. */
export const MAX_READERS = 1_000;

/** Ids and secrets that a client says of itself. */
export const MAX_ID_CHARS = 64;
