/** Who may do what, in words that both sides know. The server decides; a phone only shows what it decided. */

export const WORKSPACE_ROLES = ['owner', 'responder', 'viewer', 'guest'] as const;
export type WorkspaceRole = (typeof WORKSPACE_ROLES)[number];

/** What somebody may do with one incident; each includes those before it. */
export const LEVELS = ['none', 'view', 'log', 'manage'] as const;
export type Level = (typeof LEVELS)[number];

export function isAtLeast(level: Level, needed: Level): boolean {
  return LEVELS.indexOf(level) >= LEVELS.indexOf(needed);
}

export const ROLE_NAMES: Readonly<Record<WorkspaceRole, string>> = {
  owner: 'Owner',
  responder: 'Responder',
  viewer: 'Viewer',
  guest: 'Guest',
};

export function isWorkspaceRole(value: unknown): value is WorkspaceRole {
  return WORKSPACE_ROLES.some((role) => role === value);
}
