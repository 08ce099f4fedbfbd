/** Opened by an invitation: who asks one in, to what, and the tap that spends it. Looking spends nothing. */

import { createResource, Match, Show, Switch } from 'solid-js';
import { readSummary } from '../../../shared/domain/read-summary.ts';
import { STATUS_WORDS } from '../../../shared/domain/status.ts';
import { toClockOrDay, toElapsed } from '../../../shared/domain/time-words.ts';
import type { Preview } from '../../actions/account.ts';
import { Brand } from '../../parts/brand.tsx';
import { SeverityBadge } from '../../parts/severity-badge.tsx';
import { Strip } from '../home/strip.tsx';
import { useApp } from '../shell/app-context.ts';
import { StatusMark } from '../shell/status-mark.tsx';
import { countLines } from '../shell/words.ts';
import { NameForm } from './name-form.tsx';
import './door.css';

const WHAT = {
  owner: 'to own this Logline with them',
  responder: 'to respond with them',
  viewer: 'to read along',
  guest: 'to',
};

export function JoinScreen() {
  const { actions } = useApp();
  const secret = location.hash.slice(1);
  const [preview, { refetch }] = createResource(() => actions.account.look({ secret }));

  async function join(name: string) {
    const answer = await actions.account.join({ secret }, name);
    // Everything that was signed out starts anew.
    if (answer.ok) location.replace(answer.value === null ? '/' : `/i/${answer.value}`);
    return answer;
  }

  return (
    <div class="screen door">
      <div class="door-body">
        <Brand />
        <Switch fallback={<p class="note">Looking at the invitation…</p>}>
          <Match when={readOf(preview())}>
            {(found) => <Invitation preview={found()} join={join} />}
          </Match>
          <Match when={problemOf(preview())}>
            {(problem) => (
              <>
                <h1>This invitation does not open.</h1>
                <p role="alert">{problem()}</p>
                <button type="button" class="button big" onClick={() => void refetch()}>
                  Try again
                </button>
                <a class="button big" href="/">
                  All incidents
                </a>
              </>
            )}
          </Match>
        </Switch>
      </div>
    </div>
  );
}

type Looked = Awaited<ReturnType<ReturnType<typeof useApp>['actions']['account']['look']>>;

function readOf(answer: Looked | undefined): Preview | null {
  return answer?.ok ? answer.value : null;
}

function problemOf(answer: Looked | undefined): string | null {
  return answer && !answer.ok ? answer.sentence : null;
}

function Invitation(props: {
  preview: Preview;
  join: (name: string) => ReturnType<ReturnType<typeof useApp>['actions']['account']['join']>;
}) {
  const { state, clock } = useApp();
  const summary = () => readSummary(props.preview.incident?.summary);
  const isOwnDevice = () => props.preview.account !== null;
  const me = () => state.standing?.account ?? null;
  const until = () => toClockOrDay(props.preview.expiresAt, state.viewerZone, clock.now());

  return (
    <>
      <p class="door-by">
        <Show when={!isOwnDevice()} fallback="Another device of yours">
          <bdi>{props.preview.by || 'Somebody'}</bdi> invites you {WHAT[props.preview.role]}
        </Show>
      </p>
      <h1 dir="auto">
        {isOwnDevice()
          ? `Sign in as ${props.preview.account}`
          : (summary()?.title ?? (props.preview.incident ? 'An incident' : 'Logline'))}
      </h1>
      <Show when={summary()}>
        {(incident) => (
          <div class="door-facts" data-severity={incident().severity ?? 4}>
            <Show when={incident().severity}>
              {(severity) => <SeverityBadge severity={severity()} />}
            </Show>
            <StatusMark status={incident().status} />
            {STATUS_WORDS[incident().status].word}
            <span class="door-clock">
              <small>T+</small> {toElapsed(clock.trueNow() - incident().clockStart.at)}
            </span>
            <Strip summary={incident()} />
            <p class="note">
              {countLines(incident().entryCount)} so far. They stay on this phone, signal or not.
            </p>
          </div>
        )}
      </Show>
      <NameForm
        word={isOwnDevice() ? 'Sign in' : props.preview.incident ? 'Join the log' : 'Join'}
        isNamed={isOwnDevice() || me() !== null}
        enter={(name) => props.join(me()?.name ?? props.preview.account ?? name)}
      />
      <p class="note door-foot">
        <Show when={props.preview.role === 'guest'} fallback={`The invitation ends at ${until()}.`}>
          No account needed. You have access until {until()}.
        </Show>
      </p>
    </>
  );
}
