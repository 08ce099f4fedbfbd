/** The way from lane to lane on a phone; the one on the screen is marked. */

import { createSignal, For, onCleanup, onMount } from 'solid-js';
import { LANES, type Lane } from './lanes.ts';

export function LaneTabs(props: { page: () => HTMLElement | undefined }) {
  const [shown, setShown] = createSignal<Lane['id']>('facts');
  let bar: HTMLElement | undefined;

  const laneOf = (id: Lane['id']): HTMLElement | null | undefined =>
    props.page()?.querySelector<HTMLElement>(`[data-lane="${id}"]`);

  /** The last one that begins above the upper half of what can be seen. */
  function look(): void {
    const page = props.page();
    if (!page || !bar) return;
    const { bottom } = bar.getBoundingClientRect();
    const line = bottom + (page.getBoundingClientRect().bottom - bottom) / 2;
    const isAtEnd = page.scrollTop + page.clientHeight >= page.scrollHeight - 2;
    const passed = LANES.filter(({ id }) => (laneOf(id)?.getBoundingClientRect().top ?? 0) < line);
    setShown((isAtEnd ? LANES.at(-1) : passed.at(-1))?.id ?? 'facts');
  }

  function go(id: Lane['id']): void {
    const lane = laneOf(id);
    lane?.scrollIntoView({ block: 'start' });
    lane?.querySelector('h2')?.focus({ preventScroll: true });
  }

  onMount(() => {
    const page = props.page();
    page?.addEventListener('scroll', look, { passive: true });
    onCleanup(() => page?.removeEventListener('scroll', look));
  });

  return (
    <nav
      class="lane-tabs"
      aria-label="Parts of the draft"
      ref={(element) => {
        bar = element;
      }}
    >
      <For each={LANES}>
        {({ id, word }) => (
          <button type="button" aria-current={shown() === id} onClick={() => go(id)}>
            {word}
          </button>
        )}
      </For>
    </nav>
  );
}
