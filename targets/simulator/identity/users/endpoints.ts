/**
 * Users: list, create, show, update, delete.
 */

import { type Endpoint, query, type Shown, unchecked, unreadQuery } from '../../kernel/endpoint.ts';
import type { Field } from '../../kernel/fields.ts';
import { textMember } from '../../kernel/http.ts';
import { conflict } from '../../kernel/refusal.ts';
import type { IdentityCall, Of } from '../call.ts';
import { identityEndpoint } from '../identity-endpoint.ts';
import { listLinks, selfLink } from '../links.ts';
import {
  domain,
  hasNameAndDomain,
  type InDomain,
  isTaken,
  type OnUser,
  unknownDomain,
  unknownUser,
  unnamed,
  user,
} from '../named.ts';
import { type IdentityState, keystoneId, type User } from '../state.ts';

const collection = '/v3/users';

const fields: readonly Field<Shown<IdentityCall, User>>[] = [
  { name: 'id', value: ({ item: { id } }) => id },
  { name: 'name', value: ({ item: { name } }) => name },
  { name: 'domain_id', value: ({ item: { domainId } }) => domainId },
  { name: 'enabled', value: ({ item: { enabled } }) => enabled },
  { name: 'password_expires_at', value: () => null },
  { name: 'options', value: () => ({}) },
  { name: 'links', value: (shown) => selfLink(shown, `users/${shown.item.id}`) },
];

/** What the endpoints of one user have in common. */
const ofOne = {
  path: `${collection}/:user_id`,
  query: unreadQuery,
  lookups: { user },
  checks: ['role', 'user'],
  refusals: { user: unknownUser },
  result: ({ found }: Of<OnUser>) => found.user,
};

const listUsers = identityEndpoint('identity/list-users', {
  method: 'GET',
  path: collection,
  query: query({ name: { types: ['string'] }, domain_id: { types: ['string'] } }),
  policy: { rule: 'list_users' },
  checks: ['role'],
  listing: { noun: 'users', rows: user.rows, includes: hasNameAndDomain },
  success: [{ status: 200, content: 'item' }],
  response: { envelope: 'users', fields, beside: [listLinks] },
});

const createUser = identityEndpoint('identity/create-user', {
  method: 'POST',
  path: collection,
  query: unreadQuery,
  body: unchecked('user', 'name', 'domain_id', 'password', 'enabled'),
  policy: { rule: 'create_user' },
  lookups: { domain },
  checks: ['role', 'name', 'domain', 'taken'],
  refusals: {
    name: unnamed,
    domain: unknownDomain,
    taken: (subject) =>
      isTaken(subject, subject.call.cloud.identity.users.values())
        ? conflict(
            'Conflict occurred attempting to store user - Duplicate entry found with name ' +
              `${textMember(subject.wanted, 'name') ?? ''} at domain ID ${subject.found.domain?.id ?? ''}.`,
          )
        : undefined,
  },
  result: newUser,
  effect: ({ call: { cloud } }, created) => {
    cloud.identity.users.set(created.id, created);
  },
  success: [{ status: 201, content: 'item' }],
  response: { envelope: 'user', fields },
});

const showUser = identityEndpoint('identity/show-user', {
  ...ofOne,
  method: 'GET',
  policy: { rule: 'get_user', user: ({ call: { params } }) => params.user_id },
  success: [{ status: 200, content: 'item' }],
  response: { envelope: 'user', fields },
});

const updateUser = identityEndpoint('identity/update-user', {
  ...ofOne,
  method: 'PATCH',
  body: unchecked('user', 'name', 'password', 'enabled'),
  policy: { rule: 'update_user' },
  effect: ({ call: { cloud }, wanted }, updated) => {
    const password = textMember(wanted, 'password');
    updated.name = textMember(wanted, 'name') ?? updated.name;
    if (typeof wanted.enabled === 'boolean') updated.enabled = wanted.enabled;
    if (password === undefined) return;
    updated.password = password;
    revokeTokensOf(cloud.identity, updated);
  },
  success: [{ status: 200, content: 'item' }],
  response: { envelope: 'user', fields },
});

const deleteUser = identityEndpoint('identity/delete-user', {
  ...ofOne,
  method: 'DELETE',
  policy: { rule: 'delete_user' },
  effect: ({ call: { cloud } }, deleted) => {
    const { identity } = cloud;
    identity.users.delete(deleted.id);
    identity.grants = identity.grants.filter(({ userId }) => userId !== deleted.id);
    revokeTokensOf(identity, deleted);
    for (const credential of identity.applicationCredentials.values()) {
      if (credential.userId === deleted.id) identity.applicationCredentials.delete(credential.id);
    }
  },
  success: [{ status: 204, content: 'empty' }],
});

export const userEndpoints: readonly Endpoint[] = [listUsers, createUser, showUser, updateUser, deleteUser];

function newUser({ wanted, found }: Of<InDomain>): User | undefined {
  return (
    found.domain && {
      id: keystoneId(),
      name: textMember(wanted, 'name') ?? '',
      domainId: found.domain.id,
      password: textMember(wanted, 'password') ?? keystoneId(),
      enabled: wanted.enabled !== false,
    }
  );
}

/** A changed password revokes the tokens that were obtained with the former one. */
function revokeTokensOf({ tokens }: IdentityState, { id }: User): void {
  for (const token of tokens.values()) if (token.userId === id) tokens.delete(token.id);
}
