/** What the person has to know before anything else: the phone cannot store, or a new version waits. */

import { Match, Switch } from 'solid-js';
import { Notice } from '../../parts/notice.tsx';
import { useApp } from '../shell/app-context.ts';
import { StorageNotice } from '../shell/storage-notice.tsx';

export function HomeNotice() {
  const { state, update } = useApp();
  return (
    <Switch>
      <Match when={state.trouble}>{(trouble) => <StorageNotice trouble={trouble()} />}</Match>
      <Match when={state.update === 'waiting'}>
        <Notice
          icon="update"
          title="A new version is ready"
          text="It takes a second. Everything half-written stays."
          action={{ word: 'Update', act: () => update.apply() }}
        />
      </Match>
    </Switch>
  );
}
