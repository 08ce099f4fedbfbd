/**
 * What people wrote, made safe to stand in a Markdown document of ours (CommonMark 0.31 and GitHub's tables, footnotes
 * and autolinks): as plain words in a line, or as Markdown of their own between two of our headings.
 */

/** Always something else than a word. `_` inside a word and `.` or `-` after one are left alone, to stay readable. */
const SPECIAL = /[\\`*[\]<>|~&$#{}!]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;
const AUTOLINKS = /(?<=https?|ftp|mailto|xmpp):|(?<=www)\.|@/gi;
/** Line ends and invisible characters, which break every table. */
const BREAKS = /[\s\p{Cc}]+/gu;

/** One line of plain words. It must not begin a block: put something before it. */
export function escapeLine(text: string): string {
  return text
    .replace(BREAKS, ' ')
    .trim()
    .replace(SPECIAL, (found) => `\\${found}`)
    .replace(AUTOLINKS, (found) => `\\${found}`);
}

/** A value in YAML front matter: JSON's strings are YAML's double-quoted ones. */
export function toYamlText(text: string): string {
  return JSON.stringify(text.replace(BREAKS, ' ').trim()).replace(
    /[\u007f-\u009f\ufeff\ud800-\udfff]/g,
    (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Quotes, list marks, and the space around them: what a block may stand behind. */
const CONTAINERS = /^[ \t]*(?:(?:>|[-*+]|\d{1,9}[.)])[ \t]+|>)*/;
const FENCE = /^(`{3,}|~{3,})([^\n]*)$/;

/**
 * Markdown that people wrote. Its headings go below ours, a fence left open is closed, html, footnotes and link
 * definitions become words, and only web and mail addresses stay links.
 */
export function tameMarkdown(text: string): string {
  const out: string[] = [];
  let fence: string | null = null;
  // Trimmed first: what stands at the start of a line then is what a parser sees there.
  const lines = text.replace(/\ufeff/g, '').replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n');
  for (const line of lines.trim().split('\n')) {
    if (fence !== null) {
      out.push(line);
      if (isClosing(line, fence)) fence = null;
      continue;
    }
    fence = toFence(line);
    out.push(fence === null ? tameLine(line) : line);
  }
  if (fence !== null) out.push(fence);
  return out.join('\n');
}

/** Only a fence at the very start of a line is one here: then it ends where this says it does. */
function toFence(line: string): string | null {
  const [, marks, info] = FENCE.exec(line) ?? [];
  if (marks === undefined || (marks.startsWith('`') && info?.includes('`'))) return null;
  return marks;
}

function isClosing(line: string, fence: string): boolean {
  const marks = /^ {0,3}(`{3,}|~{3,})[ \t]*$/.exec(line)?.[1];
  return marks?.startsWith(fence) ?? false;
}

function tameLine(line: string): string {
  const [lead = ''] = CONTAINERS.exec(line) ?? [];
  const rest = tameInline(line.slice(lead.length));
  const level = /^#{1,6}(?=[ \t]|$)/.exec(rest)?.[0].length;
  if (level !== undefined) {
    return lead === ''
      ? `${'#'.repeat(Math.min(6, level + 2))}${rest.slice(level)}`
      : `${lead}\\${rest}`;
  }
  // Underlines that would make a heading of the line above, rules, fences of their own, definitions.
  return /^(?:=+|-+|[-_*](?:[ \t]*[-_*])*)[ \t]*$|^(?:`{3}|~{3})|^\[/.test(rest)
    ? `${lead}\\${rest}`
    : lead + rest;
}

/** References and not backslashes: one of theirs before one of ours would undo both. */
function tameInline(text: string): string {
  return text
    .replace(/</g, '&lt;')
    .replace(/\[\^/g, '&#91;^')
    .replace(/!(?=\[)/g, '&#33;')
    .replace(/\](?=\()(?!\((?:https?:\/\/|mailto:))/gi, '&#93;');
}
