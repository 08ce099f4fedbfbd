/** Deciding what people do with generated statements: write one anew, say it still holds, take the rewrite back. */

import type { RewriteStatement } from './command.ts';
import { type Author, accept, type Decision, type IncidentView, refuse } from './decision.ts';
import { cleanText, MAX_TEXT_BYTES, toUtf8Length } from './entry-text.ts';
import type { RewriteId } from './id.ts';
import type { Rewrite } from './rewrite.ts';

export function decideRewrite(command: RewriteStatement, author: Author): Decision {
  const text = cleanText(command.text);
  if (text.trim() === '') return refuse({ reason: 'emptyText' });
  const bytes = toUtf8Length(text);
  if (bytes > MAX_TEXT_BYTES) return refuse({ reason: 'textTooLong', bytes });
  const rewrite: Rewrite = {
    id: author.newEntryId(),
    statement: command.statement,
    sourcesHash: command.sourcesHash,
    text,
    by: author.person,
    recorded: author.now,
    isRetracted: false,
  };
  return accept([{ type: 'addRewrite', rewrite }]);
}

export function decideStillRight(view: IncidentView, id: RewriteId, sourcesHash: string): Decision {
  return editRewrite(view, id, ({ sourcesHash: known }) => known !== sourcesHash, {
    field: 'hash',
    value: sourcesHash,
  });
}

export function decideRewriteRetracted(
  view: IncidentView,
  id: RewriteId,
  retracted: boolean,
): Decision {
  return editRewrite(view, id, ({ isRetracted }) => isRetracted !== retracted, {
    field: 'retracted',
    value: retracted,
  });
}

function editRewrite(
  view: IncidentView,
  id: RewriteId,
  isNews: (rewrite: Rewrite) => boolean,
  set:
    | { readonly field: 'hash'; readonly value: string }
    | { readonly field: 'retracted'; readonly value: boolean },
): Decision {
  const rewrite = view.rewrite(id);
  if (!rewrite) return refuse({ reason: 'entryUnknown' });
  return accept(isNews(rewrite) ? [{ type: 'setRewriteField', rewrite: id, ...set }] : []);
}
