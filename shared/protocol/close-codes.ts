/**
 * Every way the server ends a socket. 44xx is final (y-websocket 3.1 stops reconnecting), everything else comes back.
 * The sentence is for the person; what they wrote stays on the phone in every case.
 */

export const CLOSES = {
  badUpdate: {
    code: 4400,
    comesBack: false,
    sentence: 'The server could not read what this phone sent. Your lines are safe on this phone.',
  },
  signedOut: {
    code: 4401,
    comesBack: false,
    sentence:
      'You are signed out. What you write stays safe on this phone, and goes when you sign in again.',
  },
  refused: {
    code: 4403,
    comesBack: false,
    sentence: 'This server does not let this browser in. Your lines are safe on this phone.',
  },
  noSuchRoom: {
    code: 4404,
    comesBack: false,
    sentence: 'This link does not name an incident. Check it for a missing letter.',
  },
  otherDevice: {
    code: 4409,
    comesBack: false,
    sentence:
      'What this phone sent carries the mark of another device, so the server did not take it. Your lines are safe on this phone.',
  },
  incidentFull: {
    code: 4413,
    comesBack: false,
    sentence:
      'This incident is as large as one can be. Everything in it is kept. Declare a second incident and go on there.',
  },
  /** Sent by the websocket library itself (RFC 6455, 7.4.1): y-websocket would come back for ever. */
  tooLarge: {
    code: 1009,
    comesBack: false,
    sentence:
      'This phone has more to send at once than the server takes. Your lines are safe on this phone; keep a copy of them.',
  },
  notSaved: {
    code: 4500,
    comesBack: true,
    sentence:
      'The server could not save. Your lines are safe on this phone and will be sent again.',
  },
  /** What its person may do is something else by now; the next connection knows. */
  rightsChanged: {
    code: 4503,
    comesBack: true,
    sentence: 'What you may do here has changed. The connection is starting over.',
  },
  tooSlow: {
    code: 4508,
    comesBack: true,
    sentence: 'The connection was too slow to keep up. It is starting over.',
  },
  goingAway: { code: 1001, comesBack: true, sentence: 'The server is restarting.' },
} as const;

/** y-websocket 3.1 never comes back after any of these, known or not. */
const FIRST_FINAL = 4400;
const LAST_FINAL = 4499;
const FROM_A_NEWER_SERVER =
  'The server ended this for a reason that this version of the app does not know. Your lines are safe on this phone. Reload the page to get the newest version.';

export type CloseName = keyof typeof CLOSES;

/** @returns what to tell a person whose socket was closed for good, null for a code that means to come back */
export function toFinalSentence(code: number): string | null {
  const close = Object.values(CLOSES).find((known) => known.code === code);
  if (close) return close.comesBack ? null : close.sentence;
  return code >= FIRST_FINAL && code <= LAST_FINAL ? FROM_A_NEWER_SERVER : null;
}
