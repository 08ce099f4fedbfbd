/**
 * What an entry changes about the incident. Severity, status, roles and service states have no field of their own:
 * the current one is the unretracted entry with that effect that is latest in timeline order.
 */

import type { PersonId } from './id.ts';
import type { Milestone } from './milestone.ts';
import type { Role } from './role.ts';
import type { Severity } from './severity.ts';
import type { Status } from './status.ts';

export const SERVICE_STATES = ['normal', 'degraded', 'down', 'unknown'] as const;
export type ServiceState = (typeof SERVICE_STATES)[number];

export type Effect =
  | { readonly type: 'milestone'; readonly milestone: Milestone }
  | { readonly type: 'severity'; readonly severity: Severity }
  | { readonly type: 'status'; readonly status: Status }
  | { readonly type: 'role'; readonly role: Role; readonly person: PersonId | null }
  | { readonly type: 'service'; readonly service: string; readonly state: ServiceState };

export function isServiceState(value: unknown): value is ServiceState {
  return SERVICE_STATES.some((state) => state === value);
}
