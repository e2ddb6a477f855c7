/**
 * Policy checks of the compute service.
 */

import type { Cloud } from '../cloud.ts';
import type { Caller } from '../identity/caller.ts';
import { isPermitted } from '../identity/policy-grant.ts';
import { forbidden, type Refusal } from '../kernel/refusal.ts';

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
  return isPermitted(policies, rule, caller, { projectId });
}
