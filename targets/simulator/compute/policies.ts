/**
 * The policies of the compute service: the new defaults, and the legacy ones with equal rights for all project users.
 */

import type { PolicyGrant } from './policy.ts';

type Policies = Readonly<Record<string, readonly PolicyGrant[]>>;

const reading: readonly PolicyGrant[] = ['project-reader', 'admin'];
const changing: readonly PolicyGrant[] = ['project-member', 'admin'];
const administering: readonly PolicyGrant[] = ['admin'];

export const newPolicies: Policies = {
  'os-volumes-attachments:index': reading,
  'os-volumes-attachments:show': reading,
  'os-volumes-attachments:create': changing,
  'os-volumes-attachments:update': changing,
  'os-volumes-attachments:swap': ['service', 'admin'],
  'os-volumes-attachments:delete': changing,
  'servers:index': reading,
  'servers:detail': reading,
  'servers:index:get_all_tenants': administering,
  'servers:detail:get_all_tenants': administering,
  'servers:show': reading,
  'servers:create': changing,
  'servers:create:zero_disk_flavor': administering,
  'compute:servers:create:requested_destination': administering,
  'servers:allow_all_filters': administering,
  'servers:update': changing,
  'servers:delete': changing,
  'servers:stop': changing,
  'servers:start': changing,
  'servers:reboot': changing,
  'servers:trigger_crash_dump': changing,
  'servers:resize': changing,
  'servers:confirm_resize': changing,
  'servers:revert_resize': changing,
  'os-pause-server:pause': changing,
  'os-pause-server:unpause': changing,
  'os-suspend-server:suspend': changing,
  'os-suspend-server:resume': changing,
  'os-shelve:shelve': changing,
  'os-shelve:unshelve': changing,
  'os-shelve:unshelve_to_host': administering,
  'os-shelve:shelve_offload': administering,
  'os-rescue': changing,
  'os-unrescue': changing,
  'os-lock-server:lock': changing,
  'os-lock-server:unlock': changing,
  'os-lock-server:unlock:unlock_override': administering,
  'os-admin-actions:reset_state': administering,
  'os-deferred-delete:force': changing,
  'os-deferred-delete:restore': changing,
  'os-instance-actions:list': reading,
  'os-instance-actions:show': reading,
  'os-instance-actions:events': administering,
  'os-server-groups:index': reading,
  'os-server-groups:show': reading,
  'os-server-groups:create': changing,
  'os-server-groups:delete': changing,
  'os-quota-sets:show': reading,
  'os-quota-sets:detail': reading,
  limits: ['anyone'],
  'os-availability-zone:list': ['anyone'],
};

/** Where a new default grants a right to readers or members, the legacy default grants it to the whole project. */
export function withLegacyDefaults(policies: Policies): Policies {
  const loosened = Object.entries(policies).map(([rule, grants]) => {
    const scoped = grants.some((grant) => grant === 'project-reader' || grant === 'project-member');
    return [rule, scoped ? ([...grants, 'project'] as const) : grants] as const;
  });
  return Object.fromEntries(loosened);
}
