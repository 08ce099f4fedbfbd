/** The diamond of a status. */

import type { Status } from '../../../shared/domain/status.ts';
import { Diamond } from '../../parts/diamond.tsx';

export function StatusMark(props: { status: Status }) {
  return <Diamond open={props.status === 'investigating' || props.status === 'identified'} />;
}
