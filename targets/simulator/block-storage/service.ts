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
import { badRequest, notFound, Refusal, UnexpectedError } from '../kernel/refusal.ts';
import { router } from '../kernel/router.ts';
import { routesOf } from '../kernel/run-endpoint.ts';
import { blockStorageEndpoints } from './endpoints.ts';
import { storageCalls } from './storage-endpoint.ts';

export const blockStorageRouter = router(routesOf(blockStorageEndpoints, storageCalls), [
  '/v3/:project_id(^[0-9a-f-]+$)',
  '/v3',
]);

export const blockStorageService: Handler = async (request, cloud) => {
  const requestId = cloud.requestId();
  return withHeaders(await answer(request, cloud, requestId), { 'x-openstack-request-id': requestId });
};

async function answer(request: SimRequest, cloud: Cloud, requestId: string): Promise<SimResponse> {
  const early = { 'x-compute-request-id': requestId };
  if (/^\/*$/.test(request.path)) return withHeaders(versions(request, cloud, 300), early);
  const caller = callerOf(cloud, request.headers['x-auth-token']);
  if (/^\/v3\/?$/.test(request.path) && request.method === 'GET') {
    return withHeaders(versions(request, cloud, 200), early);
  }
  if (!caller) return unauthenticated(request.origin);
  const match = blockStorageRouter(request.method, request.path);
  if (!match) return errorPage(request.headers.accept, 404, 'Not Found', 'The resource could not be found.');
  const { params, route } = match;
  const response = await negotiated(request, cloud, (at) => {
    const call = { request, cloud, caller, at, params, body: undefined };
    if (route.handle.exists?.(call) === false) throw notFound('The resource could not be found.');
    checkProject(params.project_id, caller.projectId);
    return route.handle.answer({ ...call, body: parsed(request) });
  });
  return withHeaders(response, early);
}

async function negotiated(
  request: SimRequest,
  cloud: Cloud,
  next: (at: Microversion) => Promise<SimResponse>,
): Promise<SimResponse> {
  let at: Microversion | undefined;
  try {
    at = versionOf(request, cloud);
    return withHeaders(await next(at), versionHeaders(formatMicroversion(at)));
  } catch (error) {
    const shown = refused(error);
    return at ? withHeaders(shown, versionHeaders(formatMicroversion(at))) : shown;
  }
}

function refused(error: unknown): SimResponse {
  const type = { 'Content-Type': 'application/json' };
  if (error instanceof UnexpectedError) return withHeaders(computeError(500, 'The server has erred.'), type);
  if (!(error instanceof Refusal)) throw error;
  return withHeaders(computeError(error.status, error.message), { ...type, ...error.headers });
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

function checkProject(named: string | undefined, projectId: string | undefined): void {
  if (named !== undefined && named !== projectId) throw badRequest('Malformed request url');
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
