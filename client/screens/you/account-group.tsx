/** Who this browser is to the server: signed in as whom, on which devices, and the ways in and out. */

import { createResource, createSignal, For, Match, Show, Switch } from 'solid-js';
import { toAgo } from '../../../shared/domain/time-words.ts';
import type { Invited, Standing } from '../../actions/account.ts';
import { QrCode } from '../../parts/qr-code.tsx';
import { useApp } from '../shell/app-context.ts';
import { useSheets } from '../shell/sheets.ts';
import { countLines } from '../shell/words.ts';
import '../people/people.css';
import './account.css';

const ROLES = { owner: 'Owner', responder: 'Responder', viewer: 'Viewer', guest: 'Guest' };

export function AccountGroup() {
  const { state } = useApp();
  const sheets = useSheets();
  const me = () => state.standing?.account ?? null;

  return (
    <div class="group">
      <p class="label">Account</p>
      <Switch fallback={<p class="note">The server has not been asked yet.</p>}>
        <Match when={me()}>{(account) => <SignedIn account={account()} />}</Match>
        <Match when={state.standing?.door === 'trying'}>
          <p class="note">
            You are trying Logline: nobody owns it yet, and whoever sits at this machine may do
            everything. To let others in, open the claim link that stands in the server’s log.
          </p>
        </Match>
        <Match when={state.standing?.door === 'unclaimed'}>
          <p class="note">
            Nobody owns this Logline yet. Open the claim link that stands in the server’s log.{' '}
            {state.standing?.problem}
          </p>
        </Match>
        <Match when={state.standing?.door === 'signedOut'}>
          <p class="note">
            You are signed out. What you write stays on this phone and goes when you are in again.
          </p>
          <button type="button" class="button go" onClick={() => sheets.open('signIn')}>
            Sign in
          </button>
        </Match>
      </Switch>
    </div>
  );
}

function SignedIn(props: { account: NonNullable<Standing['account']> }) {
  const { state, actions, clock } = useApp();
  const sheets = useSheets();
  const [problem, setProblem] = createSignal('');
  const [isAsked, setIsAsked] = createSignal(false);
  const [added, setAdded] = createSignal<Invited | null>(null);
  const [devices, { refetch }] = createResource(() => actions.account.team.devices());
  const [passkeys, { refetch: readKeys }] = createResource(() => actions.account.team.passkeys());
  const waiting = () =>
    [...(state.waitingByIncident?.values() ?? [])].reduce((sum, lines) => sum + lines, 0);

  async function signOut(): Promise<void> {
    if (waiting() > 0 && !isAsked()) {
      setIsAsked(true);
      setProblem(
        `${countLines(waiting())} on this phone have not reached the server. They stay here, and go when you sign in again.`,
      );
      return;
    }
    const answer = await actions.account.signOut();
    if (answer.ok) location.replace('/');
    else {
      setIsAsked(false);
      setProblem(answer.sentence);
    }
  }

  async function addDevice(): Promise<void> {
    const answer = await actions.account.invite({ for: 'device' });
    if (answer.ok) setAdded(answer.value);
    else setProblem(answer.sentence);
  }

  async function addPasskey(): Promise<void> {
    const answer = await actions.account.team.addPasskey();
    setProblem(answer.ok ? 'The passkey is kept. It signs you in from now on.' : answer.sentence);
    await readKeys();
  }

  async function drop(id: string): Promise<void> {
    const answer = await actions.account.team.removePasskey(id);
    if (!answer.ok) setProblem(answer.sentence);
    await readKeys();
  }

  async function end(id: string): Promise<void> {
    const answer = await actions.account.team.endDevice(id);
    if (!answer.ok) setProblem(answer.sentence);
    await refetch();
  }

  const keys = () => {
    const answer = passkeys();
    return answer?.ok ? answer.value : [];
  };
  const list = () => {
    const answer = devices();
    return answer?.ok ? answer.value : [];
  };

  return (
    <>
      <p>
        Signed in as <bdi>{props.account.name}</bdi>, {ROLES[props.account.role]}
      </p>
      <ul class="people">
        <For each={list()}>
          {(device) => (
            <li>
              <span class="grow ellipsis">{device.label}</span>
              <Show when={!device.isThis} fallback={<span class="note">this one</span>}>
                <span class="note">{toAgo(device.seenAt, clock.now())}</span>
                <button type="button" class="button small" onClick={() => void end(device.id)}>
                  Sign out
                </button>
              </Show>
            </li>
          )}
        </For>
      </ul>
      <Show when={added()}>
        {(invited) => (
          <>
            <div class="qr-panel">
              <QrCode
                text={`${location.origin}/join#${invited().secret}`}
                label="A link that signs in another device of yours, as a code to scan"
              />
            </div>
            <p class="invite-code">{invited().code}</p>
            <p class="note invite-note">
              Scan it with your other device, or type the code there. It works once, for ten
              minutes.
            </p>
          </>
        )}
      </Show>
      <Show when={actions.account.hasPasskeys && props.account.role !== 'guest'}>
        <ul class="people">
          <For each={keys()}>
            {(key) => (
              <li>
                <span class="grow ellipsis">Passkey, {key.label}</span>
                <button type="button" class="button small" onClick={() => void drop(key.id)}>
                  Remove
                </button>
              </li>
            )}
          </For>
        </ul>
        <p class="note">
          {keys().length === 0
            ? 'With a passkey you sign in again by yourself, by finger, face or the phone’s code.'
            : ''}
        </p>
      </Show>
      <div class="account-ways">
        <Show when={actions.account.hasPasskeys && props.account.role !== 'guest'}>
          <button type="button" class="button go" onClick={() => void addPasskey()}>
            Add a passkey
          </button>
        </Show>
        <Show when={props.account.role === 'owner'}>
          <button type="button" class="button" onClick={() => sheets.open('team')}>
            People
          </button>
        </Show>
        <Show when={props.account.role !== 'guest'}>
          <button type="button" class="button" onClick={() => void addDevice()}>
            Add a device
          </button>
        </Show>
        <button type="button" class="button" onClick={() => void signOut()}>
          {isAsked() ? 'Sign out anyway' : 'Sign out'}
        </button>
      </div>
      <p class="note" role="status">
        {problem()}
      </p>
    </>
  );
}
