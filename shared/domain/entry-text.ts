/** The words of an entry: what may be in them, how large they may grow, and their first line. */

/** 64 KiB of UTF-8. Longer text stays a draft and is offered as a file. */
export const MAX_TEXT_BYTES = 65_536;

export const MAX_TITLE_CHARACTERS = 200;
const MAX_NAME_CHARACTERS = 60;

/** Control characters but tab and newline: invisible, and they break every export they reach. */
const CONTROLS = /(?![\t\n])\p{Cc}/gu;

/** Half of a surrogate pair alone. UTF-8 cannot say it, so two devices would read different text. */
const LONE_SURROGATES = /\p{Surrogate}/gu;

/** The same words without what no reader can see and no file can carry. */
export function cleanText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(LONE_SURROGATES, '\ufffd').replace(CONTROLS, '');
}

/** For titles and names: clean, on one line, without space around. */
export function cleanLine(text: string): string {
  return cleanText(text).replace(/\s+/g, ' ').trim();
}

export function cleanName(name: string): string {
  return [...cleanLine(name)].slice(0, MAX_NAME_CHARACTERS).join('').trim();
}

/** The length in bytes as UTF-8 (RFC 3629). */
export function toUtf8Length(text: string): number {
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) bytes += 1;
    else if (unit < 0x800) bytes += 2;
    else if (unit >= 0xd800 && unit < 0xdc00) {
      bytes += 4;
      i++;
    } else bytes += 3;
  }
  return bytes;
}

/** The longest beginning that takes at most `bytes` as UTF-8; never half a character. */
export function cutToUtf8Length(text: string, bytes: number): string {
  let used = 0;
  let end = 0;
  for (const character of text) {
    used += toUtf8Length(character);
    if (used > bytes) break;
    end += character.length;
  }
  return text.slice(0, end);
}

export function toHeadline(text: string): string {
  const first = text.trimStart();
  const end = first.indexOf('\n');
  return end < 0 ? first.trimEnd() : first.slice(0, end).trimEnd();
}

/** `640 bytes`, `70 KiB`, `10 MiB`. */
export function toSizeWords(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  if (bytes < 1024 * 1024) return `${Math.ceil(bytes / 1024)} KiB`;
  return `${Math.round((bytes / 1024 / 1024) * 10) / 10} MiB`;
}
