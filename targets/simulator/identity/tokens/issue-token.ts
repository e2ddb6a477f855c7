/**
 * Issues tokens: the only operation that needs none.
 */

import { randomBytes } from 'node:crypto';
import { type Endpoint, endpoint, single, unreadQuery } from '../../kernel/endpoint.ts';
import { refusalOf } from '../../kernel/refusal.ts';
import type { OpenCall } from '../call.ts';
import { unauthorized } from '../errors.ts';
import { type Token, tokenId } from '../state.ts';
import { claimIn, formRefusal, rolesFor, scopeIn } from './authenticate.ts';
import { subjectHeader, tokenFields } from './fields.ts';

export const issueToken: Endpoint = endpoint<OpenCall, Readonly<Record<never, never>>, Token>('identity/issue-token', {
  method: 'POST',
  path: '/v3/auth/tokens',
  query: unreadQuery,
  body: single('auth', { properties: { identity: {}, scope: {} } }),
  policy: { rule: 'issue_token' },
  checks: ['form', 'credentials', 'scope', 'assigned'],
  refusals: {
    form: ({ call: { body } }) => formRefusal(body),
    credentials: ({ call: { cloud, body } }) => refusalOf(() => claimIn(cloud, body)),
    scope: ({ call: { cloud, body } }) => refusalOf(() => scopeIn(cloud, body, claimIn(cloud, body))),
    assigned: ({ call: { cloud, body } }) => {
      const claim = claimIn(cloud, body);
      const scope = scopeIn(cloud, body, claim);
      return scope.kind !== 'unscoped' && rolesFor(cloud, claim, scope).length === 0 ? unauthorized() : undefined;
    },
  },
  result: newToken,
  effect: ({ call: { cloud } }, issued) => {
    cloud.identity.tokens.set(issued.id, issued);
  },
  success: [{ status: 201, content: 'item' }],
  response: { envelope: 'token', fields: tokenFields, headers: [subjectHeader] },
});

function newToken({ call: { cloud, body } }: { readonly call: OpenCall }): Token {
  const claim = claimIn(cloud, body);
  const scope = scopeIn(cloud, body, claim);
  const issuedAt = cloud.now();
  const full = new Date(issuedAt.getTime() + cloud.settings.tokenLifetime * 1000);
  return {
    id: tokenId(),
    auditId: randomBytes(16).toString('base64url'),
    methods: claim.methods,
    userId: claim.user.id,
    scope,
    roles: rolesFor(cloud, claim, scope),
    issuedAt,
    expiresAt: claim.notAfter && claim.notAfter < full ? claim.notAfter : full,
    applicationCredentialId: claim.credential?.id,
  };
}
