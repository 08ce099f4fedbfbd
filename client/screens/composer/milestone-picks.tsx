/** The milestones as buttons: no typing, one more tap. The likeliest come first; the rest is behind the dots. */

import { createSignal, For, Show } from 'solid-js';
import {
  MILESTONE_WORDS,
  type Milestone,
  suggestMilestones,
} from '../../../shared/domain/milestone.ts';
import { Icon } from '../../parts/icon.tsx';
import { useIncident } from '../incident/incident-context.ts';
import { MilestoneSheet } from '../shell/lazy-sheets.ts';

const SHOWN = 3;

export function MilestonePicks(props: {
  /** Comes first, where somebody asked for it. */
  wanted: Milestone | null;
  note: string;
  onPick: (milestone: Milestone) => void;
}) {
  const { view } = useIncident();
  const [isMoreOpen, setIsMoreOpen] = createSignal(false);
  const suggested = (): readonly Milestone[] => {
    const usual = suggestMilestones(view.state().reached);
    return props.wanted === null
      ? usual
      : [props.wanted, ...usual.filter((one) => one !== props.wanted)];
  };
  return (
    <div class="picks">
      <For each={suggested().slice(0, SHOWN)}>
        {(milestone) => (
          <button type="button" class="button" onClick={() => props.onPick(milestone)}>
            {MILESTONE_WORDS[milestone]}
          </button>
        )}
      </For>
      <button
        type="button"
        class="icon-button"
        aria-label="More milestones"
        onClick={() => setIsMoreOpen(true)}
      >
        <Icon name="more" size={24} />
      </button>
      <Show when={props.note}>
        <p class="note ellipsis picks-note" dir="auto">
          With: {props.note}
        </p>
      </Show>
      <Show when={isMoreOpen()}>
        <MilestoneSheet
          current={null}
          onChoose={(milestone) => {
            setIsMoreOpen(false);
            props.onPick(milestone);
          }}
          onClose={() => setIsMoreOpen(false)}
        />
      </Show>
    </div>
  );
}
