/** All milestones, in the order they usually happen. */

import { MILESTONE_WORDS, MILESTONES, type Milestone } from '../../../shared/domain/milestone.ts';
import { ChoiceList } from '../../parts/choice-list.tsx';
import { Diamond } from '../../parts/diamond.tsx';
import { Sheet } from '../../parts/sheet.tsx';

const MEANINGS: Readonly<Record<Milestone, string>> = {
  impactStarted: 'Customers began to be hurt',
  detected: 'Somebody or something noticed',
  alerted: 'The right people were told',
  acknowledged: 'Somebody said: I have it',
  declared: 'It became an incident',
  responseStarted: 'Work on it began',
  identified: 'We knew what to change',
  mitigated: 'What we did stopped the hurt',
  impactEnded: 'Nobody is hurt any more',
  resolved: 'Normal operation again',
};

export function MilestoneSheet(props: {
  current: Milestone | null;
  onChoose: (milestone: Milestone) => void;
  onClose: () => void;
}) {
  return (
    <Sheet label="Milestone" onClose={props.onClose}>
      <ChoiceList
        options={MILESTONES}
        chosen={props.current}
        mark={() => <Diamond />}
        word={(milestone) => MILESTONE_WORDS[milestone]}
        meaning={(milestone) => MEANINGS[milestone]}
        onChoose={props.onChoose}
      />
    </Sheet>
  );
}
