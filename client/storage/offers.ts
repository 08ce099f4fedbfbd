/** What this phone has still to offer to a server that went back to a backup, kept over a restart. */

import { type IncidentId, isIncidentId } from '../../shared/domain/id.ts';
import { forgetDirectoryRev } from './home-rows.ts';
import type { PhoneLog } from './phone-log.ts';

export type Offers = {
  /** The server's, when it was heard last; it grows whenever the server goes back to a backup. */
  readonly lineage: number;
  readonly left: ReadonlySet<IncidentId>;
};

type Log = Pick<PhoneLog, 'readSetting' | 'writeSetting' | 'readDocs' | 'forgetSent'>;

const NONE: Offers = { lineage: 0, left: new Set() };

export async function readOffers(log: Log): Promise<Offers> {
  const value = await log.readSetting('offers');
  if (typeof value !== 'object' || value === null) return NONE;
  if (!('lineage' in value && 'left' in value)) return NONE;
  const { lineage, left } = value;
  if (typeof lineage !== 'number' || !Array.isArray(left)) return NONE;
  return { lineage, left: new Set(left.filter(isIncidentId)) };
}

/**
 * Everything has to be offered again, the directory read anew, and where lines arrived in the log that is gone is
 * nobody's business any more. The lineage comes last: a tab that dies before begins again.
 */
export async function startOver(log: Log, lineage: number): Promise<Offers> {
  await forgetDirectoryRev(log);
  await log.forgetSent();
  const offers = { lineage, left: new Set((await log.readDocs()).filter(isIncidentId)) };
  await writeOffers(log, offers);
  return offers;
}

export async function writeOffers(log: Log, { lineage, left }: Offers): Promise<void> {
  await log.writeSetting('offers', { lineage, left: [...left] });
}
