/**
 * The volume service: routes a request to its handler at the requested microversion.
 */

import {
  compareMicroversions,
  formatMicroversion,
  type Microversion,
  parseMicroversion,
} from '../../../src/microversion.ts';
import type { Cloud } from '../cloud.ts';
import { computeError, unauthenticated } from '../compute/errors.ts';
import { errorPage } from '../kernel/error-page.ts';
import type { Handler } from '../handler.ts';
import { json, type Json, type SimRequest, type SimResponse, withHeaders } from '../kernel/http.ts';
import { callerOf } from '../identity/caller.ts';
import { badRequest, notFound, Refusal } from '../kernel/refusal.ts';
import { type Match, router } from '../kernel/router.ts';
import { attachmentRoutes } from './attachments.ts';
import { isOffered, type VolumeHandle } from './call.ts';
import { typeAndQuotaRoutes } from './types-and-quotas.ts';
import { volumeActionRoutes } from './volume-actions.ts';
import { volumeRoutes } from './volumes.ts';

export const blockStorageRouter = router(
  [...volumeRoutes, ...volumeActionRoutes, ...attachmentRoutes, ...typeAndQuotaRoutes],
  ['/v3/:project_id(^[0-9a-f-]+$)', '/v3'],
);

export const blockStorageService: Handler = (request, cloud) => {
  const requestId = cloud.requestId();
  return withHeaders(answer(request, cloud, requestId), { 'x-openstack-request-id': requestId });
};

function answer(request: SimRequest, cloud: Cloud, requestId: string): SimResponse {
  const early = { 'x-compute-request-id': requestId };
  if (/^\/*$/.test(request.path)) return withHeaders(versions(request, cloud, 300), early);
  const caller = callerOf(cloud, request.headers['x-auth-token']);
  if (/^\/v3\/?$/.test(request.path) && request.method === 'GET') {
    return withHeaders(versions(request, cloud, 200), early);
  }
  if (!caller) return unauthenticated(request.origin);
  const match = blockStorageRouter(request.method, request.path);
  if (!match) return errorPage(request.headers.accept, 404, 'Not Found', 'The resource could not be found.');
  const response = negotiated(request, cloud, (at) => {
    if (!isOffered(match.route.handle, at)) throw notFound('The resource could not be found.');
    const call = { request, requestId, cloud, caller, at, params: match.params };
    checkProject(match, caller.projectId);
    const query = new URLSearchParams(request.query);
    return match.route.handle.answer({ ...call, body: parsed(request), query });
  });
  return withHeaders(response, early);
}

function negotiated(request: SimRequest, cloud: Cloud, next: (at: Microversion) => SimResponse): SimResponse {
  let at: Microversion | undefined;
  try {
    at = versionOf(request, cloud);
    return withHeaders(next(at), versionHeaders(formatMicroversion(at)));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const shown = withHeaders(computeError(error.status, error.message), {
      'Content-Type': 'application/json',
      ...error.headers,
    });
    return at ? withHeaders(shown, versionHeaders(formatMicroversion(at))) : shown;
  }
}

function versionOf({ headers }: SimRequest, cloud: Cloud): Microversion {
  const { minimum, maximum } = cloud.behaviour.blockStorage;
  const entry = (headers['openstack-api-version'] ?? '')
    .split(',')
    .map((one) => one.trim().split(/\s+/))
    .findLast(([service]) => service?.toLowerCase() === 'volume');
  const text = entry?.[1];
  if (text === undefined) return minimum;
  if (text === 'latest') return maximum;
  const version = parseMicroversion(text);
  if (!version) {
    throw new Refusal(400, `API Version String ${text} is of invalid format. Must be of format MajorNum.MinorNum.`);
  }
  if (compareMicroversions(version, minimum) >= 0 && compareMicroversions(version, maximum) <= 0) return version;
  const limits = `Minimum is ${formatMicroversion(minimum)} and maximum is ${formatMicroversion(maximum)}.`;
  throw new Refusal(406, `Version ${text} is not supported by the API. ${limits}`, versionHeaders(text));
}

function checkProject({ params }: Match<VolumeHandle>, projectId: string | undefined): void {
  if (params.project_id !== undefined && params.project_id !== projectId) throw badRequest('Malformed request url');
}

function parsed({ method, body, bodyBytes }: SimRequest): Json | undefined {
  if ((method !== 'POST' && method !== 'PUT') || bodyBytes === 0) return undefined;
  try {
    return JSON.parse(body ?? '?') as Json;
  } catch {
    throw badRequest('Malformed request body');
  }
}

function versions({ origin }: SimRequest, cloud: Cloud, status: number): SimResponse {
  const { minimum, maximum } = cloud.behaviour.blockStorage;
  const version = {
    id: 'v3.0',
    status: 'CURRENT',
    version: formatMicroversion(maximum),
    min_version: formatMicroversion(minimum),
    updated: '2023-08-31T00:00:00Z',
    links: [
      { rel: 'describedby', type: 'text/html', href: 'https://docs.openstack.org/' },
      { rel: 'self', href: `${origin}/volume/v3/` },
    ],
    'media-types': [{ base: 'application/json', type: 'application/vnd.openstack.volume+json;version=3' }],
  };
  return withHeaders(json(status, { versions: [version] }), versionHeaders(formatMicroversion(minimum)));
}

function versionHeaders(version: string): Readonly<Record<string, string>> {
  return { 'OpenStack-API-Version': `volume ${version}`, Vary: 'OpenStack-API-Version' };
}
