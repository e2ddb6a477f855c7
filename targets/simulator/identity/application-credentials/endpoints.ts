/**
 * Application credentials: a user's credentials for one project.
 */

import { randomBytes } from 'node:crypto';
import { type Endpoint, type Lookup, query, type Shown, unchecked, unreadQuery } from '../../kernel/endpoint.ts';
import type { Field } from '../../kernel/fields.ts';
import { type Json, textMember } from '../../kernel/http.ts';
import { badRequest, conflict, type Refusal } from '../../kernel/refusal.ts';
import type { IdentityCall, Of } from '../call.ts';
import { missing, notPermitted } from '../errors.ts';
import { identityEndpoint } from '../identity-endpoint.ts';
import { listLinks, selfLink } from '../links.ts';
import { unnamed } from '../named.ts';
import { type ApplicationCredential, keystoneId, type Role } from '../state.ts';

const collection = '/v3/users/:user_id/application_credentials';
const item = `${collection}/:credential_id`;

interface Named {
  readonly credential: ApplicationCredential | undefined;
}

const userOfPath = ({ call: { params } }: Of<unknown>): string | undefined => params.user_id;

const named: Lookup<IdentityCall, ApplicationCredential> = {
  noun: 'an application credential',
  id: ({ params }) => params.credential_id ?? '',
  matches: ({ id }, text) => id === text,
  rows: ({ cloud }) => cloud.identity.applicationCredentials.values(),
  sees: ({ params }, { userId }) => userId === params.user_id,
};

const fields: readonly Field<Shown<IdentityCall, ApplicationCredential>>[] = [
  { name: 'id', value: ({ item: { id } }) => id },
  { name: 'name', value: ({ item: { name } }) => name },
  { name: 'description', value: ({ item: { description } }) => description },
  { name: 'user_id', value: ({ item: { userId } }) => userId },
  { name: 'project_id', value: ({ item: { projectId } }) => projectId },
  { name: 'system', value: () => null },
  {
    name: 'roles',
    value: ({ item: { roles } }) => roles.map(({ id, name }) => ({ id, name, domain_id: null, description: null })),
  },
  { name: 'unrestricted', value: ({ item: { unrestricted } }) => unrestricted },
  { name: 'expires_at', value: ({ item: { expiresAt } }) => expiresAt?.toISOString().replace('Z', '000') ?? null },
  {
    name: 'links',
    value: (shown) => selfLink(shown, `users/${shown.item.userId}/application_credentials/${shown.item.id}`),
  },
];

const listCredentials = identityEndpoint('identity/list-application-credentials', {
  method: 'GET',
  path: collection,
  query: query({ name: { types: ['string'] } }),
  policy: { rule: 'list_application_credentials', user: userOfPath },
  checks: ['role'],
  listing: {
    noun: 'application credentials',
    rows: named.rows,
    includes: ({ call, query: { name } }, one) =>
      named.sees?.(call, one) !== false && (name === undefined || one.name === name),
  },
  success: [{ status: 200, content: 'item' }],
  response: { envelope: 'application_credentials', fields, beside: [listLinks] },
});

const createCredential = identityEndpoint('identity/create-application-credential', {
  method: 'POST',
  path: collection,
  query: unreadQuery,
  body: unchecked('application_credential', 'name', 'description', 'secret', 'roles', 'unrestricted', 'expires_at'),
  policy: { rule: 'create_application_credential', user: userOfPath },
  checks: ['role', 'name', 'owner', 'restricted', 'taken', 'roles', 'expiry'],
  refusals: {
    name: unnamed,
    owner: ({ call: { caller, params }, rules: { policy } }) =>
      caller.projectId === undefined || caller.userId !== params.user_id ? notPermitted(policy.rule) : undefined,
    restricted,
    taken: ({ call, wanted }) => {
      const name = textMember(wanted, 'name');
      const isTaken = [...named.rows(call)].some((one) => named.sees?.(call, one) !== false && one.name === name);
      const text = 'Conflict occurred attempting to store application_credential - Duplicate entry found with name';
      return isTaken ? conflict(`${text} ${name ?? ''} at user ID ${call.caller.userId}.`) : undefined;
    },
    roles: ({ call: { caller }, wanted }) =>
      chosenRoles(wanted.roles, caller.token.roles).includes(undefined)
        ? badRequest('Invalid application credential: Could not find role assignment.')
        : undefined,
    expiry: ({ wanted }) => {
      const text = textMember(wanted, 'expires_at');
      return Number.isNaN(expiry(text)?.getTime())
        ? badRequest(`Invalid input for field 'expires_at': '${text ?? ''}' is not a date.`)
        : undefined;
    },
  },
  result: newCredential,
  effect: ({ call: { cloud } }, created) => {
    cloud.identity.applicationCredentials.set(created.id, created);
  },
  success: [{ status: 201, content: 'item' }],
  response: {
    envelope: 'application_credential',
    fields: [...fields, { name: 'secret', value: ({ item: { secret } }) => secret }],
  },
});

const showCredential = identityEndpoint('identity/show-application-credential', {
  method: 'GET',
  path: item,
  query: unreadQuery,
  policy: { rule: 'get_application_credential', user: userOfPath },
  lookups: { credential: named },
  checks: ['role', 'credential'],
  refusals: { credential: unknownCredential },
  result: ({ found: { credential } }) => credential,
  success: [{ status: 200, content: 'item' }],
  response: { envelope: 'application_credential', fields },
});

const deleteCredential = identityEndpoint('identity/delete-application-credential', {
  method: 'DELETE',
  path: item,
  query: unreadQuery,
  policy: { rule: 'delete_application_credential', user: userOfPath },
  lookups: { credential: named },
  checks: ['role', 'restricted', 'credential'],
  refusals: { restricted, credential: unknownCredential },
  result: ({ found: { credential } }) => credential,
  effect: ({ call: { cloud } }, { id }) => {
    const { applicationCredentials, tokens } = cloud.identity;
    applicationCredentials.delete(id);
    for (const token of tokens.values()) if (token.applicationCredentialId === id) tokens.delete(token.id);
  },
  success: [{ status: 204, content: 'empty' }],
});

export const applicationCredentialEndpoints: readonly Endpoint[] = [
  listCredentials,
  createCredential,
  showCredential,
  deleteCredential,
];

function unknownCredential({ call: { params }, found: { credential } }: Of<Named>): Refusal | undefined {
  return credential ? undefined : missing('Application Credential', params.credential_id ?? '');
}

/** The refusal of a token that was obtained with a credential that may not manage credentials. */
function restricted({ call: { cloud, caller }, rules: { policy } }: Of<unknown>): Refusal | undefined {
  const { applicationCredentialId: id } = caller.token;
  if (id === undefined) return undefined;
  const isUnrestricted = cloud.identity.applicationCredentials.get(id)?.unrestricted === true;
  return isUnrestricted ? undefined : notPermitted(policy.rule);
}

function newCredential({ call: { caller }, wanted }: Of<unknown>): ApplicationCredential {
  return {
    id: keystoneId(),
    name: textMember(wanted, 'name') ?? '',
    description: textMember(wanted, 'description') ?? null,
    secret: textMember(wanted, 'secret') ?? randomBytes(64).toString('base64url'),
    userId: caller.userId,
    projectId: caller.projectId ?? '',
    roles: chosenRoles(wanted.roles, caller.token.roles).filter((role) => role !== undefined),
    unrestricted: wanted.unrestricted === true,
    expiresAt: expiry(textMember(wanted, 'expires_at')),
  };
}

/** The caller's own roles unless some of them are chosen; undefined stands for a role that it does not have. */
function chosenRoles(given: Json | undefined, own: readonly Role[]): readonly (Role | undefined)[] {
  if (!Array.isArray(given)) return own;
  return given.map((one: Json) =>
    own.find(({ id, name }) => id === textMember(one, 'id') || name === textMember(one, 'name')),
  );
}

/** An invalid date for a text that is none. */
function expiry(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  return new Date(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
}
