import { describe, expect, test } from 'vitest';
import { isStamp, nextStamp, toStampInstant } from '../../../shared/domain/hlc.ts';
import {
  createEntryIds,
  isEntryId,
  isIncidentId,
  isOwnerId,
  newIncidentId,
  newOwnerId,
} from '../../../shared/domain/id.ts';
import { NIGHT } from '../../support/device.ts';
import { createRandom } from '../../support/random.ts';

const { bytes } = createRandom(11);

describe('ids', () => {
  test('[T5b] lines logged in the same millisecond keep the order they were logged in', () => {
    const newId = createEntryIds(bytes);
    const ids = Array.from({ length: 50 }, () => newId(NIGHT));
    expect(ids.toSorted()).toEqual(ids);
    expect(newId(NIGHT - 60_000) > (ids.at(-1) ?? '')).toBe(true);
    expect(new Set(ids).size).toBe(50);
    expect(ids.every(isEntryId)).toBe(true);
  });

  test('[N1] only a well-formed incident id names an incident', () => {
    const id = newIncidentId(NIGHT, bytes);
    expect(isIncidentId(id)).toBe(true);
    for (const wrong of [
      '',
      'lobby',
      id.toUpperCase(),
      `${id}0`,
      id.slice(1),
      `../${id.slice(3)}`,
    ]) {
      expect(isIncidentId(wrong)).toBe(false);
    }
    expect(isOwnerId(newOwnerId(bytes))).toBe(true);
    expect(isOwnerId('Ana')).toBe(false);
  });
});

describe('the hybrid clock', () => {
  test('[L1b] a stamp follows wall time, and passes every stamp its writer saw', () => {
    const first = nextStamp(NIGHT, 0);
    expect(toStampInstant(first)).toBe(NIGHT);
    expect(nextStamp(NIGHT, first)).toBeGreaterThan(first);
    expect(nextStamp(NIGHT - 3_600_000, first)).toBeGreaterThan(first);
    expect(nextStamp(NIGHT + 1, first)).toBeGreaterThan(nextStamp(NIGHT, first));
  });

  test('[L1c] a damaged stamp is not followed into the far future', () => {
    expect(isStamp(Number.MAX_SAFE_INTEGER)).toBe(false);
    expect(isStamp(-1)).toBe(false);
    expect(isStamp('1')).toBe(false);
    expect(isStamp(nextStamp(Number.MAX_SAFE_INTEGER, 0))).toBe(true);
  });
});
