/** Keeps an eye on the browser's storage while the app is open, and says what it sees. */

import type { PhoneLog } from '../storage/phone-log.ts';
import { readIdentity } from '../storage/settings.ts';
import type { Phone } from './phone.ts';
import type { StorageCare, StorageStanding } from './storage-care.ts';

export type StorageMind = {
  /** How many lines are not on the server, whenever that changes. */
  note(waiting: number): void;
  /** The person knows of the loss. */
  forgetLoss(): void;
};

export async function mindStorage(options: {
  readonly phone: Phone;
  readonly log: PhoneLog;
  readonly care: StorageCare;
  readonly onStanding: (standing: StorageStanding) => void;
  readonly onLoss: (loss: { readonly lines: number } | null) => void;
}): Promise<StorageMind> {
  const { phone, log, care, onStanding, onLoss } = options;
  const device = phone.identity().device;
  // A database that does not answer is no empty one.
  const isThere = (await readIdentity(log).catch(() => null))?.device === device;
  const loss = isThere ? care.findLoss(device) : null;
  let isTold = loss === null;
  let waiting = 0;
  if (loss) onLoss({ lines: loss.waiting });
  look();

  function look(): void {
    care.look().then(onStanding, phone.report);
  }

  function remember(): void {
    if (isTold && isThere && phone.identity().name !== '') care.remember({ device, waiting });
  }

  return {
    note(now) {
      if (now > 0) care.askToKeep().then(look, phone.report);
      waiting = now;
      remember();
    },
    forgetLoss() {
      isTold = true;
      onLoss(null);
      remember();
    },
  };
}
