/** Who is here, and how somebody else gets here: a code to scan, a link to send. */

import { createSignal, For, Show } from 'solid-js';
import { KIND_WORDS } from '../../../shared/domain/kind.ts';
import type { Presence } from '../../../shared/domain/presence.ts';
import { ROLE_WORDS } from '../../../shared/domain/role.ts';
import { toClock } from '../../../shared/domain/time-words.ts';
import { Avatar } from '../../parts/avatar.tsx';
import { Choice } from '../../parts/choice.tsx';
import { Icon } from '../../parts/icon.tsx';
import { QrCode } from '../../parts/qr-code.tsx';
import { Sheet } from '../../parts/sheet.tsx';
import { useIncident } from '../incident/incident-context.ts';
import { useApp } from '../shell/app-context.ts';
import { canShare, copyText, shareOut } from '../shell/send-out.ts';
import { createInvitation } from './invitation.ts';
import './people.css';

const RIGHTS = [
  { value: 'log', word: 'May log' },
  { value: 'view', word: 'May read' },
] as const;

const LOCAL_NAMES = ['localhost', '127.0.0.1', '[::1]'];

export function PeopleSheet(props: { onClose: () => void }) {
  const { state } = useApp();
  const { id, view } = useIncident();
  const [problem, setProblem] = createSignal<string | null>(null);
  const invitation = createInvitation(id);
  const isLocal = LOCAL_NAMES.includes(location.hostname);
  const me = (): Presence => ({
    person: state.identity.person,
    name: state.identity.name,
    isAway: false,
    writing: null,
    line: null,
  });
  const everybody = () => [me(), ...view.others()];
  const roleOf = (person: string): string | null => {
    const held = [...view.state().holders].find(([, holder]) => holder === person);
    return held ? ROLE_WORDS[held[0]].word : null;
  };
  const doingOf = ({ writing, isAway, line }: Presence): string | null => {
    if (isAway) return 'away';
    if (writing) return `writing ${KIND_WORDS[writing].some}`;
    return line ? 'has a line open' : null;
  };

  async function copy(): Promise<void> {
    const how = await copyText(invitation.link());
    setProblem(
      how === 'done'
        ? 'Link copied.'
        : 'This browser does not let the app copy. The link is in its address bar.',
    );
  }

  async function share(): Promise<void> {
    const how = await shareOut({ title: view.title(), url: invitation.link() });
    if (how === 'failed') setProblem('Sharing did not work. Copy the link instead.');
  }

  return (
    <Sheet label="Invite to this log" onClose={props.onClose}>
      <div class="qr-panel">
        <QrCode text={invitation.link()} label="The link to this log, as a code to scan" />
      </div>
      <Show when={invitation.invited()}>
        {(invited) => <p class="invite-code">{invited().code}</p>}
      </Show>
      <p class="note invite-note">
        {isLocal
          ? 'This address opens on this machine only. Give Logline a name other phones can reach; the README shows how.'
          : 'Scan it with the camera of the other phone, or send the link.'}
        <Show when={invitation.invited()}>
          {(invited) =>
            ` The code works until ${toClock(invited().codeExpiresAt, state.viewerZone)}, the link for a day.`
          }
        </Show>
      </p>
      <Show when={invitation.isOwned()}>
        <Choice
          label="What they may do"
          options={RIGHTS}
          value={invitation.right()}
          onChoose={invitation.setRight}
        />
      </Show>
      <Show when={invitation.problem()}>
        {(sentence) => <p class="note">{sentence()} The link leads here for those who are in.</p>}
      </Show>
      <div class="invite-ways">
        <button type="button" class="button" onClick={() => void copy()}>
          <Icon name="copy" />
          Copy link
        </button>
        <Show when={canShare}>
          <button type="button" class="button go" onClick={() => void share()}>
            <Icon name="share" />
            Share
          </button>
        </Show>
      </div>
      <p class="note" role="status">
        {problem()}
      </p>
      <h3 class="label">{everybody().length} here</h3>
      <ul class="people">
        <For each={everybody()}>
          {(one) => (
            <li>
              <Avatar
                name={one.name}
                away={one.isAway}
                lead={view.state().holders.get('incidentCommander') === one.person}
              />
              <bdi class="grow ellipsis">{state.isMe(one.person) ? 'You' : one.name}</bdi>
              <Show when={doingOf(one)}>{(doing) => <span class="note">{doing()}</span>}</Show>
              <Show when={roleOf(one.person)}>{(role) => <span class="chip">{role()}</span>}</Show>
            </li>
          )}
        </For>
      </ul>
    </Sheet>
  );
}
