/** What this phone brings along: its disk, its clock, its randomness, who uses it. Made once, handed to every action. */

import type { Exchange } from '../../shared/domain/clock-watch.ts';
import type { Author } from '../../shared/domain/decision.ts';
import {
  createEntryIds,
  type DeviceId,
  type EntryId,
  newDeviceToken,
  newOwnerId,
  type PersonId,
} from '../../shared/domain/id.ts';
import type { ClockReading } from '../../shared/domain/occurred.ts';
import type { Identity } from '../../shared/domain/preferences.ts';
import type { Instant } from '../../shared/domain/time.ts';
import { createDrafts, type Drafts } from '../storage/drafts.ts';
import { createDurableQueue, type DurableQueue } from '../storage/durable-queue.ts';
import type { PhoneLog } from '../storage/phone-log.ts';
import { makeIdentity, readIdentity, writeIdentity } from '../storage/settings.ts';
import { createOffers, type Offers } from './offers.ts';
import { openClockWatch } from './phone-clock.ts';
import { reviveOnWake } from './revive-on-wake.ts';
import type { Surroundings } from './surroundings.ts';
import { createTabsAgree, type TabsAgree } from './tabs-agree.ts';

export type Phone = {
  readonly log: PhoneLog;
  readonly around: Surroundings;
  readonly queue: DurableQueue;
  readonly drafts: Drafts;
  readonly offers: Offers;
  /** `wss://host/sync` */
  readonly syncUrl: string;
  readonly now: () => Instant;
  /** In [0, 1). */
  readonly random: () => number;
  readonly randomBytes: (into: Uint8Array<ArrayBuffer>) => void;
  readonly newEntryId: () => EntryId;
  identity(): Identity;
  /** The offset of this phone's clock, where it is known. */
  clock(): ClockReading;
  /** The server said what time it is. */
  heardTime(answer: Exchange): void;
  /** Told when this phone's clock jumped. @returns a function that ends it */
  onClockMoved(listener: () => void): () => void;
  rename(name: string): Promise<void>;
  /** The person of an account, who has written on another device before. What was written here stays as it is. */
  become(person: PersonId): Promise<void>;
  /** Something that should not happen did; it is shown, and nothing is lost by it. */
  report(cause: unknown): void;
};

export type PhoneParts = {
  /** One that answers in time. */
  readonly log: PhoneLog;
  readonly around: Surroundings;
  readonly syncUrl: string;
  readonly now: () => Instant;
  /** ms of a clock nobody sets. */
  readonly monotonic: () => number;
  readonly random: () => number;
  readonly randomBytes: (into: Uint8Array<ArrayBuffer>) => void;
  /** The phone's clock was measured anew. */
  readonly onClock: (clock: ClockReading) => void;
  readonly onReport: (cause: unknown) => void;
  /** What is being written could not be kept; it is on the screen only. */
  readonly onDraftFailed: (cause: unknown) => void;
};

export async function openPhone(parts: PhoneParts): Promise<Phone> {
  const { log, around, now, randomBytes, onReport } = parts;
  const makeEntryId = createEntryIds(randomBytes);
  const tabs = createTabsAgree(around.openChannel, parts.random);
  // At once: a disk that does not answer is waited for once.
  const [known, watch] = await Promise.all([
    readOrMakeIdentity(parts, tabs, () => identity),
    openClockWatch(parts),
  ]);
  let identity: Identity = known;
  tabs.tell(() => identity);
  const queue = createDurableQueue({ write: log.appendLocal, revive: log.revive, now });
  reviveOnWake({ log, queue, around, onFailed: onReport });

  return {
    ...parts,
    queue,
    drafts: createDrafts({
      log,
      tabs: around.tabs,
      onFailed: parts.onDraftFailed,
      newName: () => newOwnerId(randomBytes),
    }),
    offers: createOffers(log, onReport),
    newEntryId: () => makeEntryId(now()),
    identity: () => identity,
    clock: watch.reading,
    heardTime: watch.heard,
    onClockMoved: watch.onMoved,
    async rename(name) {
      identity = { ...identity, name };
      // A disk that failed at the start may know this phone by another device: that one stays what it was.
      const kept = await readOrKeep(log, identity);
      if (kept.name !== name) await writeIdentity(log, { ...kept, name });
    },
    async become(person) {
      identity = { ...identity, person };
      const kept = await readOrKeep(log, identity);
      if (kept.person !== person) await writeIdentity(log, { ...kept, person });
    },
    report: onReport,
  };
}

export function toAuthor(phone: Phone): Author {
  const { person, device, name } = phone.identity();
  return {
    person,
    device,
    name,
    now: phone.now(),
    clock: phone.clock(),
    newEntryId: phone.newEntryId,
  };
}

const KEEP_AGAIN_MILLIS = 15_000;

/**
 * The server takes what a device wrote from nobody else, so a failure of the disk must not make another device of this
 * one: it is asked twice. A phone whose storage does not answer is who its other tabs say, or else somebody for as long as
 * the page lives, and keeps that as soon as it can. Where there was one after all, that one counts from the next start on: what was written
 * meanwhile goes to the server under the other, and one page cannot be two devices.
 * @param now who the phone is by then
 */
async function readOrMakeIdentity(
  { log, randomBytes, onReport }: PhoneParts,
  tabs: Pick<TabsAgree, 'ask'>,
  now: () => Identity,
): Promise<Identity> {
  const person: PersonId = newOwnerId(randomBytes);
  const device: DeviceId = newOwnerId(randomBytes);
  const token = newDeviceToken(randomBytes);
  const fresh: Identity = { person, device, name: '', token };
  try {
    return (await readKept(log)) ?? (await readOrKeep(log, await tabs.ask(fresh)));
  } catch (cause) {
    onReport(cause);
  }
  const ours = await tabs.ask(fresh);
  try {
    await log.revive();
    return await readOrKeep(log, ours);
  } catch (cause) {
    onReport(cause);
    keepLater(log, now);
    return ours;
  }
}

/** @returns null for a phone that is new, and for one from before devices had a token */
async function readKept(log: PhoneLog): Promise<Identity | null> {
  const known = await readIdentity(log);
  return known?.token ? { ...known, token: known.token } : null;
}

async function readOrKeep(log: PhoneLog, fresh: Identity): Promise<Identity> {
  const known = (await readIdentity(log)) ?? (await makeIdentity(log, fresh));
  if (known.token) return { ...known, token: known.token };
  const made = { ...known, token: fresh.token };
  await writeIdentity(log, made);
  return made;
}

function keepLater(log: PhoneLog, now: () => Identity): void {
  setTimeout(() => {
    readOrKeep(log, now()).catch(() => keepLater(log, now));
  }, KEEP_AGAIN_MILLIS);
}
