/**
 * Every entry of the bench carries a number in its text, `~m000123`. A client finds it in a frame by looking for two
 * bytes, so that it needs no document to know what arrived, also when a server puts several updates into one frame.
 */

const MARK = Buffer.from('~m', 'latin1');
const DIGITS = 6;

export function toMark(number: number): string {
  return `~m${String(number).padStart(DIGITS, '0')}`;
}

export function eachMark(bytes: Buffer, visit: (number: number) => void): void {
  let at = bytes.indexOf(MARK);
  while (at >= 0) {
    const number = readDigits(bytes, at + MARK.length);
    if (number !== null) visit(number);
    at = bytes.indexOf(MARK, at + MARK.length);
  }
}

function readDigits(bytes: Buffer, from: number): number | null {
  let number = 0;
  for (let at = from; at < from + DIGITS; at++) {
    const digit = (bytes[at] ?? 0) - 48;
    if (digit < 0 || digit > 9) return null;
    number = number * 10 + digit;
  }
  return number;
}
