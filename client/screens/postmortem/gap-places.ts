/** Where on the page a gap stands. */

import type { StatementId } from '../../../shared/domain/rewrite.ts';
import type { Gap } from '../../../shared/postmortem/gaps.ts';

/** The statement a gap would be about, if the draft makes one of its line. */
export function toStatementId({ section, entry }: Gap): StatementId {
  return `${section}.line.${entry ?? ''}`;
}
