/** One button that leads from gap to gap, then to what is still unwritten, then out. */

import { createMemo, createSignal } from 'solid-js';
import { SECTION_TITLES, type SectionId } from '../../../shared/domain/section.ts';
import type { Gap } from '../../../shared/postmortem/gaps.ts';
import { Icon } from '../../parts/icon.tsx';
import { useSheets } from '../shell/sheets.ts';
import { useDraft } from './draft-context.ts';
import { SECTION_ORDER } from './lanes.ts';

type Next =
  | { readonly type: 'gap'; readonly gap: Gap }
  | { readonly type: 'section'; readonly section: SectionId }
  | { readonly type: 'export' };

export function NextGap(props: { class?: string; onGap: (gap: Gap) => void }) {
  const { open, goToSection } = useDraft();
  const sheets = useSheets();
  const [last, setLast] = createSignal<string | null>(null);
  const gaps = createMemo(() =>
    open
      .gaps()
      .toSorted((a, b) => SECTION_ORDER.indexOf(a.section) - SECTION_ORDER.indexOf(b.section)),
  );
  const next = createMemo((): Next => {
    const at = gaps().findIndex(({ id }) => id === last());
    const gap = gaps()[at + 1] ?? gaps()[0];
    if (gap) return { type: 'gap', gap };
    const unwritten = open.checks().find(({ state }) => state !== 'done');
    return unwritten ? { type: 'section', section: unwritten.section } : { type: 'export' };
  });
  const word = (): string => {
    const wanted = next();
    if (wanted.type === 'gap') return `Next gap: ${wanted.gap.name}`;
    return wanted.type === 'section' ? `Write: ${SECTION_TITLES[wanted.section]}` : 'Export';
  };

  function go(): void {
    const wanted = next();
    if (wanted.type === 'export') sheets.open('export');
    else if (wanted.type === 'section') goToSection(wanted.section);
    else {
      setLast(wanted.gap.id);
      props.onGap(wanted.gap);
    }
  }

  return (
    <div class={`next-gap ${props.class ?? ''}`}>
      <button type="button" class="button big go" onClick={go}>
        <span class="ellipsis">{word()}</span>
        <Icon name="onward" />
      </button>
      <p class="note" role="status">
        {toCountWords(gaps().length)}
      </p>
    </div>
  );
}

function toCountWords(gaps: number): string {
  if (gaps === 0) return 'No gap is open';
  return gaps === 1 ? '1 gap left' : `${gaps} gaps left`;
}
