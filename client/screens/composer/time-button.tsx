/** The composer's clock, in the log's time column. */

import { type Occurred, toColumnClock } from '../../../shared/domain/occurred.ts';
import { type Instant, MINUTE, type Zone } from '../../../shared/domain/time.ts';
import { Icon } from '../../parts/icon.tsx';

export function TimeButton(props: {
  occurred: Occurred;
  now: Instant;
  zone: Zone;
  isOpen: boolean;
  onToggle: () => void;
}) {
  const words = (): string => {
    const minutes = Math.round((props.now - props.occurred.at) / MINUTE);
    if (props.occurred.precision === 'day') return 'set';
    if (minutes === 0) return 'now';
    return Math.abs(minutes) < 60 ? `${minutes > 0 ? '−' : '+'}${Math.abs(minutes)} min` : 'set';
  };
  return (
    <button
      type="button"
      class="composer-time"
      aria-expanded={props.isOpen}
      aria-label={`Time of this line: ${toColumnClock(props.occurred, props.zone)}, ${words()}. Change`}
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => props.onToggle()}
    >
      <time>{toColumnClock(props.occurred, props.zone)}</time>
      <span>
        {words()}
        <Icon name="down" size={12} />
      </span>
    </button>
  );
}
