/** What the person has to know before anything else: the phone cannot store, a new version waits, https is missing. */

import { Match, Switch } from 'solid-js';
import { Notice } from '../../parts/notice.tsx';
import { useApp } from '../shell/app-context.ts';
import { StorageNotice } from '../shell/storage-notice.tsx';
import { countLines } from '../shell/words.ts';

export function HomeNotice() {
  const { state, actions, update } = useApp();
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
