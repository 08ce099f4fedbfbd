/** A phone of a test story that nobody reaches: its disk is what the test makes of it. */

import { openPhone, type Phone } from '../../client/actions/phone.ts';
import { lookAround, type Surroundings } from '../../client/actions/surroundings.ts';
import { answerInTime } from '../../client/storage/answer-in-time.ts';
import type { PhoneLog } from '../../client/storage/phone-log.ts';
import { ClientSocket } from '../simulation/client-socket.ts';
import { NIGHT } from './device.ts';
import { createRandom } from './random.ts';

/** Dials and is never answered. */
export class NoSocket extends ClientSocket {
  constructor(url: string | URL) {
    super(url, () => ({ send: () => undefined, close: () => undefined }));
  }
}

export function openTestPhone(parts: {
  readonly log: PhoneLog;
  readonly seed: number;
  readonly around?: Partial<Surroundings>;
}): Promise<Phone> {
  const random = createRandom(parts.seed);
  return openPhone({
    log: answerInTime(parts.log),
    around: {
      ...lookAround(random.next),
      openChannel: (name) => new BroadcastChannel(`${parts.seed} ${name}`),
      WebSocket: NoSocket,
      ...parts.around,
    },
    syncUrl: 'ws://test-phone/sync',
    now: () => NIGHT,
    monotonic: () => NIGHT,
    random: random.next,
    randomBytes: random.bytes,
    onClock: () => undefined,
    onReport: () => undefined,
    onDraftFailed: () => undefined,
  });
}
