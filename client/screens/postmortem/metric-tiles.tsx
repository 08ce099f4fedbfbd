/** The figures, each with its formula and the two lines it counts between. What is unknown says why. */

import { createMemo, For, Show } from 'solid-js';
import { toMinuteRange } from '../../../shared/export/words.ts';
import type { Length, Metric } from '../../../shared/postmortem/metrics.ts';
import { useDraft } from './draft-context.ts';
import { SourceChip } from './source-chip.tsx';

type Known = Metric & { readonly length: Length };

export function MetricTiles() {
  const { open } = useDraft();
  const metrics = () => open.draft().metrics;
  const known = createMemo(() =>
    metrics().filter((metric): metric is Known => metric.length !== null),
  );
  const unknown = createMemo(() => metrics().filter(({ length }) => length === null));
  return (
    <>
      <ul class="tiles">
        <For each={known()}>
          {(metric) => (
            <li>
              <p class="tile-value mono">{toMinuteRange(metric.length)}</p>
              <p class="tile-name">{metric.name}</p>
              <p class="note">
                {metric.formula}
                {metric.note === '' ? '' : ` (${metric.note})`}
              </p>
              <span class="cites">
                <For each={[metric.from, metric.to].filter((id) => id !== null)}>
                  {(id) => <SourceChip id={id} />}
                </For>
              </span>
            </li>
          )}
        </For>
      </ul>
      <Show when={unknown().length > 0}>
        <details class="unknown">
          <summary>{unknown().length} not known</summary>
          <ul>
            <For each={unknown()}>
              {({ name, note }) => (
                <li class="note">
                  {name}: {note}
                </li>
              )}
            </For>
          </ul>
        </details>
      </Show>
    </>
  );
}
