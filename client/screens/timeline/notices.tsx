/** At most one strip: the worst thing the person has to know now. */

import { Match, Switch } from 'solid-js';
import { toClockOrDay } from '../../../shared/domain/time-words.ts';
import { Notice } from '../../parts/notice.tsx';
import { useIncident } from '../incident/incident-context.ts';
import { useApp } from '../shell/app-context.ts';
import { useSheets } from '../shell/sheets.ts';
import { StorageNotice } from '../shell/storage-notice.tsx';
import { countLines } from '../shell/words.ts';

export function Notices() {
  const { state, update, clock } = useApp();
  const { view, zone } = useIncident();
  const offline = () => {
    const connection = view.connection();
    return connection.type === 'offline' && connection;
  };
  const ended = () => {
    const connection = view.connection();
    return connection.type === 'ended' && connection;
  };
  const readOnly = () => {
    const connection = view.connection();
    return connection.type === 'online' && connection.isReadOnly === true;
  };
  const isSignedOut = () => state.standing?.door === 'signedOut';
  const waiting = () => view.waitingCount();
  const sheets = useSheets();

  return (
    <Switch>
      <Match when={view.trouble()}>
        {(trouble) => <StorageNotice trouble={trouble()} onKeepCopy={() => sheets.open('copy')} />}
      </Match>
      <Match when={ended()}>
        {(end) => (
          <Notice
            icon="offline"
            title={isSignedOut() ? 'You are signed out' : 'Not connected'}
            text={
              isSignedOut()
                ? 'What you write stays on this phone, and goes when you are in again.'
                : end().sentence
            }
            action={{ word: 'Keep a copy', act: () => sheets.open('copy') }}
            another={
              isSignedOut() ? { word: 'Sign in', act: () => sheets.open('signIn') } : undefined
            }
          />
        )}
      </Match>
      <Match when={offline()}>
        {(state) => (
          <Notice
            icon="offline"
            title={`Offline since ${toClockOrDay(state().since, zone(), clock.now())}`}
            text={
              waiting() === 0
                ? 'Keep logging. Lines are safe on this phone and send themselves.'
                : `Keep logging. ${countLines(waiting())} ${waiting() === 1 ? 'is' : 'are'} safe on this phone and ${waiting() === 1 ? 'sends itself' : 'send themselves'}.`
            }
          />
        )}
      </Match>
      <Match when={readOnly()}>
        <Notice
          icon="observation"
          title="You may read this log"
          text={
            waiting() === 0
              ? 'To write in it, ask an owner.'
              : `To write in it, ask an owner. ${countLines(waiting())} of yours stay on this phone until then.`
          }
          another={
            waiting() === 0 ? undefined : { word: 'Keep a copy', act: () => sheets.open('copy') }
          }
        />
      </Match>
      <Match when={view.damage().messages > 0}>
        <Notice
          icon="broken"
          title="Something unreadable came from the server"
          text="Nothing of it was taken in; your log is as it was. It is being asked for again."
        />
      </Match>
      <Match when={view.damage().rows > 0}>
        <Notice
          icon="broken"
          title="A stored piece could not be read"
          text="It is kept aside on this phone. The server is asked for what is missing; lines that build on it appear when it comes."
        />
      </Match>
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
