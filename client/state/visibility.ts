/** Whether somebody can see the page, as a signal. */

import { type Accessor, createSignal, onCleanup } from 'solid-js';

export function createVisibility(): Accessor<boolean> {
  const read = () => document.visibilityState === 'visible';
  const [isVisible, setIsVisible] = createSignal(read());
  const update = () => setIsVisible(read());
  document.addEventListener('visibilitychange', update);
  onCleanup(() => document.removeEventListener('visibilitychange', update));
  return isVisible;
}
