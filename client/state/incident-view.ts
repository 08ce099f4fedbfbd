/**
 * One incident as signals. It shows the few rows kept for the first paint until the document has been read, and
 * from then on only what a change names is looked at again.
 */

import { type Accessor, batch, createMemo, createSignal } from 'solid-js';
import type { IncidentReader } from '../../shared/doc/read.ts';
import {
  type ConnectionState,
  type Damage,
  NO_DAMAGE,
  type StorageTrouble,
} from '../../shared/domain/connection.ts';
import type { Entry } from '../../shared/domain/entry.ts';
import type { EntryId, PersonId } from '../../shared/domain/id.ts';
import {
  type IncidentFacts,
  type IncidentState,
  toAutomaticTitle,
  toIncidentState,
} from '../../shared/domain/incident.ts';
import { compareEntries } from '../../shared/domain/order.ts';
import type { Presence } from '../../shared/domain/presence.ts';
import type { Prose } from '../../shared/domain/rewrite.ts';
import type { FirstPaint } from '../storage/first-paint.ts';
import { ANY_LINE, NO_LINE } from '../storage/phone-log.ts';
import { createKeyedSignals } from './keyed-signals.ts';

/**
 * Where a line's latest change is: in memory only, on this phone's disk, or on the server's. `unknown` while only the
 * rows kept for painting are on the screen, and while the phone cannot read what waits.
 */
export type LinePlace = 'unknown' | 'memory' | 'phone' | 'server';

export type IncidentView = {
  /** `empty`: read, and there is nothing. */
  readonly phase: Accessor<'opening' | 'painted' | 'ready' | 'empty'>;
  /** Every line, retracted ones too, in timeline order. */
  readonly ids: Accessor<readonly EntryId[]>;
  /** The same as entries. Told of every change of every line. */
  readonly timeline: Accessor<readonly Entry[]>;
  /** What people wrote into the draft. */
  readonly prose: Accessor<Prose>;
  readonly facts: Accessor<IncidentFacts>;
  readonly title: Accessor<string>;
  readonly state: Accessor<IncidentState>;
  readonly connection: Accessor<ConnectionState>;
  readonly damage: Accessor<Damage>;
  readonly trouble: Accessor<StorageTrouble | null>;
  /** How many lines are not on the server yet. */
  readonly waitingCount: Accessor<number>;
  /** Everybody else who is here, the first to come first. */
  readonly others: Accessor<readonly Presence[]>;
  entry(id: EntryId): Entry | undefined;
  /** The newest line in timeline order that fits. Looked for once; it tells nobody when another comes. */
  findLine(fits: (entry: Entry) => boolean): Entry | undefined;
  personName(person: PersonId): string | undefined;
  place(id: EntryId): LinePlace;
  /** How many others have read a line that was sent from this phone. */
  seenBy(id: EntryId): number;
  /** Of whatever is no line: the title, the prose. */
  restPlace(): LinePlace;
  showFirstPaint(paint: FirstPaint): void;
  /** From now on the document itself. @returns a function that stops listening to it */
  show(source: IncidentSource): () => void;
};

/** What the view listens to; an open incident and the phone's queue together are one. */
export type IncidentSource = {
  readonly read: IncidentReader;
  connection(): ConnectionState;
  damage(): Damage;
  readonly presence: {
    everybody(): readonly Presence[];
    subscribe(listener: () => void): () => void;
  };
  waitingLines(): ReadonlySet<EntryId>;
  unsavedLines(): ReadonlySet<EntryId>;
  seenBy(id: EntryId): number;
  trouble(): StorageTrouble | null;
  /** Told when anything but the document changes. */
  subscribe(listener: () => void): () => void;
};

type Reader = Pick<
  IncidentReader,
  'entry' | 'timeline' | 'facts' | 'state' | 'personName' | 'prose'
>;

const NO_PROSE: Prose = { sections: new Map(), rewrites: [] };

const NOTHING: Reader = {
  entry: () => undefined,
  timeline: () => [],
  facts: () => ({ title: null, homeZone: 'UTC', kind: 'real', isDeclared: false }),
  state: () => toIncidentState([]),
  personName: () => undefined,
  prose: () => NO_PROSE,
};

/** @param me is not among the others, on whatever page */
export function createIncidentView(me: () => PersonId): IncidentView {
  let reader: Reader = NOTHING;
  const [phase, setPhase] = createSignal<'opening' | 'painted' | 'ready' | 'empty'>('opening');
  const [ids, setIds] = createSignal<readonly EntryId[]>([]);
  const [timeline, setTimeline] = createSignal<readonly Entry[]>([]);
  const [prose, setProse] = createSignal(reader.prose());
  const [facts, setFacts] = createSignal(reader.facts());
  const [state, setState] = createSignal(reader.state());
  const [connection, setConnection] = createSignal<ConnectionState>({ type: 'connecting' });
  const [damage, setDamage] = createSignal(NO_DAMAGE);
  const [trouble, setTrouble] = createSignal<StorageTrouble | null>(null);
  const [waitingLines, setWaitingLines] = createSignal<ReadonlySet<EntryId>>(new Set(), {
    equals: isSameSet,
  });
  const [unsavedLines, setUnsavedLines] = createSignal<ReadonlySet<EntryId>>(new Set(), {
    equals: isSameSet,
  });
  const [seenBy, setSeenBy] = createSignal<(id: EntryId) => number>(() => 0);
  const [others, setOthers] = createSignal<readonly Presence[]>([]);
  const entries = createKeyedSignals((id: EntryId) => reader.entry(id));
  const people = createKeyedSignals((person: PersonId) => reader.personName(person));
  const title = createMemo(() => facts().title ?? titleOf(state(), facts()));

  function takeAll(next: Reader): void {
    reader = next;
    setIds(next.timeline().map((entry) => entry.id));
    setTimeline(next.timeline());
    setProse(next.prose());
    setFacts(next.facts());
    setState(next.state());
    entries.touchAll();
    people.touchAll();
  }

  function follow(source: IncidentSource): () => void {
    return source.read.subscribe((change) =>
      batch(() => {
        if (change.order) setIds(source.read.timeline().map((entry) => entry.id));
        setTimeline(source.read.timeline());
        if (change.prose) setProse(source.read.prose());
        if (change.facts) setFacts(source.read.facts());
        if (change.state) setState(source.read.state());
        entries.touch(change.entries);
        if (change.people) people.touchAll();
        setPhase(source.read.timeline().length > 0 ? 'ready' : 'empty');
      }),
    );
  }

  function takeSurroundings(source: IncidentSource): void {
    batch(() => {
      setConnection(source.connection());
      setDamage(source.damage());
      setTrouble(source.trouble());
      setWaitingLines(source.waitingLines());
      setUnsavedLines(source.unsavedLines());
      setSeenBy(() => (id: EntryId) => source.seenBy(id));
    });
  }

  function takePresence({ presence }: IncidentSource): void {
    setOthers(presence.everybody().filter(({ person }) => person !== me()));
  }

  function place(id: EntryId): LinePlace {
    if (phase() === 'opening' || phase() === 'painted') return 'unknown';
    // On the server's disk is safe, whatever this phone's disk says.
    if (!waitingLines().has(id)) return waitingLines().has(ANY_LINE) ? 'unknown' : 'server';
    return unsavedLines().has(id) ? 'memory' : 'phone';
  }

  return {
    phase,
    ids,
    timeline,
    prose,
    facts,
    title,
    state,
    connection,
    damage,
    trouble,
    waitingCount: () =>
      [...waitingLines()].filter((line) => line !== NO_LINE && line !== ANY_LINE).length,
    others,
    entry: entries.read,
    findLine: (fits) => reader.timeline().findLast(fits),
    personName: people.read,
    place,
    seenBy: (id) => seenBy()(id),
    restPlace: () => place(NO_LINE),
    showFirstPaint(paint) {
      if (phase() !== 'opening') return;
      batch(() => {
        takeAll(toReader(paint));
        setPhase('painted');
      });
    },
    show(source) {
      batch(() => {
        takeAll(source.read);
        takeSurroundings(source);
        takePresence(source);
        setPhase(source.read.timeline().length > 0 ? 'ready' : 'empty');
      });
      const stops = [
        follow(source),
        source.subscribe(() => takeSurroundings(source)),
        source.presence.subscribe(() => takePresence(source)),
      ];
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}

function toReader({ entries, facts, people }: FirstPaint): Reader {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const names = new Map(people);
  const timeline = entries.toSorted(compareEntries);
  const state = toIncidentState(timeline);
  return {
    entry: (id) => byId.get(id),
    timeline: () => timeline,
    facts: () => facts,
    state: () => state,
    personName: (person) => names.get(person),
    prose: () => NO_PROSE,
  };
}

function titleOf({ declaredAt }: IncidentState, { homeZone }: IncidentFacts): string {
  return declaredAt === null ? 'Incident' : toAutomaticTitle(declaredAt, homeZone);
}

function isSameSet<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): boolean {
  return a.size === b.size && [...a].every((value) => b.has(value));
}
