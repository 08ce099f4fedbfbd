/** Small counts in words, the same on every screen. */

export function countLines(lines: number): string {
  return lines === 1 ? '1 line' : `${lines} lines`;
}
