/**
 * Roles and their assignments.
 */

import { type Endpoint, type Lookup, query, type Subject, unreadQuery } from '../../kernel/endpoint.ts';
import type { JsonObject } from '../../kernel/http.ts';
import { notFound, type Refusal } from '../../kernel/refusal.ts';
import type { IdentityCall, Of } from '../call.ts';
import { missing } from '../errors.ts';
import { identityEndpoint } from '../identity-endpoint.ts';
import { listLinks } from '../links.ts';
import { type OnProject, type OnUser, project, unknownProject, unknownUser, user } from '../named.ts';
import { type Grant, type Role, sameScope, type Scope } from '../state.ts';
import { roleFields } from './role-fields.ts';

const collection = '/v3/projects/:project_id/users/:user_id/roles';

interface OnGrant extends OnProject, OnUser {
  readonly 'assigned-role': Role | undefined;
  readonly assignment: Grant | undefined;
}

const role: Lookup<IdentityCall, Role> = {
  noun: 'a role',
  id: ({ params }) => params.role_id ?? '',
  matches: ({ id }, text) => id === text,
  rows: ({ cloud }) => cloud.identity.roles.values(),
};

const assignment: Lookup<IdentityCall, Grant> = {
  noun: 'a role assignment',
  id: ({ params }) => [params.project_id, params.user_id, params.role_id].join('/'),
  matches: ({ scope, userId, roleId }, text) =>
    scope.kind === 'project' && [scope.projectId, userId, roleId].join('/') === text,
  rows: ({ cloud }) => cloud.identity.grants,
};

/** What the endpoints of one assignment have in common. */
const ofOne = {
  path: `${collection}/:role_id`,
  query: unreadQuery,
  lookups: { 'assigned-role': role, user, project, assignment },
  refusals: {
    'assigned-role': ({ call: { params }, found }: Of<OnGrant>): Refusal | undefined =>
      found['assigned-role'] ? undefined : missing('role', params.role_id ?? ''),
    user: unknownUser,
    project: unknownProject,
    assignment: unassigned,
  },
  success: [{ status: 204, content: 'empty' as const }],
};

const named = ['role', 'assigned-role', 'user', 'project'];

const listRoles = identityEndpoint('identity/list-roles', {
  method: 'GET',
  path: '/v3/roles',
  query: query({ name: { types: ['string'] } }),
  policy: { rule: 'list_roles' },
  checks: ['role'],
  listing: {
    noun: 'roles',
    rows: role.rows,
    includes: ({ query: { name } }, one) => name === undefined || one.name === name,
  },
  success: [{ status: 200, content: 'item' }],
  response: { envelope: 'roles', fields: roleFields, beside: [listLinks] },
});

const listAssignments = identityEndpoint('identity/list-role-assignments', {
  method: 'GET',
  path: '/v3/role_assignments',
  query: query({
    'user.id': { types: ['string'] },
    'scope.project.id': { types: ['string'] },
    'role.id': { types: ['string'] },
  }),
  policy: { rule: 'list_role_assignments' },
  checks: ['role'],
  listing: { noun: 'role assignments', rows: assignment.rows, includes: isWanted },
  success: [{ status: 200, content: 'item' }],
  response: {
    envelope: 'role_assignments',
    fields: [
      {
        name: 'links',
        value: ({ call: { request }, item: { userId, roleId, scope } }) => ({
          assignment: `${request.origin}/identity/v3/${pathOf(scope)}/users/${userId}/roles/${roleId}`,
        }),
      },
      { name: 'scope', value: ({ item: { scope } }) => shownScope(scope) },
      { name: 'user', value: ({ item: { userId } }) => ({ id: userId }) },
      { name: 'role', value: ({ item: { roleId } }) => ({ id: roleId }) },
    ],
    beside: [listLinks],
  },
});

const listGrants = identityEndpoint('identity/list-grants', {
  method: 'GET',
  path: collection,
  query: unreadQuery,
  policy: { rule: 'list_grants' },
  lookups: { user, project },
  checks: ['role', 'user', 'project'],
  refusals: { user: unknownUser, project: unknownProject },
  listing: { noun: 'roles', rows: assignedRoles },
  success: [{ status: 200, content: 'item' }],
  response: { envelope: 'roles', fields: roleFields, beside: [listLinks] },
});

const createGrant = identityEndpoint('identity/create-grant', {
  ...ofOne,
  method: 'PUT',
  policy: { rule: 'create_grant' },
  checks: named,
  result: ({ call: { params } }): Grant => ({
    userId: params.user_id ?? '',
    roleId: params.role_id ?? '',
    scope: { kind: 'project', projectId: params.project_id ?? '' },
  }),
  effect: ({ call: { cloud }, found }: Of<OnGrant>, grant) => {
    if (!found.assignment) cloud.identity.grants = [...cloud.identity.grants, grant];
  },
});

const checkGrant = identityEndpoint('identity/check-grant', {
  ...ofOne,
  method: 'HEAD',
  policy: { rule: 'check_grant' },
  checks: [...named, 'assignment'],
  result: ({ found }: Of<OnGrant>) => found.assignment,
});

const revokeGrant = identityEndpoint('identity/revoke-grant', {
  ...ofOne,
  method: 'DELETE',
  policy: { rule: 'revoke_grant' },
  checks: [...named, 'assignment'],
  result: ({ found }: Of<OnGrant>) => found.assignment,
  effect: ({ call: { cloud } }, grant) => {
    const { identity } = cloud;
    identity.grants = identity.grants.filter((one) => one !== grant);
    for (const token of identity.tokens.values()) {
      if (token.userId === grant.userId && sameScope(token.scope, grant.scope)) identity.tokens.delete(token.id);
    }
  },
});

export const grantEndpoints: readonly Endpoint[] = [
  listRoles,
  listAssignments,
  listGrants,
  createGrant,
  checkGrant,
  revokeGrant,
];

function isWanted({ query: wanted }: Subject<IdentityCall, unknown>, { userId, roleId, scope }: Grant): boolean {
  const { 'user.id': user, 'role.id': role, 'scope.project.id': project } = wanted;
  return (
    (user === undefined || userId === user) &&
    (role === undefined || roleId === role) &&
    (project === undefined || sameScope(scope, { kind: 'project', projectId: project }))
  );
}

function assignedRoles({ cloud: { identity }, params }: IdentityCall): readonly Role[] {
  const scope: Scope = { kind: 'project', projectId: params.project_id ?? '' };
  return identity.grants
    .filter((grant) => grant.userId === params.user_id && sameScope(grant.scope, scope))
    .flatMap(({ roleId }) => identity.roles.get(roleId) ?? []);
}

function unassigned({ call: { params }, found }: Of<OnGrant>): Refusal | undefined {
  if (found.assignment) return undefined;
  const { role_id: role = '', user_id: user = '', project_id: project = '' } = params;
  return notFound(
    `Could not find role assignment with role: ${role}, user or group: ${user}, project, domain, or system: ${project}.`,
  );
}

function pathOf(scope: Scope): string {
  return scope.kind === 'project' ? `projects/${scope.projectId}` : 'system';
}

function shownScope(scope: Scope): JsonObject {
  return scope.kind === 'project' ? { project: { id: scope.projectId } } : { system: { all: true } };
}
