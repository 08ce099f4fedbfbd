/**
 * Lines another tab of this phone wrote and never sent, because it was closed or killed: this tab takes them over.
 */

import type { IncidentDoc } from '../../shared/doc/incident-doc.ts';
import type { Position } from '../../shared/doc/update-log.ts';
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

  /** @param left what was there when the wait began; whoever wrote something since lives */
  async function adopt(left: ReadonlySet<Position>): Promise<void> {
    timer = null;
    const rows = waiting.strangers().filter(({ position }) => left.has(position));
    if (!isNeeded() || rows.length === 0) {
      look();
      return;
    }
    const again = setTimeout(() => adopt(left), AGAIN_MILLIS);
    timer = again;
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
    if (waiting.strangers().some(({ position }) => !left.has(position))) look();
  }

  function look(): void {
    if (timer !== null || !isNeeded()) return;
    const left = new Set(waiting.strangers().map(({ position }) => position));
    timer = setTimeout(() => adopt(left), LEFT_ALONE_MILLIS);
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
