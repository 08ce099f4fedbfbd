/** Who does what while it lasts. */

export const ROLES = [
  'incidentCommander',
  'deputy',
  'scribe',
  'subjectMatterExpert',
  'customerLiaison',
  'internalLiaison',
] as const;
export type Role = (typeof ROLES)[number];

type RoleWords = {
  readonly word: string;
  /** After a name: "Priya …" */
  readonly takes: string;
  /** After "You" */
  readonly youTake: string;
};

export const ROLE_WORDS: Readonly<Record<Role, RoleWords>> = {
  incidentCommander: {
    word: 'Incident commander',
    takes: 'is incident commander',
    youTake: 'are incident commander',
  },
  deputy: { word: 'Deputy', takes: 'is deputy', youTake: 'are deputy' },
  scribe: { word: 'Scribe', takes: 'is scribe', youTake: 'are scribe' },
  subjectMatterExpert: {
    word: 'Subject-matter expert',
    takes: 'is subject-matter expert',
    youTake: 'are subject-matter expert',
  },
  customerLiaison: {
    word: 'Customer liaison',
    takes: 'is customer liaison',
    youTake: 'are customer liaison',
  },
  internalLiaison: {
    word: 'Internal liaison',
    takes: 'is internal liaison',
    youTake: 'are internal liaison',
  },
};

export function isRole(value: unknown): value is Role {
  return ROLES.some((role) => role === value);
}
