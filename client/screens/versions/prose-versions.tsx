/** The versions of what people wrote into a section. */

import { type ProseSection, SECTION_TITLES } from '../../../shared/domain/section.ts';
import type { Version } from '../../../shared/domain/version.ts';
import { Sheet } from '../../parts/sheet.tsx';
import { useIncident } from '../incident/incident-context.ts';
import { Diff } from './diff.tsx';
import { VersionList } from './version-list.tsx';

export function ProseVersionsSheet(props: { section: ProseSection; onClose: () => void }) {
  const { incident, view } = useIncident();
  function read(): Promise<readonly Version<string>[] | null> {
    return incident()?.versions.ofProse(props.section) ?? Promise.resolve(null);
  }

  return (
    <Sheet label={`Versions of “${SECTION_TITLES[props.section]}”`} onClose={props.onClose}>
      <VersionList<string>
        read={read}
        show={(version) => <Diff before={version.before ?? version.after} after={version.after} />}
        isCurrent={(text) => text === (view.prose().sections.get(props.section) ?? '')}
        onGoBack={(text) => {
          incident()?.goBackInProse(props.section, text);
          props.onClose();
        }}
      />
    </Sheet>
  );
}
