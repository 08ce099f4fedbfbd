/**
 * The Markdown a line may use: `code`, **bold**, [links](https://…) and bare addresses. Everything else is text.
 * The result is a list of spans, never HTML, so nothing in a line can become markup of the page.
 */

export type Span =
  | { readonly type: 'text' | 'code' | 'bold'; readonly text: string }
  | { readonly type: 'link'; readonly text: string; readonly href: string };

/** In order of the alternatives: code, bold, link, bare address. */
const MARKS =
  /`([^`\n]+)`|\*\*([^*\n]+)\*\*|\[([^\]\n]{1,500})\]\((https?:\/\/[^\s()]{1,2000})\)|(https?:\/\/[^\s<>"')\]]{1,2000})/g;

/** Text longer than this is shown without marks: nobody reads it as prose, and it must not hold up the screen. */
const MAX_MARKED_CHARACTERS = 20_000;

export function toSpans(text: string): readonly Span[] {
  if (text.length > MAX_MARKED_CHARACTERS) return [{ type: 'text', text }];
  const spans: Span[] = [];
  let end = 0;
  for (const match of text.matchAll(MARKS)) {
    if (match.index > end) spans.push({ type: 'text', text: text.slice(end, match.index) });
    spans.push(toSpan(match));
    end = match.index + match[0].length;
  }
  if (end < text.length) spans.push({ type: 'text', text: text.slice(end) });
  return spans;
}

function toSpan([whole, code, bold, label, href, address]: RegExpMatchArray): Span {
  if (code !== undefined) return { type: 'code', text: code };
  if (bold !== undefined) return { type: 'bold', text: bold };
  if (label !== undefined && href !== undefined) return { type: 'link', text: label, href };
  return { type: 'link', text: whole, href: address ?? whole };
}
