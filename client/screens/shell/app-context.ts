/** What every screen gets: state to read, actions to ask for, the time. */

import { createContext, useContext } from 'solid-js';
import type { Actions } from '../../actions/actions.ts';
import type { AppUpdate } from '../../actions/app-update.ts';
import type { AppState } from '../../state/app-state.ts';
import type { Clock } from '../../state/clock.ts';
import type { ToastList } from './toast-list.ts';

export type App = {
  readonly state: AppState;
  readonly actions: Actions;
  readonly clock: Clock;
  readonly toasts: ToastList;
  readonly update: AppUpdate;
};

const AppContext = createContext<App>();

export const AppProvider = AppContext.Provider;

/** @throws Error outside the app, which is a mistake of ours */
export function useApp(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error('No app around this screen');
  return app;
}
