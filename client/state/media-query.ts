/** Whether a media query holds, as a signal. */

import { type Accessor, createSignal, onCleanup } from 'solid-js';

export function createMediaQuery(query: string): Accessor<boolean> {
  const list = window.matchMedia(query);
  const [matches, setMatches] = createSignal(list.matches);
  const onChange = (): void => {
    setMatches(list.matches);
  };
  list.addEventListener('change', onChange);
  onCleanup(() => list.removeEventListener('change', onChange));
  return matches;
}
