/**
 * Stores what came from the server, and hands on what came from other tabs. Several small updates from the server
 * become one row, and of several tabs only one stores them; many rows become a snapshot while nothing else happens.
 */

import { type IncidentDoc, mergeUpdates } from '../../shared/doc/incident-doc.ts';
import type { Touched } from '../../shared/doc/touched.ts';
import type { StoredDoc } from '../../shared/doc/update-log.ts';
import type { IncidentId } from '../../shared/domain/id.ts';
import { compact, isWorthCompacting } from '../storage/compact.ts';
import type { Phone } from './phone.ts';

/** An update without structs and deletions: two zeros. */
const EMPTY_UPDATE_BYTES = 2;
const STORE_AFTER_MILLIS = 250;
const STORE_AGAIN_MILLIS = 15_000;
const COMPACT_AFTER_UPDATES = 500;

export function keepRemoteUpdates(
  phone: Phone,
  id: IncidentId,
  doc: IncidentDoc,
  stored: StoredDoc,
  otherTab: {
    /** True while something from another tab is being applied. */
    readonly isSpeaking: () => boolean;
    keep(bytes: Uint8Array, touched: Touched): void;
  },
): { close(): Promise<void> } {
  const onDisk = doc.encodeStateVector();
  let collected: Uint8Array[] = [];
  let timer: ReturnType<typeof setTimeout> | null = null;
  let isKeeper = false;
  let sinceCompaction = 0;
  let cancelCompaction = (): void => undefined;

  async function store(): Promise<void> {
    if (timer) clearTimeout(timer);
    timer = null;
    if (collected.length === 0) return;
    const bytes = mergeUpdates(collected);
    collected = [];
    try {
      await phone.log.append([{ doc: id, bytes }]);
    } catch (cause) {
      collected = [bytes, ...collected];
      timer ??= setTimeout(store, STORE_AGAIN_MILLIS);
      phone.report(cause);
    }
  }

  function planCompaction(): void {
    sinceCompaction = 0;
    cancelCompaction();
    cancelCompaction = phone.around.whenIdle(() => {
      compact(phone.log, id, doc).catch(phone.report);
    });
  }

  const stopListening = doc.onUpdate((bytes, source, touched) => {
    if (source === 'storage') return;
    if (source === 'remote' && otherTab.isSpeaking()) {
      otherTab.keep(bytes, touched);
      return;
    }
    if (!isKeeper) return;
    sinceCompaction += 1;
    if (sinceCompaction >= COMPACT_AFTER_UPDATES) planCompaction();
    if (source === 'local') return;
    collected.push(bytes);
    timer ??= setTimeout(store, STORE_AFTER_MILLIS);
  });

  const release = phone.around.tabs.hold(`logline:${id}`, (late) => {
    isKeeper = true;
    // Something may have come before the lock did, or the tab that held it may have gone with what it had not stored.
    const missed = doc.encode(onDisk);
    if (missed.length > EMPTY_UPDATE_BYTES) {
      collected.push(missed);
      void store();
    }
    if (!late && isWorthCompacting(stored)) planCompaction();
  });

  return {
    async close() {
      stopListening();
      cancelCompaction();
      await store();
      release();
    },
  };
}
