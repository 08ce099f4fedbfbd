/** What the person has to know before anything else: the phone cannot store, a new version waits, https is missing. */

import { Match, Switch } from 'solid-js';
import { Notice } from '../../parts/notice.tsx';
import { useApp } from '../shell/app-context.ts';
import { useSheets } from '../shell/sheets.ts';
import { StorageNotice } from '../shell/storage-notice.tsx';
import { countLines } from '../shell/words.ts';

export function HomeNotice() {
  const { state, actions, update } = useApp();
  const sheets = useSheets();
  return (
    <Switch>
      <Match when={state.trouble}>{(trouble) => <StorageNotice trouble={trouble()} />}</Match>
      <Match when={state.lost}>
        {(lost) => (
          <Notice
            isLoud
            icon="warning"
            title="The browser cleared this phone’s storage"
            text={
              lost().lines === 0
                ? 'Everything you wrote was on the server, and comes back as you open it. Install the app, so that the browser keeps its storage.'
                : `${countLines(lost().lines)} had not reached the server and may be gone. Everything else comes back as you open it. Install the app, so that the browser keeps its storage.`
            }
            action={{ word: 'Understood', act: actions.forgetLoss }}
          />
        )}
      </Match>
      <Match when={state.update === 'waiting'}>
        <Notice
          icon="update"
          title="A new version is ready"
          text="It takes a second. Everything half-written stays."
          action={{ word: 'Update', act: () => update.apply() }}
        />
      </Match>
      <Match when={state.standing?.door === 'signedOut'}>
        <Notice
          icon="offline"
          title="You are signed out"
          text="What you write stays on this phone, and goes when you are in again."
          action={{ word: 'Sign in', act: () => sheets.open('signIn') }}
        />
      </Match>
      <Match when={state.standing?.door === 'unclaimed'}>
        <Notice
          icon="offline"
          title="Nobody owns this Logline yet"
          text="The server’s log has a link to claim it. What you write stays on this phone until then."
        />
      </Match>
      <Match when={!window.isSecureContext}>
        <Notice
          icon="offline"
          title="No https at this address"
          text="Everything works while the server is in reach, but the app cannot be installed or opened without it. The README shows the ways to https."
        />
      </Match>
    </Switch>
  );
}
