/**
 * Rewritten statements: `s` map, fresh id → map of
 *
 * | key | what |
 * |---|---|
 * | `c` | `[statement, sources hash, person, recorded ms]`, written once |
 * | `b` | Y.Text, the words |
 * | `hash@device` slot | the sources somebody said it is still right for |
 * | `retracted@device` slot | taken back, or brought back |
 */

import * as Y from 'yjs';
import type { RewriteId } from '../domain/id.ts';
import type { Prose, Rewrite } from '../domain/rewrite.ts';
import { PROSE_SECTIONS, type ProseSection } from '../domain/section.ts';
import { isInstant } from '../domain/time.ts';
import { BODY, type EntryMap, isEntryMap, ORIGIN } from './schema.ts';
import { readSlots } from './slots.ts';

export function rewritesOf(doc: Y.Doc): Y.Map<EntryMap> {
  return doc.getMap('s');
}

export function proseOf(doc: Y.Doc, section: ProseSection): Y.Text {
  return doc.getText(`p:${section}`);
}

export function createRewriteMap(rewrite: Rewrite): EntryMap {
  const map: EntryMap = new Y.Map();
  map.set(ORIGIN, [rewrite.statement, rewrite.sourcesHash, rewrite.by, rewrite.recorded]);
  map.set(BODY, new Y.Text(rewrite.text));
  return map;
}

/** Everything people wrote into the draft, as it is now. */
export function readProse(doc: Y.Doc): Prose {
  const rewrites: Rewrite[] = [];
  for (const [id, map] of rewritesOf(doc).entries()) {
    const rewrite = isEntryMap(map) ? readRewrite(id, map) : null;
    if (rewrite) rewrites.push(rewrite);
  }
  rewrites.sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    sections: new Map(PROSE_SECTIONS.map((id) => [id, proseOf(doc, id).toString()])),
    rewrites,
  };
}

function readRewrite(id: RewriteId, map: EntryMap): Rewrite | null {
  const origin = map.get(ORIGIN);
  const body = map.get(BODY);
  if (!Array.isArray(origin) || !(body instanceof Y.Text)) return null;
  const [statement, hash, by, recorded]: readonly unknown[] = origin;
  if (typeof statement !== 'string' || typeof hash !== 'string') return null;
  if (typeof by !== 'string' || !isInstant(recorded)) return null;
  const slots = readSlots(map);
  const keptFor = slots.get('hash')?.[0]?.value;
  return {
    id,
    statement,
    sourcesHash: typeof keptFor === 'string' ? keptFor : hash,
    text: body.toString(),
    by,
    recorded,
    isRetracted: slots.get('retracted')?.[0]?.value === true,
  };
}
