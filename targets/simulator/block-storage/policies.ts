/**
 * The policies of the volume service.
 */

import type { Policies, PolicyGrant } from '../identity/policy-grant.ts';

const reading: readonly PolicyGrant[] = ['project-reader', 'admin'];
const changing: readonly PolicyGrant[] = ['project-member', 'admin'];
const administering: readonly PolicyGrant[] = ['admin'];

export const seeMigrations = 'volume_extension:volume_mig_status_attribute';

export const policies: Policies = {
  'volume:get': reading,
  'volume:get_all': reading,
  'volume:create': changing,
  'volume:update': changing,
  'volume:delete': changing,
  'volume:extend': changing,
  'volume_extension:retype': changing,
  'volume_extension:volume_actions:set_bootable': changing,
  'volume_extension:volume_admin_actions:reset_status': administering,
  'volume_extension:volume_admin_actions:force_detach': administering,
  'volume_extension:volume_admin_actions:migrate_volume': administering,
  [seeMigrations]: administering,
  'volume:attachment_get': reading,
  'volume:attachment_get_all': ['anyone'],
  'volume:attachment_create': changing,
  'volume:attachment_delete': changing,
  'volume:attachment_complete': changing,
  'volume_extension:type_get': ['anyone'],
  'volume_extension:type_get_all': ['anyone'],
  'volume_extension:quotas:show': ['anyone'],
  'volume:availability_zone_list': ['anyone'],
  'limits_extension:used_limits': ['anyone'],
};

/** The service role reads what readers of a project do, and sees migrations. */
export function withServiceReaders(usual: Policies): Policies {
  const wider = Object.entries(usual).map(([rule, grants]) => {
    const isRead = rule === seeMigrations || grants.includes('project-reader');
    return [rule, isRead ? ([...grants, 'service'] as const) : grants] as const;
  });
  return Object.fromEntries(wider);
}
