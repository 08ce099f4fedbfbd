/** A log without a line: the incident is somewhere, but not on this phone; or it is nowhere. */

import { A } from '@solidjs/router';
import { Show } from 'solid-js';
import { useIncident } from '../incident/incident-context.ts';

export function NothingYet() {
  const { view } = useIncident();
  return (
    <div class="empty log-empty">
      <Show
        when={view.connection().type === 'online'}
        fallback={
          <>
            <b>Not on this phone yet</b>
            <p>
              This incident is fetched as soon as the server is in reach. What you log now is kept
              and added to it.
            </p>
          </>
        }
      >
        <b>No incident is at this address</b>
        <p>
          Check the link for a wrong letter. If it was declared on a phone without signal, it
          appears here as soon as that phone is back.
        </p>
        <A class="button" href="/">
          All incidents
        </A>
      </Show>
    </div>
  );
}
