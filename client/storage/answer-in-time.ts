/** A phone's log that always answers: what the database never answers is a failure like any other, after a while. */

import type { PhoneLog } from './phone-log.ts';
import { ANSWER_MILLIS, withinTime } from './within-time.ts';

/** Somebody looks at an empty screen until it is read, or waits for a tap to be taken. */
const SMALL_MILLIS = 4_000;

export function answerInTime(log: PhoneLog): PhoneLog {
  return {
    ...log,
    readSetting: within(SMALL_MILLIS, log.readSetting),
    writeSetting: within(SMALL_MILLIS, log.writeSetting),
    makeSetting: within(SMALL_MILLIS, log.makeSetting),
    readDraft: within(SMALL_MILLIS, log.readDraft),
    readDrafts: within(SMALL_MILLIS, log.readDrafts),
    writeDraft: within(SMALL_MILLIS, log.writeDraft),
    moveDraft: within(SMALL_MILLIS, log.moveDraft),
    readFirstPaint: within(SMALL_MILLIS, log.readFirstPaint),
    readWaiting: within(SMALL_MILLIS, log.readWaiting),
    readQuarantine: within(SMALL_MILLIS, log.readQuarantine),
    clearQuarantine: within(ANSWER_MILLIS, log.clearQuarantine),
    read: within(ANSWER_MILLIS, log.read),
    append: within(ANSWER_MILLIS, log.append),
    appendLocal: within(ANSWER_MILLIS, log.appendLocal),
    addSnapshot: within(ANSWER_MILLIS, log.addSnapshot),
    prune: within(ANSWER_MILLIS, log.prune),
    setAside: within(ANSWER_MILLIS, log.setAside),
    forgetWaiting: within(ANSWER_MILLIS, log.forgetWaiting),
    noteSent: within(ANSWER_MILLIS, log.noteSent),
    keepSummary: within(ANSWER_MILLIS, log.keepSummary),
    keepFirstPaint: within(ANSWER_MILLIS, log.keepFirstPaint),
    revive: within(ANSWER_MILLIS, log.revive),
  };
}

function within<Args extends readonly unknown[], T>(
  millis: number,
  act: (...args: Args) => Promise<T>,
): (...args: Args) => Promise<T> {
  return (...args) => withinTime(act(...args), millis);
}
