/**
 * The version documents of the identity service, which need no token.
 */

import { json, type JsonObject, type SimRequest, type SimResponse } from '../kernel/http.ts';

/** The response to `/` and `/v3`; undefined for any other path. */
export function identityDocument(request: SimRequest): SimResponse | undefined {
  const path = request.path.replace(/\/$/, '');
  if (path === '') {
    const Location = `${request.origin}/identity/v3/`;
    return json(300, { versions: { values: [version(request)] } }, { Location });
  }
  return path === '/v3' ? json(200, { version: version(request) }) : undefined;
}

function version({ origin }: SimRequest): JsonObject {
  return {
    id: 'v3.14',
    status: 'stable',
    updated: '2020-04-07T00:00:00Z',
    links: [{ rel: 'self', href: `${origin}/identity/v3/` }],
    'media-types': [{ base: 'application/json', type: 'application/vnd.openstack.identity-v3+json' }],
  };
}
