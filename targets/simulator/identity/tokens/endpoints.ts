/**
 * Tokens: show, check, revoke; and the catalogue and the projects of a token.
 */

import { type Endpoint, type Lookup, unreadQuery } from '../../kernel/endpoint.ts';
import { notFound, type Refusal } from '../../kernel/refusal.ts';
import type { IdentityCall, Of } from '../call.ts';
import { isValid } from '../caller.ts';
import { identityEndpoint } from '../identity-endpoint.ts';
import { listLinks } from '../links.ts';
import { projectFields } from '../projects/fields.ts';
import type { Project, Token } from '../state.ts';
import { catalogue } from './catalogue.ts';
import { subjectHeader, tokenFields } from './fields.ts';

interface OnToken {
  readonly subject: Token | undefined;
}

/** The token that a request is about, and not the one that it is made with. */
const subject: Lookup<IdentityCall, Token> = {
  noun: 'a token',
  id: ({ request }) => request.headers['x-subject-token'] ?? '',
  matches: ({ id }, text) => id === text,
  rows: ({ cloud }) => [...cloud.identity.tokens.values()].filter((token) => isValid(cloud, token)),
};

const onToken = {
  path: '/v3/auth/tokens',
  query: unreadQuery,
  lookups: { subject },
  checks: ['subject', 'role'],
  refusals: {
    subject: ({ call: { request }, found }: Of<OnToken>): Refusal | undefined => {
      if (found.subject) return undefined;
      const isNamed = (request.headers['x-subject-token'] ?? '') !== '';
      return notFound(isNamed ? 'Could not recognize Fernet token' : 'Could not find token: .');
    },
  },
  result: ({ found }: Of<OnToken>) => found.subject,
};

const userOfToken = ({ found }: Of<OnToken>): string | undefined => found.subject?.userId;

const showing = {
  ...onToken,
  policy: { rule: 'validate_token', user: userOfToken },
  success: [{ status: 200, content: 'item' as const }],
  response: { envelope: 'token', fields: tokenFields, headers: [subjectHeader] },
};

const showToken = identityEndpoint('identity/show-token', { ...showing, method: 'GET' });

const checkToken = identityEndpoint('identity/check-token', { ...showing, method: 'HEAD' });

const revokeToken = identityEndpoint('identity/revoke-token', {
  ...onToken,
  method: 'DELETE',
  policy: { rule: 'revoke_token', user: userOfToken },
  effect: ({ call: { cloud } }, { id }) => {
    cloud.identity.tokens.delete(id);
  },
  success: [{ status: 204, content: 'empty' }],
  unobservable: {
    'skip-effect': 'Services may cache a token for minutes after its revocation; the API promises nothing before.',
  },
});

const showCatalogue = identityEndpoint('identity/show-catalogue', {
  method: 'GET',
  path: '/v3/auth/catalog',
  query: unreadQuery,
  policy: { rule: 'get_auth_catalog' },
  checks: ['role'],
  result: ({ call: { caller } }) => caller.token,
  success: [{ status: 200, content: 'item' }],
  response: {
    fields: [
      {
        name: 'catalog',
        value: ({ call: { cloud, request }, item: { scope } }) =>
          catalogue(request.origin, scope, cloud.settings.offer),
      },
      {
        name: 'links',
        value: ({ call: { request } }) => ({
          self: `${request.origin}/identity/v3/auth/catalog`,
          next: null,
          previous: null,
        }),
      },
    ],
  },
});

const listOwnProjects = identityEndpoint('identity/list-own-projects', {
  method: 'GET',
  path: '/v3/auth/projects',
  query: unreadQuery,
  policy: { rule: 'get_auth_projects' },
  checks: ['role'],
  listing: { noun: 'projects', rows: projectsOfCaller },
  success: [{ status: 200, content: 'item' }],
  response: { envelope: 'projects', fields: projectFields, beside: [listLinks] },
});

export const tokenEndpoints: readonly Endpoint[] = [showToken, checkToken, revokeToken, showCatalogue, listOwnProjects];

function projectsOfCaller({ cloud: { identity }, caller }: IdentityCall): readonly Project[] {
  const ids = identity.grants
    .filter((grant) => grant.userId === caller.userId)
    .flatMap(({ scope }) => (scope.kind === 'project' ? [scope.projectId] : []));
  return [...new Set(ids)].flatMap((id) => identity.projects.get(id) ?? []);
}
