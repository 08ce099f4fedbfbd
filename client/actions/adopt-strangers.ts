/**
 * Lines another tab of this phone wrote and never sent, because it was closed or killed: this tab takes them over.
 */

import type { IncidentDoc } from '../../shared/doc/incident-doc.ts';
import type { IncidentId } from '../../shared/domain/id.ts';
import type { WaitingLines } from '../storage/waiting.ts';
import type { IncidentConnection } from '../sync/connect-incident.ts';
import { applyStored } from './apply-stored.ts';
import type { Phone } from './phone.ts';

/** A living tab hears of its commits within this, so that its lines are never taken from it. */
const LEFT_ALONE_MILLIS = 2_000;

/** A disk that could not, or never answers, is asked again. */
const AGAIN_MILLIS = 15_000;

export function adoptStrangers(
  phone: Phone,
  parts: {
    readonly id: IncidentId;
    readonly doc: IncidentDoc;
    readonly waiting: WaitingLines;
    readonly connection: Pick<IncidentConnection, 'state' | 'resync'>;
  },
): { look(): void; close(): void } {
  const { id, doc, waiting, connection } = parts;
  let timer: ReturnType<typeof setTimeout> | null = null;

  const isNeeded = () => connection.state().type === 'online' && waiting.strangers().length > 0;

  async function adopt(): Promise<void> {
    timer = null;
    if (!isNeeded()) return;
    const again = setTimeout(adopt, AGAIN_MILLIS);
    timer = again;
    const rows = waiting.strangers();
    try {
      const { has } = await applyStored(phone, id, doc, await phone.log.read(id));
      waiting.adopt(rows.filter(({ position }) => has(position)));
    } catch (cause) {
      phone.report(cause);
      return;
    }
    clearTimeout(again);
    if (timer === again) timer = null;
    connection.resync();
  }

  function look(): void {
    if (timer === null && isNeeded()) timer = setTimeout(adopt, LEFT_ALONE_MILLIS);
  }

  const stop = waiting.subscribe(look);
  return {
    look,
    close() {
      stop();
      if (timer) clearTimeout(timer);
    },
  };
}
