/** A diamond: open while customers may still be hurt, filled once that is over. */

import type { Status } from '../../shared/domain/status.ts';
import './status-mark.css';

export function StatusMark(props: { status: Status }) {
  const isOpen = () => props.status === 'investigating' || props.status === 'identified';
  return <span class="status-mark" classList={{ open: isOpen() }} aria-hidden="true" />;
}
