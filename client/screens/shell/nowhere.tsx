/** An address that leads nowhere. */

import { A } from '@solidjs/router';

export function Nowhere() {
  return (
    <div class="screen empty">
      <b>There is nothing at this address</b>
      <A class="button" href="/">
        All incidents
      </A>
    </div>
  );
}
