/** Who took part, in the order they came. */

import { For } from 'solid-js';
import { ROLE_WORDS } from '../../../shared/domain/role.ts';
import { Avatar } from '../../parts/avatar.tsx';
import { countLines } from '../shell/words.ts';
import { useDraft } from './draft-context.ts';
import { SourceChip } from './source-chip.tsx';

export function Participants() {
  const { open } = useDraft();
  return (
    <ul class="participants">
      <For each={open.draft().participants}>
        {({ name, roles, lines, source }) => (
          <li>
            <Avatar name={name} lead={roles.includes('incidentCommander')} />
            <span class="grow">
              <bdi class="ellipsis">{name}</bdi>
              <span class="note">
                {[...roles.map((role) => ROLE_WORDS[role].word), countLines(lines)].join(' · ')}
              </span>
            </span>
            <SourceChip id={source} />
          </li>
        )}
      </For>
    </ul>
  );
}
