import { expect, test } from 'vitest';
import { openProseText } from '../../../shared/doc/shared-text.ts';
import { readProseVersions, type VersionRow } from '../../../shared/doc/versions.ts';
import { MINUTE } from '../../../shared/domain/time.ts';
import { createDevice, meet, NIGHT } from '../../support/device.ts';

test('[L2e] whoever emptied a section stands among its versions', () => {
  const [ana, bo] = [createDevice('Ana', 1), createDevice('Bo', 2)];
  const rows: VersionRow[] = [];
  for (const { doc, person } of [ana, bo]) {
    doc.onUpdate((bytes, source) => {
      if (source === 'local') rows.push({ at: NIGHT + rows.length * 5 * MINUTE, person, bytes });
    });
  }
  ana.declare();
  const words = 'The pool was capped.';
  openProseText(ana.doc, 'summary').write([{ at: 0, removed: 0, inserted: words }]);
  meet(ana, bo);
  openProseText(bo.doc, 'summary').write([{ at: 0, removed: words.length, inserted: '' }]);
  meet(ana, bo);
  openProseText(ana.doc, 'summary').write([{ at: 0, removed: 0, inserted: 'Again.' }]);

  expect(
    readProseVersions(rows, 'summary').map(({ person, before, after }) => [person, before, after]),
  ).toEqual([
    [ana.person, null, words],
    [bo.person, words, ''],
    [ana.person, '', 'Again.'],
  ]);
  expect(readProseVersions(rows, 'lessons')).toEqual([]);
});
