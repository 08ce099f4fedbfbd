/** The toasts on the screen. Each stays ten seconds, longer while somebody holds it. */

import { type Accessor, createSignal } from 'solid-js';
import type { Toast } from '../../parts/toasts.tsx';

export type ToastList = {
  readonly toasts: Accessor<readonly Toast[]>;
  show(text: string, action?: Toast['action']): void;
  hold(key: number, isHeld: boolean): void;
  remove(key: number): void;
};

const SHOWN_MILLIS = 10_000;
const MAX_SHOWN = 3;

export function createToastList(): ToastList {
  const [toasts, setToasts] = createSignal<readonly Toast[]>([]);
  const timers = new Map<number, ReturnType<typeof setTimeout>>();
  let made = 0;

  function remove(key: number): void {
    clearTimeout(timers.get(key));
    timers.delete(key);
    setToasts((shown) => shown.filter((toast) => toast.key !== key));
  }

  function startTimer(key: number): void {
    clearTimeout(timers.get(key));
    timers.set(
      key,
      setTimeout(() => remove(key), SHOWN_MILLIS),
    );
  }

  return {
    toasts,
    show(text, action = null) {
      for (const shown of toasts()) if (shown.text === text) remove(shown.key);
      made += 1;
      setToasts((shown) => [...shown.slice(1 - MAX_SHOWN), { key: made, text, action }]);
      startTimer(made);
    },
    hold(key, isHeld) {
      if (isHeld) clearTimeout(timers.get(key));
      else startTimer(key);
    },
    remove,
  };
}
