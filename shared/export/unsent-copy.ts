/** What is nowhere but on one phone, lines and what was written into the draft, as text to read and as a file that loses nothing. */

import type { Entry } from '../domain/entry.ts';
import type { PersonId } from '../domain/id.ts';
import { toKindWord } from '../domain/kind.ts';
import { MILESTONE_WORDS } from '../domain/milestone.ts';
import { toOccurredWords } from '../domain/occurred.ts';
import type { Prose } from '../domain/rewrite.ts';
import { PROSE_SECTIONS, SECTION_TITLES } from '../domain/section.ts';
import { SOMEBODY } from '../domain/summary.ts';
import type { Instant, Zone } from '../domain/time.ts';

export type UnsentCopy = {
  readonly incident: string;
  readonly title: string;
  /** In timeline order. */
  readonly lines: readonly Entry[];
  /** What people wrote into the draft, whole, where some of it waits; null where nothing of it does. */
  readonly prose: Prose | null;
  readonly personName: (person: PersonId) => string | undefined;
  readonly zone: Zone;
  readonly now: Instant;
};

/** One line each, to be pasted anywhere. */
export function toCopyText({ title, lines, prose, personName, zone, now }: UnsentCopy): string {
  const rows = lines.map((entry) => {
    const when = toOccurredWords(entry.occurred, zone, now);
    const what =
      entry.effect?.type === 'milestone'
        ? MILESTONE_WORDS[entry.effect.milestone]
        : toKindWord(entry.kind);
    const words = [what, entry.text].filter((word) => word !== '').join(': ');
    return `${when}  ${personName(entry.by) ?? SOMEBODY}  ${words}${entry.retracted ? ' (struck out)' : ''}`;
  });
  return [`${title} (times in ${zone})`, ...rows, ...(prose ? toProseRows(prose) : []), ''].join(
    '\n',
  );
}

function toProseRows({ sections, rewrites }: Prose): readonly string[] {
  const written = PROSE_SECTIONS.flatMap((section) => {
    const text = sections.get(section) ?? '';
    return text === '' ? [] : ['', SECTION_TITLES[section], text];
  });
  const reworded = rewrites.filter(({ isRetracted }) => !isRetracted).map(({ text }) => text);
  return reworded.length === 0
    ? written
    : [...written, '', 'Sentences in other words', ...reworded];
}

/**
 * @param update everything this phone knows of the incident, as a Yjs update (V1)
 * @returns JSON: `incident`, `title`, `writtenAt` (ISO 8601), `lines` of `{id, at, until, precision, kind, text, by,
 *   name, recorded}` with times in ISO 8601, `prose` by section where some waits, and `update`, everything, in base64
 */
export function toCopyFile(copy: UnsentCopy, update: Uint8Array): string {
  const toIso = (instant: Instant): string => new Date(instant).toISOString();
  const lines = copy.lines.map(({ id, occurred, kindName, text, by, recorded }) => ({
    id,
    at: toIso(occurred.at),
    until: occurred.until === null ? null : toIso(occurred.until),
    precision: occurred.precision,
    kind: kindName,
    text,
    by,
    name: copy.personName(by) ?? null,
    recorded: toIso(recorded),
  }));
  const { incident, title } = copy;
  const prose = copy.prose && Object.fromEntries(copy.prose.sections);
  const writtenAt = toIso(copy.now);
  const file = { incident, title, writtenAt, lines, prose, update: toBase64(update) };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** `btoa` is a browser's, and a phone's `Uint8Array.toBase64` is too new to count on. */
function toBase64(bytes: Uint8Array): string {
  const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(i, i + 3);
    const bits = (a << 16) | (b << 8) | c;
    const letters = [18, 12, 6, 0].map((shift) => LETTERS[(bits >> shift) & 63] ?? '');
    const missing = Math.max(0, i + 3 - bytes.length);
    parts.push(...letters.slice(0, 4 - missing), '='.repeat(missing));
  }
  return parts.join('');
}
