/**
 * Policy checks of the volume service.
 */

import type { Cloud } from '../cloud.ts';
import type { Caller } from '../identity/caller.ts';
import { isPermitted } from '../identity/policy-grant.ts';
import { forbidden, type Refusal } from '../kernel/refusal.ts';
import { seeMigrations } from './policies.ts';

interface Asking {
  readonly cloud: Cloud;
  readonly caller: Caller;
}

/** The refusal by a rule such as `volume:create`; undefined if the caller is permitted. */
export function policyRefusal(
  { cloud, caller }: Asking,
  rule: string,
  projectId: string | undefined,
): Refusal | undefined {
  return isPermitted(cloud.behaviour.blockStorage.policies, rule, caller, { projectId })
    ? undefined
    : forbidden(`Policy doesn't allow ${rule} to be performed.`);
}

/** Whether a caller can see that a volume migrates. */
export function seesMigrations({ cloud, caller }: Asking): boolean {
  const { projectId } = caller;
  return isPermitted(cloud.behaviour.blockStorage.policies, seeMigrations, caller, { projectId });
}
