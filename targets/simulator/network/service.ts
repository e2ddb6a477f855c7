/**
 * The network service: routes a request to its endpoint, and writes refusals in its own form.
 */

import { microversion } from '../../../src/microversion.ts';
import type { Handler } from '../handler.ts';
import { callerOf } from '../identity/caller.ts';
import { json, jsonIn, type SimRequest, type SimResponse, withHeaders } from '../kernel/http.ts';
import { Refusal, UnexpectedError } from '../kernel/refusal.ts';
import { router } from '../kernel/router.ts';
import { routesOf } from '../kernel/run-endpoint.ts';
import { networkServiceEndpoints } from './endpoints.ts';
import { networkCalls } from './network-endpoint.ts';

export const networkRouter = router(routesOf(networkServiceEndpoints, networkCalls));

const at = microversion('2.0');

export const networkService: Handler = async (request, cloud) => {
  if (/^\/*$/.test(request.path)) return versions(request);
  const caller = callerOf(cloud, request.headers['x-auth-token']);
  if (!caller) return unauthenticated(request);
  const match = networkRouter(request.method, request.path);
  if (!match) return refusal('HTTPNotFound', 404, 'The resource could not be found.');
  try {
    const body = jsonIn(request);
    return await match.route.handle.answer({ request, cloud, caller, at, params: match.params, body });
  } catch (error) {
    if (error instanceof Refusal) return refusal('Refused', error.status, error.message);
    if (error instanceof UnexpectedError) return refusal('HTTPInternalServerError', 500, 'Request failed.');
    throw error;
  }
};

function versions({ origin }: SimRequest): SimResponse {
  const links = [{ rel: 'self', href: `${origin}/network/v2.0/` }];
  return json(200, { versions: [{ id: 'v2.0', status: 'CURRENT', links }] });
}

function refusal(type: string, status: number, message: string): SimResponse {
  return json(status, { NeutronError: { type, message, detail: '' } });
}

function unauthenticated(request: SimRequest): SimResponse {
  const response = refusal('HTTPUnauthorized', 401, 'The request you have made requires authentication.');
  return withHeaders(response, { 'WWW-Authenticate': `Keystone uri="${request.origin}/identity/v3"` });
}
