/** What is missing, where it is missing, and the tap that mends it. */

import type { Gap, Mend } from '../../../shared/postmortem/gaps.ts';
import { Icon, type IconName } from '../../parts/icon.tsx';
import { useDraft } from './draft-context.ts';

const WAYS: Readonly<Record<Mend['type'], { readonly verb: string; readonly icon: IconName }>> = {
  addLine: { verb: 'Log it', icon: 'add' },
  editLine: { verb: 'Open the line', icon: 'observation' },
  nameOwner: { verb: 'Say who led', icon: 'invite' },
};

export function GapLine(props: {
  gap: Gap;
  /** It stands below what it is about. */
  isShort?: boolean;
}) {
  const { mend } = useDraft();
  const way = () => WAYS[props.gap.mend.type];
  return (
    <button type="button" class="gap-line" data-gap={props.gap.id} onClick={() => mend(props.gap)}>
      <Icon name={way().icon} size={16} />
      <span class="grow">
        <bdi>{props.isShort ? capitalize(props.gap.name) : props.gap.words}</bdi>
      </span>
      <b>{way().verb}</b>
    </button>
  );
}

function capitalize(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
