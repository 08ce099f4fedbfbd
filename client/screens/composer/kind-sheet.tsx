/** Every kind a person can choose, with what it asks. */

import { type AnyKind, KIND_WORDS, KINDS, type Kind } from '../../../shared/domain/kind.ts';
import { ChoiceList } from '../../parts/choice-list.tsx';
import { KindIcon } from '../../parts/kind-icon.tsx';
import { Sheet } from '../../parts/sheet.tsx';

const CHOOSABLE: readonly Kind[] = KINDS.filter((kind) => kind !== 'system');

export function KindSheet(props: {
  kind: AnyKind;
  onChoose: (kind: Kind) => void;
  onClose: () => void;
}) {
  return (
    <Sheet label="Kind of line" onClose={props.onClose}>
      <ChoiceList
        options={CHOOSABLE}
        chosen={props.kind === 'unknown' ? null : props.kind}
        mark={(kind) => <KindIcon kind={kind} size={20} />}
        word={(kind) => KIND_WORDS[kind].word}
        meaning={(kind) => KIND_WORDS[kind].prompt}
        onChoose={props.onChoose}
      />
    </Sheet>
  );
}
