/** Sheets and screens nobody needs for the first paint. They are fetched as soon as the page is idle, so opening one never waits. */

import { lazy } from 'solid-js';

export const ClaimScreen = lazy(async () => ({
  default: (await import('../door/claim-screen.tsx')).ClaimScreen,
}));

export const CopySheet = lazy(async () => ({
  default: (await import('../copy/copy-sheet.tsx')).CopySheet,
}));

export const DeclareSheet = lazy(async () => ({
  default: (await import('../declare/declare-sheet.tsx')).DeclareSheet,
}));

export const EntrySheet = lazy(async () => ({
  default: (await import('../entry/entry-sheet.tsx')).EntrySheet,
}));

export const IncidentSheet = lazy(async () => ({
  default: (await import('../incident/incident-sheet.tsx')).IncidentSheet,
}));

export const JoinScreen = lazy(async () => ({
  default: (await import('../door/join-screen.tsx')).JoinScreen,
}));

export const KindSheet = lazy(async () => ({
  default: (await import('../composer/kind-sheet.tsx')).KindSheet,
}));

export const MilestoneSheet = lazy(async () => ({
  default: (await import('../composer/milestone-sheet.tsx')).MilestoneSheet,
}));

export const PeopleSheet = lazy(async () => ({
  default: (await import('../people/people-sheet.tsx')).PeopleSheet,
}));

export const PostmortemScreen = lazy(async () => ({
  default: (await import('../postmortem/postmortem-screen.tsx')).PostmortemScreen,
}));

export const SeveritySheet = lazy(async () => ({
  default: (await import('../incident/severity-sheet.tsx')).SeveritySheet,
}));

export const StatusSheet = lazy(async () => ({
  default: (await import('../incident/status-sheet.tsx')).StatusSheet,
}));

export const SignInSheet = lazy(async () => ({
  default: (await import('../door/sign-in-sheet.tsx')).SignInSheet,
}));

export const TeamSheet = lazy(async () => ({
  default: (await import('../team/team-sheet.tsx')).TeamSheet,
}));

export const TimeEditor = lazy(async () => ({
  default: (await import('../time/time-editor.tsx')).TimeEditor,
}));

export const EntryVersionsSheet = lazy(async () => ({
  default: (await import('../versions/entry-versions.tsx')).EntryVersionsSheet,
}));

export const ProseVersionsSheet = lazy(async () => ({
  default: (await import('../versions/prose-versions.tsx')).ProseVersionsSheet,
}));

export const YouSheet = lazy(async () => ({
  default: (await import('../you/you-sheet.tsx')).YouSheet,
}));

const ALL = [
  ClaimScreen,
  CopySheet,
  DeclareSheet,
  EntrySheet,
  EntryVersionsSheet,
  IncidentSheet,
  JoinScreen,
  KindSheet,
  MilestoneSheet,
  PeopleSheet,
  PostmortemScreen,
  ProseVersionsSheet,
  SeveritySheet,
  SignInSheet,
  StatusSheet,
  TeamSheet,
  TimeEditor,
  YouSheet,
];

/** @returns when every sheet can be opened, network or not; rejects when one could not be fetched */
export async function fetchSheets(): Promise<void> {
  await Promise.all(ALL.map((sheet) => sheet.preload()));
}
