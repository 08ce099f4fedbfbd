/** How bad, four ways at once: bars, number, lightness, hue. */

import { For } from 'solid-js';
import { SEVERITIES, SEVERITY_WORDS, type Severity } from '../../shared/domain/severity.ts';
import './severity-badge.css';

export function SeverityBadge(props: { severity: Severity; small?: boolean }) {
  return (
    <span
      class="severity"
      classList={{ small: props.small ?? false }}
      data-severity={props.severity}
    >
      <span class="severity-bars" aria-hidden="true">
        <For each={SEVERITIES}>{(bar) => <i classList={{ off: bar > 5 - props.severity }} />}</For>
      </span>
      {SEVERITY_WORDS[props.severity].word}
    </span>
  );
}
