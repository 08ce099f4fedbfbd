/** From the disk into the document. */

import type { IncidentDoc } from '../../shared/doc/incident-doc.ts';
import type { Position, StoredDoc } from '../../shared/doc/update-log.ts';
import type { IncidentId } from '../../shared/domain/id.ts';
import type { Phone } from './phone.ts';

export type Applied = {
  /** How many rows had to be set aside. */
  readonly bad: number;
  /** Whether what was stored at this position is in the document now. */
  has(position: Position): boolean;
};

/** One row that cannot be applied must not hide the others. */
export async function applyStored(
  phone: Phone,
  id: IncidentId,
  doc: IncidentDoc,
  { snapshot, updates }: StoredDoc,
): Promise<Applied> {
  let bad = 0;
  let upTo: Position | null = null;
  const positions = new Set<Position>();
  for (const row of snapshot ? [snapshot, ...updates] : updates) {
    try {
      doc.apply(row.bytes, 'storage');
      positions.add(row.position);
      if (row === snapshot) upTo = row.position;
    } catch (cause) {
      bad += 1;
      const table = row === snapshot ? 'snapshots' : 'updates';
      await phone.log.setAside(table, id, row.position, String(cause)).catch(phone.report);
    }
  }
  const isAside = await readAside(phone, id);
  return {
    bad,
    has: (position) =>
      positions.has(position) || (upTo !== null && position <= upTo && !isAside(position)),
  };
}

/**
 * A snapshot stands for the rows up to its position, but not for what could not be read when it was made. Where that
 * cannot be told, it stands for nothing: a mark that stays too long does less harm than a line that is never sent.
 */
async function readAside(phone: Phone, id: IncidentId): Promise<(position: Position) => boolean> {
  try {
    const aside = (await phone.log.readQuarantine()).filter(({ doc }) => doc === id);
    return (position) =>
      aside.some((row) =>
        row.table === 'snapshots' ? position <= row.position : position === row.position,
      );
  } catch (cause) {
    phone.report(cause);
    return () => true;
  }
}
