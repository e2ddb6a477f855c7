/**
 * Roles and their assignments.
 */

import { json, type JsonObject, type SimRequest, type SimResponse } from '../kernel/http.ts';
import { notFound } from '../kernel/refusal.ts';
import type { Route } from '../kernel/router.ts';
import type { IdentityCall, IdentityHandle } from './call.ts';
import { missing, noContent } from './errors.ts';
import { projectOf } from './projects.ts';
import { type Grant, type Role, sameScope } from './state.ts';
import { userOf } from './users.ts';
import { collection, roleView } from './views.ts';

const grantPath = '/v3/projects/:project_id/users/:user_id/roles';

export const grantRoutes: readonly Route<IdentityHandle>[] = [
  {
    operation: 'identity/list-roles',
    method: 'GET',
    path: '/v3/roles',
    handle: { rule: 'list_roles', grant: 'admin', answer: listRoles },
  },
  {
    operation: 'identity/list-role-assignments',
    method: 'GET',
    path: '/v3/role_assignments',
    handle: { rule: 'list_role_assignments', grant: 'admin', answer: listAssignments },
  },
  {
    operation: 'identity/list-grants',
    method: 'GET',
    path: grantPath,
    handle: { rule: 'list_grants', grant: 'admin', answer: listGrants },
  },
  {
    operation: 'identity/create-grant',
    method: 'PUT',
    path: `${grantPath}/:role_id`,
    handle: { rule: 'create_grant', grant: 'admin', answer: createGrant },
  },
  {
    operation: 'identity/check-grant',
    method: 'HEAD',
    path: `${grantPath}/:role_id`,
    handle: { rule: 'check_grant', grant: 'admin', answer: checkGrant },
  },
  {
    operation: 'identity/revoke-grant',
    method: 'DELETE',
    path: `${grantPath}/:role_id`,
    handle: { rule: 'revoke_grant', grant: 'admin', answer: revokeGrant },
  },
];

function listRoles({ request, cloud, query }: IdentityCall): SimResponse {
  const name = query.get('name');
  const roles = [...cloud.identity.roles.values()].filter((one) => name === null || one.name === name);
  return json(
    200,
    collection(
      request,
      'roles',
      roles.map((one) => roleView(request, one)),
    ),
  );
}

function listAssignments({ request, cloud, query }: IdentityCall): SimResponse {
  const userId = query.get('user.id');
  const projectId = query.get('scope.project.id');
  const roleId = query.get('role.id');
  const grants = cloud.identity.grants.filter(
    (grant) =>
      (userId === null || grant.userId === userId) &&
      (roleId === null || grant.roleId === roleId) &&
      (projectId === null || sameScope(grant.scope, { kind: 'project', projectId })),
  );
  return json(
    200,
    collection(
      request,
      'role_assignments',
      grants.map((grant) => assignmentView(request, grant)),
    ),
  );
}

function listGrants(call: IdentityCall): SimResponse {
  const wanted = grantOf(call, '');
  const roles = call.cloud.identity.grants
    .filter((grant) => grant.userId === wanted.userId && sameScope(grant.scope, wanted.scope))
    .flatMap((grant) => call.cloud.identity.roles.get(grant.roleId) ?? []);
  return json(
    200,
    collection(
      call.request,
      'roles',
      roles.map((one) => roleView(call.request, one)),
    ),
  );
}

function createGrant(call: IdentityCall): SimResponse {
  const grant = grantOf(call, roleOf(call).id);
  const { identity } = call.cloud;
  if (!identity.grants.some((one) => isSame(one, grant))) identity.grants = [...identity.grants, grant];
  return noContent;
}

function checkGrant(call: IdentityCall): SimResponse {
  requireGrant(call);
  return noContent;
}

function revokeGrant(call: IdentityCall): SimResponse {
  const grant = requireGrant(call);
  const { identity } = call.cloud;
  identity.grants = identity.grants.filter((one) => !isSame(one, grant));
  for (const token of identity.tokens.values()) {
    if (token.userId === grant.userId && sameScope(token.scope, grant.scope)) identity.tokens.delete(token.id);
  }
  return noContent;
}

function requireGrant(call: IdentityCall): Grant {
  const grant = grantOf(call, roleOf(call).id);
  if (call.cloud.identity.grants.some((one) => isSame(one, grant))) return grant;
  throw notFound(
    `Could not find role assignment with role: ${grant.roleId}, user or group: ${grant.userId}, project, domain, or system: ${call.params.project_id ?? ''}.`,
  );
}

function grantOf(call: IdentityCall, roleId: string): Grant {
  return { userId: userOf(call).id, roleId, scope: { kind: 'project', projectId: projectOf(call).id } };
}

function roleOf({ cloud, params }: IdentityCall): Role {
  const id = params.role_id ?? '';
  const role = cloud.identity.roles.get(id);
  if (!role) throw missing('role', id);
  return role;
}

function isSame(a: Grant, b: Grant): boolean {
  return a.userId === b.userId && a.roleId === b.roleId && sameScope(a.scope, b.scope);
}

function assignmentView(request: SimRequest, { userId, roleId, scope }: Grant): JsonObject {
  const path = scope.kind === 'project' ? `projects/${scope.projectId}` : 'system';
  const assignment = `${request.origin}/identity/v3/${path}/users/${userId}/roles/${roleId}`;
  const shown = scope.kind === 'project' ? { project: { id: scope.projectId } } : { system: { all: true } };
  return { links: { assignment }, scope: shown, user: { id: userId }, role: { id: roleId } };
}
