/**
 * Users.
 */

import { json, member, type SimResponse, textMember } from '../kernel/http.ts';
import { conflict } from '../kernel/refusal.ts';
import type { Route } from '../kernel/router.ts';
import type { IdentityCall, IdentityHandle } from './call.ts';
import { expected, missing, noContent } from './errors.ts';
import { keystoneId, type User } from './state.ts';
import { collection, userView } from './views.ts';

export const userRoutes: readonly Route<IdentityHandle>[] = [
  {
    operation: 'identity/list-users',
    method: 'GET',
    path: '/v3/users',
    handle: { rule: 'list_users', grant: 'admin', answer: listUsers },
  },
  {
    operation: 'identity/create-user',
    method: 'POST',
    path: '/v3/users',
    handle: { rule: 'create_user', grant: 'admin', answer: createUser },
  },
  {
    operation: 'identity/show-user',
    method: 'GET',
    path: '/v3/users/:user_id',
    handle: { rule: 'get_user', grant: 'self', answer: showUser },
  },
  {
    operation: 'identity/update-user',
    method: 'PATCH',
    path: '/v3/users/:user_id',
    handle: { rule: 'update_user', grant: 'admin', answer: updateUser },
  },
  {
    operation: 'identity/delete-user',
    method: 'DELETE',
    path: '/v3/users/:user_id',
    handle: { rule: 'delete_user', grant: 'admin', answer: deleteUser },
  },
];

export function userOf({ cloud, params }: IdentityCall): User {
  const id = params.user_id ?? '';
  const user = cloud.identity.users.get(id);
  if (!user) throw missing('user', id);
  return user;
}

function listUsers({ request, cloud, query }: IdentityCall): SimResponse {
  const name = query.get('name');
  const domainId = query.get('domain_id');
  const users = [...cloud.identity.users.values()].filter(
    (one) => (name === null || one.name === name) && (domainId === null || one.domainId === domainId),
  );
  return json(
    200,
    collection(
      request,
      'users',
      users.map((one) => userView(request, one)),
    ),
  );
}

function createUser({ request, cloud, body }: IdentityCall): SimResponse {
  const given = member(body, 'user');
  const name = textMember(given, 'name');
  if (name === undefined || name === '') throw expected('name', 'user');
  const domainId = textMember(given, 'domain_id') ?? 'default';
  if (!cloud.identity.domains.has(domainId)) throw missing('domain', domainId);
  if ([...cloud.identity.users.values()].some((one) => one.name === name && one.domainId === domainId)) {
    throw conflict(
      `Conflict occurred attempting to store user - Duplicate entry found with name ${name} at domain ID ${domainId}.`,
    );
  }
  const user: User = {
    id: keystoneId(),
    name,
    domainId,
    password: textMember(given, 'password') ?? keystoneId(),
    enabled: member(given, 'enabled') !== false,
  };
  cloud.identity.users.set(user.id, user);
  return json(201, { user: userView(request, user) });
}

function showUser(call: IdentityCall): SimResponse {
  return json(200, { user: userView(call.request, userOf(call)) });
}

function updateUser(call: IdentityCall): SimResponse {
  const user = userOf(call);
  const given = member(call.body, 'user');
  user.name = textMember(given, 'name') ?? user.name;
  const password = textMember(given, 'password');
  if (password !== undefined) setPassword(call, user, password);
  const enabled = member(given, 'enabled');
  if (typeof enabled === 'boolean') user.enabled = enabled;
  return json(200, { user: userView(call.request, user) });
}

/** Revokes the tokens obtained with the former password. */
function setPassword({ cloud: { identity } }: IdentityCall, user: User, password: string): void {
  user.password = password;
  for (const token of identity.tokens.values()) if (token.userId === user.id) identity.tokens.delete(token.id);
}

function deleteUser(call: IdentityCall): SimResponse {
  const { id } = userOf(call);
  const { identity } = call.cloud;
  identity.users.delete(id);
  identity.grants = identity.grants.filter(({ userId }) => userId !== id);
  for (const token of identity.tokens.values()) if (token.userId === id) identity.tokens.delete(token.id);
  for (const credential of identity.applicationCredentials.values()) {
    if (credential.userId === id) identity.applicationCredentials.delete(credential.id);
  }
  return noContent;
}
