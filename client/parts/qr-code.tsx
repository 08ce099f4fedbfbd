/** A link as a QR code: dark on white in both themes, because cameras need that. */

import { correction, generate } from 'lean-qr';
import { createMemo } from 'solid-js';

/** The quiet zone the standard asks for (ISO/IEC 18004). */
const MARGIN = 4;

export function QrCode(props: { text: string; label: string }) {
  const code = createMemo(() => generate(props.text, { minCorrectionLevel: correction.M }));
  /** Every dark module as one square of the path. */
  const path = createMemo(() => {
    const { size } = code();
    const squares: string[] = [];
    for (let y = 0; y < size; y += 1) {
      for (let x = 0; x < size; x += 1) {
        if (code().get(x, y)) squares.push(`M${x} ${y}h1v1h-1z`);
      }
    }
    return squares.join('');
  });
  return (
    <svg
      class="qr"
      role="img"
      aria-label={props.label}
      viewBox={`${-MARGIN} ${-MARGIN} ${code().size + 2 * MARGIN} ${code().size + 2 * MARGIN}`}
      shape-rendering="crispEdges"
    >
      <path d={path()} />
    </svg>
  );
}
