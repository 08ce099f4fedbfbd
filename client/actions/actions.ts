/** Everything a screen can ask for. */

import type { Draft } from '../../shared/domain/draft.ts';
import { cleanName } from '../../shared/domain/entry-text.ts';
import type { IncidentId } from '../../shared/domain/id.ts';
import type { ClockReading } from '../../shared/domain/occurred.ts';
import type { Preferences } from '../../shared/domain/preferences.ts';
import type { DraftPlace } from '../storage/drafts.ts';
import type { FirstPaint } from '../storage/first-paint.ts';
import type { QuarantineRow } from '../storage/phone-log.ts';
import { writePreferences } from '../storage/settings.ts';
import type { Account } from './account.ts';
import { toSource } from './incident-source.ts';
import type { Incidents } from './incidents.ts';
import type { OpenIncident } from './open-incident.ts';
import type { Phone } from './phone.ts';

export type { DraftPlace };

export type Actions = Pick<Incidents, 'lease' | 'declare'> & {
  readonly account: Account;
  readFirstPaint(id: IncidentId): Promise<FirstPaint | null>;
  /** @returns false, having changed nothing, when there is no name in it */
  rename(name: string): boolean;
  setPreferences(preferences: Preferences): void;
  /** The place with what was left half-written by a tab that is gone; null when there is none. */
  claimLeftDraft(subject: string): Promise<DraftPlace | null>;
  claimEmptyDraft(subject: string): Promise<DraftPlace>;
  writeDraft(draft: Draft): void;
  /** How wrong this phone's clock is, as far as that is known. */
  readClock(): ClockReading;
  /** What a view of an open incident listens to. */
  toSource(incident: OpenIncident): ReturnType<typeof toSource>;
  /** Tries again what this phone could not store. */
  retryStorage(): Promise<void>;
  /** The person knows that the browser cleared the storage. */
  forgetLoss(): void;
  /** What was set aside because it could not be read. */
  readQuarantine(): Promise<readonly QuarantineRow[]>;
  clearQuarantine(): Promise<void>;
};

export function createActions(options: {
  readonly phone: Phone;
  readonly incidents: Incidents;
  readonly account: Account;
  readonly forgetLoss: () => void;
  readonly onIdentity: () => void;
  readonly onPreferences: (preferences: Preferences) => void;
}): Actions {
  const { phone, incidents } = options;
  return {
    account: options.account,
    lease: incidents.lease,
    declare: incidents.declare,
    readFirstPaint: (id) => phone.log.readFirstPaint(id).catch(() => null),
    rename(wanted) {
      const name = cleanName(wanted);
      if (name === '') return false;
      phone.rename(name).catch(phone.report);
      options.account.rename(name).catch(phone.report);
      options.onIdentity();
      return true;
    },
    setPreferences(preferences) {
      options.onPreferences(preferences);
      writePreferences(phone.log, preferences).catch(phone.report);
    },
    claimLeftDraft: (subject) => phone.drafts.claimLeft(subject).catch(() => null),
    claimEmptyDraft: (subject) =>
      phone.drafts
        .claimEmpty(subject)
        .catch(() => ({ key: subject, left: null, release: () => undefined })),
    writeDraft: phone.drafts.write,
    readClock: phone.clock,
    toSource: (incident) => toSource(phone, incident),
    retryStorage: () => phone.queue.retry(),
    forgetLoss: options.forgetLoss,
    readQuarantine: () => phone.log.readQuarantine(),
    clearQuarantine: () => phone.log.clearQuarantine(),
  };
}
