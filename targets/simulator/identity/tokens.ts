/**
 * Tokens: issue, show, revoke; and the catalogue and the projects of a token.
 */

import { randomBytes } from 'node:crypto';
import type { Cloud } from '../cloud.ts';
import { json, type Json, type JsonObject, type SimRequest, type SimResponse } from '../kernel/http.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Route } from '../kernel/router.ts';
import { authenticate } from './authenticate.ts';
import type { IdentityCall, IdentityHandle } from './call.ts';
import { validToken } from './caller.ts';
import { catalogue } from './catalogue.ts';
import { noContent } from './errors.ts';
import { collection, projectView } from './views.ts';
import { type Scope, type Token, tokenId } from './state.ts';

export const tokenRoutes: readonly Route<IdentityHandle>[] = [
  token('show-token', 'GET', 'validate_token', showToken),
  token('check-token', 'HEAD', 'check_token', showToken),
  token('revoke-token', 'DELETE', 'revoke_token', revokeToken),
  {
    operation: 'identity/show-catalogue',
    method: 'GET',
    path: '/v3/auth/catalog',
    handle: { rule: 'get_auth_catalog', grant: 'anyone', answer: showCatalogue },
  },
  {
    operation: 'identity/list-own-projects',
    method: 'GET',
    path: '/v3/auth/projects',
    handle: { rule: 'get_auth_projects', grant: 'anyone', answer: listOwnProjects },
  },
];

/** The only operation without authentication. */
export function issueToken(request: SimRequest, cloud: Cloud, body: Json | undefined): SimResponse {
  const { user, methods, scope, roles, notAfter, credential } = authenticate(cloud, body);
  const issuedAt = cloud.now();
  const full = new Date(issuedAt.getTime() + cloud.settings.tokenLifetime * 1000);
  const issued: Token = {
    id: tokenId(),
    auditId: randomBytes(16).toString('base64url'),
    methods,
    userId: user.id,
    scope,
    roles,
    issuedAt,
    expiresAt: notAfter && notAfter < full ? notAfter : full,
    applicationCredentialId: credential?.id,
  };
  cloud.identity.tokens.set(issued.id, issued);
  return json(201, tokenView(cloud, request, issued), { 'X-Subject-Token': issued.id });
}

function showToken({ request, cloud, caller }: IdentityCall): SimResponse {
  const subject = subjectToken(cloud, request);
  if (subject.userId !== caller.userId && !caller.roles.has('admin') && !caller.roles.has('service')) {
    throw new Refusal(403, 'You are not authorized to perform the requested action: identity:validate_token.');
  }
  return json(200, tokenView(cloud, request, subject), { 'X-Subject-Token': subject.id });
}

function revokeToken({ request, cloud, caller }: IdentityCall): SimResponse {
  const subject = subjectToken(cloud, request);
  if (subject.userId !== caller.userId && !caller.roles.has('admin')) {
    throw new Refusal(403, 'You are not authorized to perform the requested action: identity:revoke_token.');
  }
  if (cloud.behaviour.identity.tokensRevocable) cloud.identity.tokens.delete(subject.id);
  return noContent;
}

function showCatalogue({ request, cloud, caller }: IdentityCall): SimResponse {
  const links = { self: `${request.origin}/identity/v3/auth/catalog`, next: null, previous: null };
  return json(200, { catalog: catalogue(request.origin, caller.token.scope, cloud.settings.offer), links });
}

function listOwnProjects({ request, cloud, caller }: IdentityCall): SimResponse {
  const ids = cloud.identity.grants
    .filter((grant) => grant.userId === caller.userId)
    .flatMap(({ scope }) => (scope.kind === 'project' ? [scope.projectId] : []));
  const projects = [...new Set(ids)].flatMap((id) => cloud.identity.projects.get(id) ?? []);
  return json(
    200,
    collection(
      request,
      'projects',
      projects.map((project) => projectView(request, project)),
    ),
  );
}

function subjectToken(cloud: Cloud, request: SimRequest): Token {
  const id = request.headers['x-subject-token'] ?? '';
  const subject = validToken(cloud, id);
  if (!subject) throw new Refusal(404, id === '' ? 'Could not find token: .' : 'Could not recognize Fernet token');
  return subject;
}

function tokenView(cloud: Cloud, request: SimRequest, subject: Token): JsonObject {
  const user = cloud.identity.users.get(subject.userId);
  return {
    token: {
      methods: subject.methods,
      user: {
        domain: domainView(cloud, user?.domainId),
        id: subject.userId,
        name: user?.name ?? '',
        password_expires_at: null,
      },
      audit_ids: [subject.auditId],
      expires_at: timestamp(subject.expiresAt),
      issued_at: timestamp(subject.issuedAt),
      ...scopeView(cloud, subject.scope),
      ...(subject.scope.kind === 'unscoped'
        ? {}
        : {
            roles: subject.roles.map(({ id, name }) => ({ id, name })),
            catalog: catalogue(request.origin, subject.scope, cloud.settings.offer),
          }),
      ...credentialView(cloud, subject),
    },
  };
}

function credentialView({ identity }: Cloud, { applicationCredentialId }: Token): JsonObject {
  const credential = identity.applicationCredentials.get(applicationCredentialId ?? '');
  if (!credential) return {};
  const { id, name, unrestricted } = credential;
  return { application_credential: { id, name, restricted: !unrestricted } };
}

function scopeView(cloud: Cloud, scope: Scope): JsonObject {
  if (scope.kind === 'system') return { system: { all: true } };
  if (scope.kind === 'domain') return { domain: domainView(cloud, scope.domainId) };
  if (scope.kind === 'unscoped') return {};
  const project = cloud.identity.projects.get(scope.projectId);
  const { id, name } = project ?? { id: scope.projectId, name: '' };
  return { project: { domain: domainView(cloud, project?.domainId), id, name }, is_domain: false };
}

function domainView(cloud: Cloud, id = 'default'): JsonObject {
  return { id, name: cloud.identity.domains.get(id)?.name ?? '' };
}

/** Keystone's notation, with microseconds. */
function timestamp(date: Date): string {
  return date.toISOString().replace('Z', '000Z');
}

function token(
  name: string,
  method: 'GET' | 'HEAD' | 'DELETE',
  rule: string,
  answer: IdentityHandle['answer'],
): Route<IdentityHandle> {
  const handle: IdentityHandle = { rule, grant: 'anyone', answer };
  return { operation: `identity/${name}`, method, path: '/v3/auth/tokens', handle };
}
