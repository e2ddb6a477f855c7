/**
 * The identity service: routes a request to its endpoint, and turns a refusal into Keystone's error response.
 */

import { microversion } from '../../../src/microversion.ts';
import type { Cloud } from '../cloud.ts';
import type { Handler } from '../handler.ts';
import { json, type Json, type SimRequest, type SimResponse, withHeaders } from '../kernel/http.ts';
import { badRequest, Refusal, UnexpectedError } from '../kernel/refusal.ts';
import { type Match, router } from '../kernel/router.ts';
import { routesOf } from '../kernel/run-endpoint.ts';
import type { IdentityCall, OpenCall } from './call.ts';
import { callerOf } from './caller.ts';
import { identityDocument } from './documents.ts';
import { guardedEndpoints, openEndpoints } from './endpoints.ts';
import { identityError, unauthorized } from './errors.ts';
import { identityCalls } from './identity-endpoint.ts';

const findOpen = router(routesOf<OpenCall>(openEndpoints, identityCalls));
const findGuarded = router(routesOf<IdentityCall>(guardedEndpoints, identityCalls));

export function identityRouter(method: string, path: string): Match<unknown> | undefined {
  return findOpen(method, path) ?? findGuarded(method, path);
}

/** The service has no microversions. */
const at = microversion('3.14');

export const identityService: Handler = async (request, cloud) => {
  const requestId = { Vary: 'X-Auth-Token', 'x-openstack-request-id': cloud.requestId() };
  return withHeaders(await answer(request, cloud), requestId);
};

async function answer(request: SimRequest, cloud: Cloud): Promise<SimResponse> {
  try {
    return identityDocument(request) ?? (await handle(request, cloud));
  } catch (error) {
    if (error instanceof UnexpectedError) return identityError(500, 'An unexpected error prevented a response.');
    if (!(error instanceof Refusal)) throw error;
    const shown = withHeaders(identityError(error.status, error.message), error.headers);
    const challenge = { 'WWW-Authenticate': `Keystone uri="${request.origin}/identity/v3"` };
    return error.status === 401 ? withHeaders(shown, challenge) : shown;
  }
}

async function handle(request: SimRequest, cloud: Cloud): Promise<SimResponse> {
  const { method, path } = request;
  const open = findOpen(method, path);
  if (open) {
    return open.route.handle.answer({ request, cloud, at, params: open.params, body: parsed(request) });
  }
  const match = findGuarded(method, path);
  if (!match) return methods.some((one) => identityRouter(one, path)) ? wrongMethod : unrouted();
  const caller = callerOf(cloud, request.headers['x-auth-token']);
  if (!caller) throw unauthorized();
  return match.route.handle.answer({ request, cloud, caller, at, params: match.params, body: parsed(request) });
}

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

const wrongMethod = json(405, { message: 'The method is not allowed for the requested URL.' });

function parsed({ body }: SimRequest): Json | undefined {
  if (body === '') return undefined;
  try {
    return JSON.parse(body ?? '?') as Json;
  } catch {
    throw badRequest('The server could not parse the request body: it is not JSON.');
  }
}

function unrouted(): SimResponse {
  const body =
    '<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n' +
    '<p>The requested URL was not found on the server.</p>\n';
  return { status: 404, headers: { 'Content-Type': 'text/html; charset=utf-8' }, body };
}
