/** A generated sentence: what it says, and the entries it says it from. There is none without a source. */

import type { Claim } from '../domain/claim.ts';
import type { Entry } from '../domain/entry.ts';
import { toHeadline } from '../domain/entry-text.ts';
import type { EntryId } from '../domain/id.ts';
import type { Occurred } from '../domain/occurred.ts';
import type { StatementId } from '../domain/rewrite.ts';
import type { SectionId } from '../domain/section.ts';

/** What somebody else wrote stays apart from our words, so that whoever shows it can escape it. */
export type Part =
  | { readonly type: 'words'; readonly words: string }
  | { readonly type: 'quote'; readonly text: string }
  /** Shown on the reader's clock. */
  | { readonly type: 'time'; readonly occurred: Occurred };

export type Statement = {
  readonly id: StatementId;
  readonly section: SectionId;
  readonly claim: Claim;
  readonly parts: readonly Part[];
  readonly sources: readonly [EntryId, ...EntryId[]];
  /** Of everything the sources said; a rewrite made of other words keeps the one it saw. */
  readonly sourcesHash: string;
};

type Recipe = {
  readonly section: SectionId;
  readonly rule: string;
  /** What tells it from others of the rule: a milestone, else its first source. */
  readonly about?: string;
  readonly claim?: Claim;
  readonly parts: readonly (Part | string)[];
  readonly sources: readonly [Entry, ...Entry[]];
};

export function toStatement({ section, rule, about, claim, parts, sources }: Recipe): Statement {
  const [first, ...rest] = sources;
  return {
    id: `${section}.${rule}.${about ?? first.id}`,
    section,
    claim: claim ?? first.claim,
    parts: dropSecondStop(
      parts.map((part) => (typeof part === 'string' ? { type: 'words', words: part } : part)),
    ),
    sources: [first.id, ...rest.map(({ id }) => id)],
    sourcesHash: sources.map(hashEntry).join('.'),
  };
}

/** A quote that ends its own sentence ends ours too. */
function dropSecondStop(parts: readonly Part[]): readonly Part[] {
  const last = parts.at(-1);
  const before = parts.at(-2);
  const isSecond =
    last?.type === 'words' &&
    last.words === '.' &&
    before?.type === 'quote' &&
    /[.!?…]$/u.test(before.text);
  return isSecond ? parts.slice(0, -1) : parts;
}

export function quote({ text }: Entry): Part {
  return { type: 'quote', text: toHeadline(text) };
}

export function when({ occurred }: Entry): Part {
  return { type: 'time', occurred };
}

const hashes = new WeakMap<Entry, string>();

/** FNV-1a over what a sentence can be made of. Entries are never changed, so each is hashed once. */
export function hashEntry(entry: Entry): string {
  const known = hashes.get(entry);
  if (known !== undefined) return known;
  const { id, kindName, claim, outcome, effect, text, occurred, by } = entry;
  let hash = 0x811c9dc5;
  for (const character of JSON.stringify([
    id,
    kindName,
    claim,
    outcome,
    effect,
    text,
    occurred,
    by,
  ])) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  const made = hash.toString(36);
  hashes.set(entry, made);
  return made;
}
