/** How often a test repeats itself: a count for every run, and one for `npm run test:long`. */

const isLong = process.env['LOGLINE_LONG'] === '1';

export function rounds(counts: { readonly usual: number; readonly long: number }): number {
  return isLong ? counts.long : counts.usual;
}
