/** What changed between two texts, word by word, for a person to see. */

export type DiffPart = { readonly type: 'same' | 'removed' | 'added'; readonly text: string };

/** Beyond this many words on both sides together the middle is shown as one change. */
const MAX_WORDS = 1_200;

/** `word`: also a sign, or what else stands between two words. `space`: the one after it, which is not compared. */
type Word = { readonly word: string; readonly space: '' | ' ' };

type Cut = (text: string) => Iterable<string>;

/** The longest common subsequence of words, after what both texts begin and end with. */
export function diffWords(before: string, after: string): readonly DiffPart[] {
  return joinParts(diffBy([cutAtSigns, cutAtSpaces], before, after));
}

/** What are too many words for one cut is cut into larger ones. */
function diffBy(
  [cut, ...larger]: readonly Cut[],
  before: string,
  after: string,
): readonly DiffPart[] {
  if (!cut) {
    return [
      { type: 'removed', text: before },
      { type: 'added', text: after },
    ];
  }
  const [a, b] = [toWords(cut(before)), toWords(cut(after))];
  let start = 0;
  while (start < a.length && start < b.length && isEqual(a[start], b[start])) start += 1;
  let end = 0;
  while (
    end < a.length - start &&
    end < b.length - start &&
    isEqual(a.at(-1 - end), b.at(-1 - end))
  )
    end += 1;
  const [old, fresh] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  const isLong = old.length + fresh.length > MAX_WORDS;
  return [
    { type: 'same', text: toText(a.slice(0, start)) },
    ...(isLong ? diffBy(larger, toText(old), toText(fresh)) : diffMiddle(old, fresh)),
    { type: 'same', text: toText(a.slice(a.length - end)) },
  ];
}

function diffMiddle(a: readonly Word[], b: readonly Word[]): readonly DiffPart[] {
  const lengths = toLengths(a, b);
  const at = (i: number, j: number): number => lengths[i * (b.length + 1) + j] ?? 0;
  const parts: DiffPart[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [old, fresh] = [a[i], b[j]];
    if (old && fresh && old.word === fresh.word) {
      parts.push(...toSame(old, fresh));
      i += 1;
      j += 1;
    } else if (old && (!fresh || at(i + 1, j) >= at(i, j + 1))) {
      parts.push({ type: 'removed', text: toText([old]) });
      i += 1;
    } else if (fresh) {
      parts.push({ type: 'added', text: toText([fresh]) });
      j += 1;
    }
  }
  return parts;
}

function toSame(old: Word, fresh: Word): readonly DiffPart[] {
  if (old.space === fresh.space) return [{ type: 'same', text: toText([old]) }];
  return [
    { type: 'same', text: old.word },
    { type: 'removed', text: old.space },
    { type: 'added', text: fresh.space },
  ];
}

/** How many words the ends of both share, from every pair of places on. */
function toLengths(a: readonly Word[], b: readonly Word[]): Uint16Array {
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] =
        a[i]?.word === b[j]?.word
          ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0);
    }
  }
  return lengths;
}

const SEGMENTER = new Intl.Segmenter(undefined, { granularity: 'word' });

function cutAtSigns(text: string): readonly string[] {
  return Array.from(SEGMENTER.segment(text), ({ segment }) => segment);
}

function cutAtSpaces(text: string): readonly string[] {
  return text.match(/\s|\S+/g) ?? [];
}

function toWords(pieces: Iterable<string>): readonly Word[] {
  const words: Word[] = [];
  for (const piece of pieces) {
    const last = words.at(-1);
    if (piece === ' ' && last?.space === '') words[words.length - 1] = { ...last, space: ' ' };
    else words.push({ word: piece, space: '' });
  }
  return words;
}

function toText(words: readonly Word[]): string {
  return words.map(({ word, space }) => word + space).join('');
}

function isEqual(a: Word | undefined, b: Word | undefined): boolean {
  return a?.word === b?.word && a?.space === b?.space;
}

/** Between two parts that stayed, what was removed comes before what was added. */
function joinParts(parts: readonly DiffPart[]): readonly DiffPart[] {
  const joined: DiffPart[] = [];
  const open = { same: '', removed: '', added: '' };
  function end(...types: readonly DiffPart['type'][]): void {
    for (const type of types) {
      if (open[type] !== '') joined.push({ type, text: open[type] });
      open[type] = '';
    }
  }
  for (const { type, text } of parts) {
    if (text === '') continue;
    if (type === 'same') end('removed', 'added');
    else end('same');
    open[type] += text;
  }
  end('same', 'removed', 'added');
  return joined;
}
