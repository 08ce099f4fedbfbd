/** Tells the others that this person is here, what they write and which line they have open. */

import { type Accessor, createEffect, on, onCleanup } from 'solid-js';
import type { EntryId } from '../../../shared/domain/id.ts';
import type { Kind } from '../../../shared/domain/kind.ts';
import type { Presence } from '../../../shared/domain/presence.ts';
import type { OpenIncident } from '../../actions/open-incident.ts';
import { createVisibility } from '../../state/visibility.ts';
import type { App } from '../shell/app-context.ts';

export function tellPresence(
  { state }: App,
  parts: {
    readonly incident: Accessor<OpenIncident | undefined>;
    readonly writing: Accessor<Kind | null>;
    readonly line: Accessor<EntryId | undefined>;
  },
): void {
  const isVisible = createVisibility();
  const presence = (): Presence => ({
    person: state.identity.person,
    name: state.identity.name,
    isAway: !isVisible(),
    writing: parts.writing(),
    line: parts.line() ?? null,
  });
  createEffect(
    on([parts.incident, presence], ([open, mine]) => {
      open?.presence.announce(mine);
    }),
  );
  createEffect(
    on(parts.incident, (open) => {
      onCleanup(() => open?.presence.announce(null));
    }),
  );
}
