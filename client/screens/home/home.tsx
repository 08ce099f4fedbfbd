/** The incidents: what burns now, what was lately, and the one button that matters. */

import { createMemo, For, Show } from 'solid-js';
import { Avatar } from '../../parts/avatar.tsx';
import { Brand } from '../../parts/brand.tsx';
import { Icon } from '../../parts/icon.tsx';
import { useApp } from '../shell/app-context.ts';
import { DeclareSheet } from '../shell/lazy-sheets.ts';
import { useSheets } from '../shell/sheets.ts';
import { ToastStrip } from '../shell/toast-strip.tsx';
import { HomeNotice } from './home-notice.tsx';
import { IncidentCard } from './incident-card.tsx';
import { RecentRow } from './recent-row.tsx';
import { SyncMark } from './sync-mark.tsx';
import './home.css';

export function Home() {
  const app = useApp();
  const sheets = useSheets();
  /** Whoever may only read, or was let into one incident, would write what never leaves the phone. */
  const mayDeclare = () => {
    const role = app.state.standing?.account?.role;
    return role !== 'viewer' && role !== 'guest';
  };
  const rows = createMemo(() =>
    (app.state.homeRows ?? []).toSorted((a, b) => b.summary.declaredAt - a.summary.declaredAt),
  );
  const active = createMemo(() => rows().filter(({ summary }) => summary.status !== 'resolved'));
  const recent = createMemo(() => rows().filter(({ summary }) => summary.status === 'resolved'));

  return (
    <div class="screen home">
      <header class="home-head">
        <h1>
          <Brand />
        </h1>
        <SyncMark />
        <button
          type="button"
          class="icon-button"
          aria-label="You and settings"
          onClick={() => sheets.open('you')}
        >
          <Avatar name={app.state.identity.name} />
        </button>
      </header>
      <HomeNotice />
      <div class="scroll home-scroll">
        <Show when={app.state.homeRows !== null}>
          <section aria-labelledby="active">
            <h2 class="home-heading" id="active">
              Active now
            </h2>
            <Show
              when={active().length > 0}
              fallback={
                <div class="empty">
                  <b>Nothing is on fire</b>
                  <p>
                    {recent().length > 0
                      ? 'Recent incidents are below.'
                      : 'When it is, declare it here.'}
                  </p>
                </div>
              }
            >
              <ul class="home-cards">
                <For each={active()}>
                  {(row, index) => (
                    <li>
                      <IncidentCard row={row} isFirst={index() === 0} />
                    </li>
                  )}
                </For>
              </ul>
            </Show>
          </section>
          <Show when={app.state.standing?.door === 'trying'}>
            <p class="note home-trying">
              Trying Logline on this machine: nobody owns it yet. To let others in, open the claim
              link in the server’s log.
            </p>
          </Show>
          <Show when={recent().length > 0}>
            <section aria-labelledby="recent">
              <h2 class="home-heading" id="recent">
                Recent
              </h2>
              <ul>
                <For each={recent()}>
                  {(row) => (
                    <li class="recent-item">
                      <RecentRow row={row} />
                    </li>
                  )}
                </For>
              </ul>
            </section>
          </Show>
        </Show>
      </div>
      <ToastStrip />
      <Show when={mayDeclare()}>
        <div class="home-dock">
          <button type="button" class="button big go" onClick={() => sheets.open('declare')}>
            <Icon name="declare" size={24} />
            Declare incident
          </button>
        </div>
      </Show>
      <Show when={sheets.sheet() === 'declare'}>
        <DeclareSheet onClose={sheets.close} />
      </Show>
    </div>
  );
}
