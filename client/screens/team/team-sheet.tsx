/** For owners: who is here and what they may do, and who was invited and has not come yet. */

import { createMemo, createResource, createSignal, For, onCleanup, Show } from 'solid-js';
import { HOUR } from '../../../shared/domain/time.ts';
import { toAgo, toClockOrDay } from '../../../shared/domain/time-words.ts';
import type { Answer, Invited, Known, OpenInvitation, Team } from '../../actions/account.ts';
import { Avatar } from '../../parts/avatar.tsx';
import { Choice } from '../../parts/choice.tsx';
import { Icon } from '../../parts/icon.tsx';
import { QrCode } from '../../parts/qr-code.tsx';
import { Sheet } from '../../parts/sheet.tsx';
import { useApp } from '../shell/app-context.ts';
import { copyText } from '../shell/send-out.ts';
import '../people/people.css';
import './team.css';

const ROLES = [
  { value: 'owner', word: 'Owner' },
  { value: 'responder', word: 'Responder' },
  { value: 'viewer', word: 'Viewer' },
] as const;
type Role = (typeof ROLES)[number]['value'];

/** Somebody comes in while the code is being read aloud. */
const LOOK_EVERY_MILLIS = 5_000;
const NOBODY: Team = { people: [], invitations: [] };

export function TeamSheet(props: { onClose: () => void }) {
  const { state, actions, clock } = useApp();
  const { team } = actions.account;
  const [found, { refetch }] = createResource(() => team.team());
  const [problem, setProblem] = createSignal('');
  const [opened, setOpened] = createSignal<string | null>(null);
  const [role, setRole] = createSignal<Role>('responder');
  const [invited, setInvited] = createSignal<Invited | null>(null);
  /** The same answer leaves the rows, and the focus in them, where they are. */
  const everybody = createMemo(
    (before: Team): Team => {
      const answer = found();
      return answer?.ok ? answer.value : before;
    },
    NOBODY,
    { equals: (before, after) => JSON.stringify(before) === JSON.stringify(after) },
  );
  const [madeFor, setMadeFor] = createSignal('');
  const trouble = () => {
    const answer = found();
    return problem() || (answer && !answer.ok ? answer.sentence : '');
  };

  /** What is shown is for what is chosen. */
  function choose(wanted: Role): void {
    setRole(wanted);
    setInvited(null);
  }

  const looking = setInterval(() => void refetch(), LOOK_EVERY_MILLIS);
  onCleanup(() => clearInterval(looking));

  async function act(doing: Promise<Answer<unknown>>): Promise<void> {
    const answer = await doing;
    setProblem(answer.ok ? '' : answer.sentence);
    await refetch();
  }

  async function invite(): Promise<void> {
    const answer = await actions.account.invite({ for: 'workspace', role: role() });
    if (answer.ok) setInvited(answer.value);
    setMadeFor(`For one ${role()}, once.`);
    setProblem(answer.ok ? '' : answer.sentence);
    await refetch();
  }

  /** For somebody who lost every device, or was let back in. */
  async function letSignIn(account: string): Promise<void> {
    const answer = await actions.account.invite({ for: 'account', account });
    if (answer.ok) setInvited(answer.value);
    setMadeFor('Signs in the one you chose, once, within ten minutes.');
    setProblem(answer.ok ? 'Show them the code above: it signs them in, once.' : answer.sentence);
  }

  async function copy(secret: string): Promise<void> {
    const how = await copyText(`${location.origin}/join#${secret}`);
    setProblem(how === 'done' ? 'Link copied.' : 'This browser does not let the app copy.');
  }

  return (
    <Sheet label="People" onClose={props.onClose}>
      <div class="group team-invite">
        <p class="label">Invite somebody</p>
        <Choice label="As what" options={ROLES} value={role()} onChoose={choose} />
        <Show when={invited()}>
          {(made) => (
            <>
              <div class="qr-panel">
                <QrCode
                  text={`${location.origin}/join#${made().secret}`}
                  label="The invitation, as a code to scan"
                />
              </div>
              <p class="invite-code">{made().code}</p>
              <p class="note invite-note">
                {madeFor()} The code works for a quarter of an hour, the link until{' '}
                {toClockOrDay(made().expiresAt, state.viewerZone, clock.now())}.
              </p>
              <button type="button" class="button" onClick={() => void copy(made().secret)}>
                <Icon name="copy" />
                Copy link
              </button>
            </>
          )}
        </Show>
        <button type="button" class="button go" onClick={() => void invite()}>
          <Icon name="invite" />
          {invited() ? 'Another invitation' : 'Make an invitation'}
        </button>
      </div>
      <p class="note" role="status">
        {trouble()}
      </p>
      <h3 class="label team-heading">Everybody</h3>
      <ul class="people">
        <For each={everybody().people}>
          {(one) => (
            <li class="team-row">
              <button
                type="button"
                class="team-person"
                aria-expanded={opened() === one.id}
                onClick={() => setOpened(opened() === one.id ? null : one.id)}
              >
                <Avatar name={one.name} away={one.isSuspended} />
                <bdi class="grow ellipsis">{one.isMe ? 'You' : one.name}</bdi>
                <span class="note">{seenOf(one, clock.now())}</span>
                <span class="chip">{one.isSuspended ? 'Suspended' : toWord(one)}</span>
              </button>
              <Show when={opened() === one.id}>
                <Show when={one.role !== 'guest'}>
                  <Choice
                    label={`What ${one.name} may do`}
                    options={ROLES}
                    value={one.role === 'guest' ? 'viewer' : one.role}
                    onChoose={(next) => void act(team.changePerson(one.id, { role: next }))}
                  />
                </Show>
                <button
                  type="button"
                  class="button"
                  onClick={() =>
                    void act(team.changePerson(one.id, { isSuspended: !one.isSuspended }))
                  }
                >
                  {one.isSuspended ? 'Let back in' : 'Suspend: signed out everywhere, at once'}
                </button>
                <Show when={!one.isSuspended && !one.isMe && one.role !== 'guest'}>
                  <button type="button" class="button" onClick={() => void letSignIn(one.id)}>
                    New sign-in code
                  </button>
                </Show>
              </Show>
            </li>
          )}
        </For>
      </ul>
      <Show when={everybody().invitations.length > 0}>
        <h3 class="label team-heading">Open invitations</h3>
        <ul class="people">
          <For each={everybody().invitations}>
            {(one) => (
              <li>
                <span class="grow">
                  {toWhat(one)}, by <bdi>{one.by || 'somebody'}</bdi>
                </span>
                <span class="note">
                  until {toClockOrDay(one.expiresAt, state.viewerZone, clock.now())}
                </span>
                <button
                  type="button"
                  class="button small"
                  onClick={() => {
                    if (invited()?.id === one.id) setInvited(null);
                    void act(team.revokeInvitation(one.id));
                  }}
                >
                  Take back
                </button>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </Sheet>
  );
}

function toWord({ role }: Pick<Known, 'role'>): string {
  return ROLES.find(({ value }) => value === role)?.word ?? 'Guest';
}

function toWhat({ role, isDevice }: OpenInvitation): string {
  if (isDevice) return 'Another device';
  return role === 'guest' ? 'Guests of an incident' : toWord({ role });
}

function seenOf({ seenAt, isMe }: Known, now: number): string {
  if (isMe) return '';
  if (seenAt === null) return 'signed out';
  // It is written down once an hour.
  return now - seenAt < HOUR ? 'lately' : toAgo(seenAt, now);
}
