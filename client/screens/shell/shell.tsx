/** The frame around every screen: on a phone one screen at a time, on a wide one the list beside the incident. */

import { type RouteSectionProps, useLocation, useMatch } from '@solidjs/router';
import { createEffect, on, Show } from 'solid-js';
import { createMediaQuery } from '../../state/media-query.ts';
import { Home } from '../home/home.tsx';
import { Welcome } from '../welcome/welcome.tsx';
import { useApp } from './app-context.ts';
import { YouSheet } from './lazy-sheets.ts';
import { useSheets } from './sheets.ts';
import './shell.css';

export function Shell(props: RouteSectionProps) {
  const app = useApp();
  const isWide = createMediaQuery('(min-width: 1000px)');
  const sheets = useSheets();
  const location = useLocation();
  /** The draft has the log beside it; the list would be one column too many. */
  const isDraft = useMatch(() => '/i/:id/postmortem');
  const hasList = () => isWide() && !isDraft();
  let main: HTMLElement | undefined;

  createEffect(() => {
    const { theme } = app.state.preferences;
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
  });

  /** Another screen: the focus of the one before is gone, and where it is now is read out. */
  createEffect(
    on(
      () => [location.pathname, app.state.identity.name !== ''],
      () => main?.focus({ preventScroll: true }),
      { defer: true },
    ),
  );

  return (
    <Show when={app.state.identity.name !== ''} fallback={<Welcome />}>
      <div class="shell" classList={{ wide: hasList() }}>
        <Show when={hasList()}>
          <aside class="shell-list">
            <Home />
          </aside>
        </Show>
        <main
          ref={(element) => {
            main = element;
          }}
          class="shell-main"
          tabindex="-1"
        >
          {props.children}
        </main>
      </div>
      <Show when={sheets.sheet() === 'you'}>
        <YouSheet onClose={sheets.close} />
      </Show>
    </Show>
  );
}
