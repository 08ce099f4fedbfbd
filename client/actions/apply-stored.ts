/** From the disk into the document. */

import type { IncidentDoc } from '../../shared/doc/incident-doc.ts';
import type { StoredDoc } from '../../shared/doc/update-log.ts';
import type { IncidentId } from '../../shared/domain/id.ts';
import type { Phone } from './phone.ts';

/** One row that cannot be applied must not hide the others. @returns how many rows had to be set aside */
export async function applyStored(
  phone: Phone,
  id: IncidentId,
  doc: IncidentDoc,
  { snapshot, updates }: StoredDoc,
): Promise<number> {
  let bad = 0;
  for (const row of snapshot ? [snapshot, ...updates] : updates) {
    try {
      doc.apply(row.bytes, 'storage');
    } catch (cause) {
      bad += 1;
      const table = row === snapshot ? 'snapshots' : 'updates';
      await phone.log.setAside(table, id, row.position, String(cause)).catch(phone.report);
    }
  }
  return bad;
}
