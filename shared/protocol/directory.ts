/**
 * The directory: `GET /api/incidents?since=<rev>&wait=<seconds>&scope=<scope>` answers with every incident that changed
 * after revision `since` and that the asker may see, at most 500, oldest change first. With `wait` the answer is held
 * until there is one. Whoever's rights changed since `scope` is told everything anew.
 */

export type DirectoryRow = {
  readonly id: string;
  /** The human number, given once at the first commit. */
  readonly number: number;
  readonly rev: number;
  /** An `IncidentSummary` as JSON; the domain knows how to read it. */
  readonly summary: unknown;
};

export type DirectoryPage = {
  /** Ask with this next time. */
  readonly rev: number;
  readonly rows: readonly DirectoryRow[];
  /** Grows whenever the server goes back to a backup. Null: the server is of a release that does not say. */
  readonly lineage: number | null;
  /** Names what this phone may see. Ask with it next time. Null: the server is of a release without rights. */
  readonly scope: string | null;
  /** What the phone may see has changed: this is all of it, or its beginning. */
  readonly isWhole: boolean;
};

/** @param scope of the last answer, '' when there was none */
export function toDirectoryPath(since: number, waitSeconds: number, scope: string): string {
  return `/api/incidents?since=${since}&wait=${waitSeconds}&scope=${encodeURIComponent(scope)}`;
}

/** @returns null when the answer is not the directory's, as behind a captive portal */
export function decodeDirectoryPage(json: unknown): DirectoryPage | null {
  if (!isRecord(json) || typeof json['rev'] !== 'number' || !Array.isArray(json['rows'])) {
    return null;
  }
  const rows: readonly unknown[] = json['rows'];
  const lineage = typeof json['lineage'] === 'number' ? json['lineage'] : null;
  const scope = typeof json['scope'] === 'string' ? json['scope'] : null;
  const isWhole = json['isWhole'] === true;
  return { rev: json['rev'], rows: rows.filter(isDirectoryRow), lineage, scope, isWhole };
}

function isDirectoryRow(value: unknown): value is DirectoryRow {
  return (
    isRecord(value) &&
    typeof value['id'] === 'string' &&
    typeof value['number'] === 'number' &&
    typeof value['rev'] === 'number' &&
    isRecord(value['summary'])
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
