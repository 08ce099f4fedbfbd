/** What changed between two texts, word by word, for a person to see. */

export type DiffPart = { readonly type: 'same' | 'removed' | 'added'; readonly text: string };

/** Beyond this many words on both sides together the middle is shown as one change. */
const MAX_WORDS = 1_200;

/** The longest common subsequence of words, after what both texts begin and end with. */
export function diffWords(before: string, after: string): readonly DiffPart[] {
  const [a, b] = [toWords(before), toWords(after)];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end))
    end += 1;
  const parts: DiffPart[] = [
    { type: 'same', text: a.slice(0, start).join('') },
    ...diffMiddle(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    { type: 'same', text: a.slice(a.length - end).join('') },
  ];
  return joinParts(parts);
}

function diffMiddle(a: readonly string[], b: readonly string[]): readonly DiffPart[] {
  if (a.length + b.length > MAX_WORDS) {
    return [
      { type: 'removed', text: a.join('') },
      { type: 'added', text: b.join('') },
    ];
  }
  const lengths = toLengths(a, b);
  const at = (i: number, j: number): number => lengths[i * (b.length + 1) + j] ?? 0;
  const parts: DiffPart[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      parts.push({ type: 'same', text: a[i] ?? '' });
      i += 1;
      j += 1;
    } else if (j >= b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) {
      parts.push({ type: 'removed', text: a[i] ?? '' });
      i += 1;
    } else {
      parts.push({ type: 'added', text: b[j] ?? '' });
      j += 1;
    }
  }
  return parts;
}

/** How many words the ends of both share, from every pair of places on. */
function toLengths(a: readonly string[], b: readonly string[]): Uint16Array {
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] =
        a[i] === b[j]
          ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0);
    }
  }
  return lengths;
}

const SEGMENTER = new Intl.Segmenter(undefined, { granularity: 'word' });

/** Words and signs, each with the space after it. */
function toWords(text: string): readonly string[] {
  const words: string[] = [];
  for (const { segment } of SEGMENTER.segment(text)) {
    const last = words.at(-1);
    if (segment === ' ' && last !== undefined && !last.endsWith(' '))
      words[words.length - 1] = `${last} `;
    else words.push(segment);
  }
  return words;
}

function joinParts(parts: readonly DiffPart[]): readonly DiffPart[] {
  const joined: DiffPart[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (part.text === '') continue;
    if (last?.type === part.type)
      joined[joined.length - 1] = { ...part, text: last.text + part.text };
    else joined.push(part);
  }
  return joined;
}
