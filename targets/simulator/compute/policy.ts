/**
 * Policy checks. A rule lists grants, any of which is sufficient.
 */

import type { Cloud } from '../cloud.ts';
import type { Caller } from '../identity/caller.ts';
import { forbidden, type Refusal } from '../kernel/refusal.ts';

export type PolicyGrant =
  | 'admin'
  | 'service'
  | 'project-manager'
  | 'project-member'
  | 'project-reader'
  /** Any user of the project, whatever the role: the rule of the early releases. */
  | 'project'
  | 'anyone';

const grants: Readonly<Record<PolicyGrant, (caller: Caller, projectId: string | undefined) => boolean>> = {
  admin: ({ roles }) => roles.has('admin'),
  service: ({ roles }) => roles.has('service'),
  'project-manager': (caller, projectId) => caller.roles.has('manager') && caller.projectId === projectId,
  'project-member': (caller, projectId) => caller.roles.has('member') && caller.projectId === projectId,
  'project-reader': (caller, projectId) => caller.roles.has('reader') && caller.projectId === projectId,
  project: (caller, projectId) => caller.projectId !== undefined && caller.projectId === projectId,
  anyone: () => true,
};

/** The refusal by a rule such as `os-volumes-attachments:create`; undefined if the caller is permitted. */
export function policyRefusal(
  cloud: Cloud,
  caller: Caller,
  rule: string,
  projectId: string | undefined,
): Refusal | undefined {
  return isAllowed(cloud, caller, rule, projectId)
    ? undefined
    : forbidden(`Policy doesn't allow os_compute_api:${rule} to be performed.`);
}

export function isAllowed(cloud: Cloud, caller: Caller, rule: string, projectId: string | undefined): boolean {
  const { policies, projectScopeOnly } = cloud.behaviour.compute;
  if (projectScopeOnly && caller.scope !== 'project') return false;
  return (policies[rule] ?? ['admin']).some((grant) => grants[grant](caller, projectId));
}
