/** A milestone's shape; open while customers may still be hurt, filled once that is over. */

import './diamond.css';

export function Diamond(props: { open?: boolean }) {
  return <span class="diamond" classList={{ open: props.open ?? false }} aria-hidden="true" />;
}
