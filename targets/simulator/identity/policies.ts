/**
 * The policies of the identity service.
 */

import type { Policies, PolicyGrant } from './policy-grant.ts';

const administering: readonly PolicyGrant[] = ['admin'];
const own: readonly PolicyGrant[] = ['user', 'admin'];
const anyone: readonly PolicyGrant[] = ['anyone'];

export const policies: Policies = {
  issue_token: anyone,
  validate_token: ['user', 'service', 'admin'],
  revoke_token: own,
  get_auth_catalog: anyone,
  get_auth_projects: anyone,
  list_projects: administering,
  create_project: administering,
  get_project: ['project', 'admin'],
  delete_project: administering,
  list_domains: administering,
  list_users: administering,
  create_user: administering,
  get_user: own,
  update_user: administering,
  delete_user: administering,
  list_roles: administering,
  list_role_assignments: administering,
  list_grants: administering,
  create_grant: administering,
  check_grant: administering,
  revoke_grant: administering,
  list_application_credentials: own,
  create_application_credential: own,
  get_application_credential: own,
  delete_application_credential: own,
};
