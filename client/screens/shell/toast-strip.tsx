/** The toasts, above whatever is at the bottom of the screen: they push the content up and cover nothing. */

import { Toasts } from '../../parts/toasts.tsx';
import { useApp } from './app-context.ts';

export function ToastStrip() {
  const { toasts } = useApp();
  return <Toasts toasts={toasts.toasts()} onHold={toasts.hold} onDone={toasts.remove} />;
}
