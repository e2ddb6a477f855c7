/**
 * The representation of a token.
 */

import type { Cloud } from '../../cloud.ts';
import type { Shown } from '../../kernel/endpoint.ts';
import type { Field } from '../../kernel/fields.ts';
import type { JsonObject } from '../../kernel/http.ts';
import type { OpenCall } from '../call.ts';
import type { Token } from '../state.ts';
import { catalogue } from './catalogue.ts';

type ShownToken = Shown<OpenCall, Token>;

export const subjectHeader: Field<ShownToken> = { name: 'X-Subject-Token', value: ({ item: { id } }) => id };

export const tokenFields: readonly Field<ShownToken>[] = [
  { name: 'methods', value: ({ item: { methods } }) => methods },
  { name: 'user', value: user },
  { name: 'audit_ids', value: ({ item: { auditId } }) => [auditId] },
  { name: 'expires_at', value: ({ item: { expiresAt } }) => timestamp(expiresAt) },
  { name: 'issued_at', value: ({ item: { issuedAt } }) => timestamp(issuedAt) },
  { name: 'system', value: ({ item: { scope } }) => (scope.kind === 'system' ? { all: true } : undefined) },
  {
    name: 'domain',
    value: ({ call: { cloud }, item: { scope } }) =>
      scope.kind === 'domain' ? domain(cloud, scope.domainId) : undefined,
  },
  { name: 'project', value: project },
  { name: 'is_domain', value: ({ item: { scope } }) => (scope.kind === 'project' ? false : undefined) },
  {
    name: 'roles',
    value: ({ item: { scope, roles } }) =>
      scope.kind === 'unscoped' ? undefined : roles.map(({ id, name }) => ({ id, name })),
  },
  {
    name: 'catalog',
    value: ({ call: { cloud, request }, item: { scope } }) =>
      scope.kind === 'unscoped' ? undefined : catalogue(request.origin, scope, cloud.settings.offer),
  },
  { name: 'application_credential', value: credential },
];

function user({ call: { cloud }, item: { userId } }: ShownToken): JsonObject {
  const found = cloud.identity.users.get(userId);
  return { domain: domain(cloud, found?.domainId), id: userId, name: found?.name ?? '', password_expires_at: null };
}

function project({ call: { cloud }, item: { scope } }: ShownToken): JsonObject | undefined {
  if (scope.kind !== 'project') return undefined;
  const found = cloud.identity.projects.get(scope.projectId);
  const { id, name } = found ?? { id: scope.projectId, name: '' };
  return { domain: domain(cloud, found?.domainId), id, name };
}

function credential({ call: { cloud }, item: { applicationCredentialId } }: ShownToken): JsonObject | undefined {
  const found = cloud.identity.applicationCredentials.get(applicationCredentialId ?? '');
  return found && { id: found.id, name: found.name, restricted: !found.unrestricted };
}

function domain(cloud: Cloud, id = 'default'): JsonObject {
  return { id, name: cloud.identity.domains.get(id)?.name ?? '' };
}

/** Keystone's notation, with microseconds. */
function timestamp(date: Date): string {
  return date.toISOString().replace('Z', '000Z');
}
