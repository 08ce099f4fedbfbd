/**
 * One field, one slot per device: `time@k3f9…` → `[value, stamp, person, seen]`.
 *
 * `Y.Map.set` under a shared key keeps the value of the higher client id and drops the other, whatever its clock
 * says. So a device writes only its own slot, and a reader takes the slot with the highest (stamp, device). What
 * lost stays in the document and can be shown.
 *
 * `seen` is the highest stamp the writer saw on this field, 0 if none. A slot that lost with a stamp past the
 * winner's `seen` was written without knowing of it, and the other way round: the field was changed by two at once.
 */

import type * as Y from 'yjs';
import { isStamp, nextStamp, type Stamp } from '../domain/hlc.ts';
import type { DeviceId, PersonId } from '../domain/id.ts';
import type { Instant } from '../domain/time.ts';

export type Slot = {
  readonly field: string;
  readonly device: DeviceId;
  readonly value: unknown;
  readonly stamp: Stamp;
  readonly by: PersonId;
  readonly seen: Stamp;
};

export type SlotsByField = ReadonlyMap<string, readonly Slot[]>;

/** Who writes, from where, and when by corrected wall time. */
export type Signature = {
  readonly by: PersonId;
  readonly device: DeviceId;
  readonly now: Instant;
};

export function writeSlot(
  map: Y.Map<unknown>,
  field: string,
  value: unknown,
  signature: Signature,
): void {
  const { by, device, now } = signature;
  let seen: Stamp = 0;
  for (const [key, held] of map.entries()) {
    const slot = toSlot(key, held);
    if (slot?.field === field) seen = Math.max(seen, slot.stamp);
  }
  map.set(`${field}@${device}`, [value, nextStamp(now, seen), by, seen]);
}

/** Every readable slot of `map` by field, the winner first. Damaged ones and other keys are passed over. */
export function readSlots(map: Y.Map<unknown>): SlotsByField {
  const byField = new Map<string, Slot[]>();
  for (const [key, value] of map.entries()) {
    const slot = toSlot(key, value);
    if (!slot) continue;
    const others = byField.get(slot.field);
    if (others) others.push(slot);
    else byField.set(slot.field, [slot]);
  }
  for (const slots of byField.values()) {
    if (slots.length > 1) slots.sort(compareWinnerFirst);
  }
  return byField;
}

/** The slots of one field that lost to a winner who did not know of them. */
export function findConcurrent(slots: readonly Slot[]): readonly Slot[] {
  const [winner, ...lost] = slots;
  return winner ? lost.filter((slot) => slot.stamp > winner.seen) : [];
}

function toSlot(key: string, value: unknown): Slot | null {
  const at = key.lastIndexOf('@');
  if (at < 1 || !Array.isArray(value)) return null;
  const [held, stamp, by, seen]: readonly unknown[] = value;
  if (!isStamp(stamp) || typeof by !== 'string') return null;
  return {
    field: key.slice(0, at),
    device: key.slice(at + 1),
    value: held,
    stamp,
    by,
    seen: isStamp(seen) ? seen : 0,
  };
}

function compareWinnerFirst(a: Slot, b: Slot): number {
  return b.stamp - a.stamp || (a.device < b.device ? 1 : -1);
}
