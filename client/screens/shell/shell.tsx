/** The frame around every screen: on a phone one screen at a time, on a wide one the list beside the incident. */

import { type RouteSectionProps, useLocation, useMatch } from '@solidjs/router';
import { createEffect, on, Show } from 'solid-js';
import { createMediaQuery } from '../../state/media-query.ts';
import { Home } from '../home/home.tsx';
import { Welcome } from '../welcome/welcome.tsx';
import { useApp } from './app-context.ts';
import { SignInSheet, TeamSheet, YouSheet } from './lazy-sheets.ts';
import { useSheets } from './sheets.ts';
import './shell.css';

export function Shell(props: RouteSectionProps) {
  const app = useApp();
  const isWide = createMediaQuery('(min-width: 1000px)');
  const sheets = useSheets();
  const location = useLocation();
  /** The draft has the log beside it; the list would be one column too many. */
  const isDraft = useMatch(() => '/i/:id/postmortem');
  /** The ways in ask for the name themselves, and stand alone. */
  const isJoining = useMatch(() => '/join');
  const isClaiming = useMatch(() => '/claim');
  const isDoor = () => isJoining() !== undefined || isClaiming() !== undefined;
  const hasList = () => isWide() && !isDraft() && !isDoor();
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
    <>
      <Show when={app.state.identity.name !== '' || isDoor()} fallback={<Welcome />}>
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
        <Show when={sheets.sheet() === 'team'}>
          <TeamSheet onClose={sheets.close} />
        </Show>
      </Show>
      <Show when={sheets.sheet() === 'signIn'}>
        <SignInSheet onClose={sheets.close} />
      </Show>
    </>
  );
}
