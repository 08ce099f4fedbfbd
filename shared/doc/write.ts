/** Changes become one Yjs transaction: all of them are in the document and in one update, or none is. */

import * as Y from 'yjs';
import type { Change, EntryFieldChange } from '../domain/change.ts';
import type { EntryId, RewriteId } from '../domain/id.ts';
import { encodeEffect, encodeOccurred, encodeOrigin } from './origin.ts';
import { createRewriteMap, rewritesOf } from './rewrites.ts';
import {
  BODY,
  type EntryMap,
  entriesOf,
  factsOf,
  isEntryMap,
  metaOf,
  ORIGIN,
  peopleOf,
  SCHEMA_VERSION,
} from './schema.ts';
import { type Signature, writeSlot } from './slots.ts';

/** @throws Error when a change names an entry or a rewrite the document does not hold; deciding has to come first */
export function writeChanges(doc: Y.Doc, changes: readonly Change[], signature: Signature): void {
  for (const change of changes) {
    if (change.type === 'setEntryField') findEntry(doc, change.entry);
    if (change.type === 'setRewriteField') findRewrite(doc, change.rewrite);
  }
  doc.transact(() => {
    if (!metaOf(doc).has('schema')) metaOf(doc).set('schema', SCHEMA_VERSION);
    for (const change of changes) writeChange(doc, change, signature);
  });
}

function writeChange(doc: Y.Doc, change: Change, signature: Signature): void {
  switch (change.type) {
    case 'addEntry': {
      const entry: EntryMap = new Y.Map();
      entry.set(ORIGIN, encodeOrigin(change.origin));
      entry.set(BODY, new Y.Text(change.text));
      entriesOf(doc).set(change.id, entry);
      return;
    }
    case 'setEntryField':
      writeSlot(findEntry(doc, change.entry), change.field, encodeField(change), signature);
      return;
    case 'setIncidentField':
      writeSlot(factsOf(doc), change.field, change.value, signature);
      return;
    case 'addRewrite':
      rewritesOf(doc).set(change.rewrite.id, createRewriteMap(change.rewrite));
      return;
    case 'setRewriteField':
      writeSlot(findRewrite(doc, change.rewrite), change.field, change.value, signature);
      return;
    case 'namePerson':
      writeSlot(peopleOf(doc), change.person, change.name, signature);
      return;
  }
}

function encodeField(change: EntryFieldChange): unknown {
  switch (change.field) {
    case 'time':
      return encodeOccurred(change.value);
    case 'effect':
      return encodeEffect(change.value);
    default:
      return change.value;
  }
}

function findEntry(doc: Y.Doc, id: EntryId): EntryMap {
  const entry = entriesOf(doc).get(id);
  if (!isEntryMap(entry)) throw new Error(`No entry ${id} in this document`);
  return entry;
}

function findRewrite(doc: Y.Doc, id: RewriteId): EntryMap {
  const rewrite = rewritesOf(doc).get(id);
  if (!isEntryMap(rewrite)) throw new Error(`No rewrite ${id} in this document`);
  return rewrite;
}
