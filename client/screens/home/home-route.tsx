/** The home screen on a phone; on a wide screen the list is always there, and this is the empty place beside it. */

import { Show } from 'solid-js';
import { createMediaQuery } from '../../state/media-query.ts';
import { Home } from './home.tsx';

export function HomeRoute() {
  const isWide = createMediaQuery('(min-width: 1000px)');
  return (
    <Show when={isWide()} fallback={<Home />}>
      <div class="screen empty">
        <b>Choose an incident</b>
        <p>Or declare one. Its log opens here.</p>
      </div>
    </Show>
  );
}
