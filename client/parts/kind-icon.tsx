/** The icon of each kind, in the kind's colour. */

import type { AnyKind } from '../../shared/domain/kind.ts';
import { Icon, type IconName } from './icon.tsx';
import './kind-icon.css';

export function KindIcon(props: { kind: AnyKind; size?: 16 | 20 }) {
  return (
    <span class="kind-icon" data-kind={props.kind}>
      <Icon name={toIcon(props.kind)} size={props.size ?? 16} />
    </span>
  );
}

function toIcon(kind: AnyKind): IconName {
  return kind === 'system' || kind === 'unknown' ? 'line' : kind;
}
