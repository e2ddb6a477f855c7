/**
 * Grants of policies, by the roles of a caller and by what a resource belongs to. A rule lists grants, any of which is
 * sufficient.
 */

import type { Caller } from './caller.ts';

export type PolicyGrant =
  | 'admin'
  | 'service'
  | 'project-manager'
  | 'project-member'
  | 'project-reader'
  /** Any user of the project, whatever the role. */
  | 'project'
  /** The user that it belongs to. */
  | 'user'
  | 'anyone';

export type Policies = Readonly<Record<string, readonly PolicyGrant[]>>;

/** What a resource belongs to. */
export interface Owner {
  readonly projectId?: string | undefined;
  readonly userId?: string | undefined;
}

const grants: Readonly<Record<PolicyGrant, (caller: Caller, owner: Owner) => boolean>> = {
  admin: ({ roles }) => roles.has('admin'),
  service: ({ roles }) => roles.has('service'),
  'project-manager': (caller, { projectId }) => caller.roles.has('manager') && caller.projectId === projectId,
  'project-member': (caller, { projectId }) => caller.roles.has('member') && caller.projectId === projectId,
  'project-reader': (caller, { projectId }) => caller.roles.has('reader') && caller.projectId === projectId,
  project: (caller, { projectId }) => caller.projectId !== undefined && caller.projectId === projectId,
  user: (caller, { userId }) => caller.userId === userId,
  anyone: () => true,
};

/** Whether a rule permits a caller; a rule without grants is for administrators. */
export function isPermitted(policies: Policies, rule: string, caller: Caller, owner: Owner): boolean {
  return (policies[rule] ?? ['admin']).some((grant) => grants[grant](caller, owner));
}
