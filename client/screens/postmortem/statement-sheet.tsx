/** One statement: where it comes from, how people put it, and a field to put it in other words. */

import { createMemo, createSignal, For, Show, untrack } from 'solid-js';
import type { RewriteId } from '../../../shared/domain/id.ts';
import { toSentence } from '../../../shared/domain/refusal.ts';
import { SECTION_TITLES } from '../../../shared/domain/section.ts';
import { isStanding } from '../../../shared/postmortem/orphans.ts';
import type { Statement } from '../../../shared/postmortem/statement.ts';
import { Sheet } from '../../parts/sheet.tsx';
import { useIncident } from '../incident/incident-context.ts';
import { SharedArea } from '../incident/shared-area.tsx';
import { useApp } from '../shell/app-context.ts';
import { useDraft } from './draft-context.ts';
import { Sentence } from './sentence.tsx';
import { SourceChip } from './source-chip.tsx';
import { TakenBack, Wording } from './wording.tsx';

export function StatementSheet(props: { id: string; onClose: () => void }) {
  const { view, run } = useIncident();
  const { open } = useDraft();
  const statement = createMemo(() => open.statement(props.id));
  return (
    <Show
      when={statement()}
      fallback={
        <Show when={view.phase() === 'ready' || view.phase() === 'empty'}>
          <Sheet label="This statement is gone" onClose={props.onClose}>
            <p class="note">
              The lines it came from have changed. What people wrote about it is kept in the
              document.
            </p>
            <For each={open.rewrites(props.id).filter(isStanding)}>
              {(rewrite) => (
                <Wording
                  rewrite={rewrite}
                  statement={null}
                  onTakeBack={() => void run({ type: 'takeBackRewrite', rewrite: rewrite.id })}
                />
              )}
            </For>
            <TakenBack rewrites={open.rewrites(props.id)} />
          </Sheet>
        </Show>
      }
    >
      {(found) => <Details statement={found()} onClose={props.onClose} />}
    </Show>
  );
}

function Details(props: { statement: Statement; onClose: () => void }) {
  const { state, toasts } = useApp();
  const { incident, run } = useIncident();
  const { open, timeWords } = useDraft();
  const id = () => props.statement.id;
  const all = () => open.rewrites(id());
  /** Mine as it was when the sheet opened, or the one that begins with the first letter typed. */
  const [mine, setMine] = createSignal<RewriteId | null>(untrack(findMine));
  /** The field begins anew with the generated sentence. */
  const [round, setRound] = createSignal(1);
  const others = () => all().filter((one) => isStanding(one) && one.id !== mine());
  const isMineStanding = () => all().some((one) => one.id === mine() && isStanding(one));

  function findMine(): RewriteId | null {
    return all().findLast((one) => isStanding(one) && state.isMe(one.by))?.id ?? null;
  }

  /** The whole sentence as text, to begin from. */
  const generated = (): string =>
    props.statement.parts
      .map((part) => {
        if (part.type === 'words') return part.words;
        return part.type === 'quote' ? part.text : timeWords(part.occurred);
      })
      .join('');

  /** At once: between a letter and its home nothing else may be typed. */
  function begin(text: string): void {
    if (text.trim() === '' || text === generated()) return;
    const { sourcesHash } = props.statement;
    const decision = incident()?.run({
      type: 'rewriteStatement',
      statement: id(),
      sourcesHash,
      text,
    });
    if (!decision) return;
    if (!decision.ok) {
      toasts.show(toSentence(decision.refusal));
      return;
    }
    const added = decision.changes.find((change) => change.type === 'addRewrite');
    if (added) setMine(added.rewrite.id);
  }

  function takeBack(rewrite: RewriteId): void {
    void run({ type: 'takeBackRewrite', rewrite });
    if (mine() === rewrite) {
      setMine(null);
      setRound((before) => before + 1);
    }
    toasts.show('Taken back. It stays readable.', {
      word: 'Undo',
      act: () => void run({ type: 'bringBackRewrite', rewrite }),
    });
  }

  return (
    <Sheet label={SECTION_TITLES[props.statement.section]} onClose={props.onClose}>
      <p class="label">From the timeline</p>
      <p class="statement-generated">
        <Sentence parts={props.statement.parts} />
      </p>
      <p class="cites">
        <For each={props.statement.sources}>{(source) => <SourceChip id={source} inSheet />}</For>
      </p>
      <div class="group">
        <p class="label">In your words</p>
        <div class="entry-card">
          <Show when={round()} keyed>
            <SharedArea
              label="This statement, in your words"
              class="entry-text"
              placeholder="Say it as your team would"
              start={untrack(generated)}
              bind={(open, field) => {
                const held = mine();
                return held === null ? null : open.editRewrite(held, field);
              }}
              onUnbound={begin}
            />
          </Show>
        </div>
      </div>
      <Show when={isMineStanding() ? all().find((one) => one.id === mine()) : undefined}>
        {(found) => (
          <Wording
            rewrite={found()}
            statement={props.statement}
            isEdited
            onTakeBack={() => takeBack(found().id)}
          />
        )}
      </Show>
      <For each={others()}>
        {(rewrite) => (
          <Wording
            rewrite={rewrite}
            statement={props.statement}
            onTakeBack={() => takeBack(rewrite.id)}
          />
        )}
      </For>
      <TakenBack rewrites={all()} />
    </Sheet>
  );
}
