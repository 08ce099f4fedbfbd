/**
 * The directory: `GET /api/incidents?since=<rev>&wait=<seconds>` answers with every incident that changed after
 * revision `since`, at most 500, oldest change first. With `wait` the answer is held until there is one.
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
};

export function toDirectoryPath(since: number, waitSeconds: number): string {
  return `/api/incidents?since=${since}&wait=${waitSeconds}`;
}

/** @returns null when the answer is not the directory's, as behind a captive portal */
export function decodeDirectoryPage(json: unknown): DirectoryPage | null {
  if (!isRecord(json) || typeof json['rev'] !== 'number' || !Array.isArray(json['rows'])) {
    return null;
  }
  const rows: readonly unknown[] = json['rows'];
  const lineage = typeof json['lineage'] === 'number' ? json['lineage'] : null;
  return { rev: json['rev'], rows: rows.filter(isDirectoryRow), lineage };
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
