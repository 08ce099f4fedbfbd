/** A text several people may write at once, as a list of splices. The only way to one from outside this folder. */

import type * as Y from 'yjs';
import type { EntryId, RewriteId } from '../domain/id.ts';
import type { ProseSection } from '../domain/section.ts';
import type { IncidentDoc } from './incident-doc.ts';
import { proseOf, rewritesOf } from './rewrites.ts';
import { bodyOf, entriesOf, isEntryMap } from './schema.ts';

/** `at` and `removed` count UTF-16 code units of the text before the splice. */
export type Splice = {
  readonly at: number;
  readonly removed: number;
  readonly inserted: string;
};

export type SharedText = {
  read(): string;
  /** Each splice counts in the text as the one before left it; together they are one transaction. */
  write(splices: readonly Splice[]): void;
  /** Tells of changes made by anybody but this handle, in the order they apply. */
  watch(listener: (splices: readonly Splice[]) => void): () => void;
};

/** @returns null while this document does not hold the entry */
export function openEntryText(doc: IncidentDoc, id: EntryId): SharedText | null {
  const entry = entriesOf(doc.ydoc).get(id);
  const body = isEntryMap(entry) ? bodyOf(entry) : null;
  return body && toSharedText(doc.ydoc, body);
}

/** What people wrote below the generated statements of a section. */
export function openProseText(doc: IncidentDoc, section: ProseSection): SharedText {
  return toSharedText(doc.ydoc, proseOf(doc.ydoc, section));
}

/** @returns null while this document does not hold the rewrite */
export function openRewriteText(doc: IncidentDoc, id: RewriteId): SharedText | null {
  const rewrite = rewritesOf(doc.ydoc).get(id);
  const body = isEntryMap(rewrite) ? bodyOf(rewrite) : null;
  return body && toSharedText(doc.ydoc, body);
}

function toSharedText(ydoc: Y.Doc, text: Y.Text): SharedText {
  const own = Symbol('own');
  return {
    read: () => text.toString(),
    write(splices) {
      ydoc.transact(() => {
        for (const { at, removed, inserted } of splices) {
          if (removed > 0) text.delete(at, removed);
          if (inserted !== '') text.insert(at, inserted);
        }
      }, own);
    },
    watch(listener) {
      const onEvent = (event: Y.YTextEvent, transaction: Y.Transaction): void => {
        if (transaction.origin !== own) listener(toSplices(event.delta));
      };
      text.observe(onEvent);
      return () => text.unobserve(onEvent);
    },
  };
}

function toSplices(delta: Y.YTextEvent['delta']): readonly Splice[] {
  const splices: Splice[] = [];
  let at = 0;
  for (const step of delta) {
    if (step.retain !== undefined) at += step.retain;
    else if (step.delete !== undefined) splices.push({ at, removed: step.delete, inserted: '' });
    else if (typeof step.insert === 'string') {
      splices.push({ at, removed: 0, inserted: step.insert });
      at += step.insert.length;
    }
  }
  return splices;
}
