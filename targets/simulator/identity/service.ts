/**
 * The identity service: routes a request to its handler, and turns a refusal into Keystone's error response.
 */

import type { Cloud } from '../cloud.ts';
import type { Handler } from '../handler.ts';
import type { Json, SimRequest, SimResponse } from '../kernel/http.ts';
import { json, withHeaders } from '../kernel/http.ts';
import { badRequest, forbidden, Refusal } from '../kernel/refusal.ts';
import { type Route, router } from '../kernel/router.ts';
import { applicationCredentialRoutes } from './application-credentials.ts';
import type { IdentityCall, IdentityGrant, IdentityHandle } from './call.ts';
import { callerOf } from './caller.ts';
import { identityDocument } from './documents.ts';
import { identityError, unauthorized } from './errors.ts';
import { grantRoutes } from './grants.ts';
import { projectRoutes } from './projects.ts';
import { issueToken, tokenRoutes } from './tokens.ts';
import { userRoutes } from './users.ts';

const issue = 'identity/issue-token';

const routes: readonly Route<IdentityHandle | typeof issue>[] = [
  { operation: issue, method: 'POST', path: '/v3/auth/tokens', handle: issue },
  ...tokenRoutes,
  ...projectRoutes,
  ...userRoutes,
  ...grantRoutes,
  ...applicationCredentialRoutes,
];

export const identityRouter = router(routes);

export const identityService: Handler = (request, cloud) => {
  const requestId = { Vary: 'X-Auth-Token', 'x-openstack-request-id': cloud.requestId() };
  return withHeaders(answer(request, cloud), requestId);
};

function answer(request: SimRequest, cloud: Cloud): SimResponse {
  try {
    return identityDocument(request) ?? handle(request, cloud);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const shown = withHeaders(identityError(error.status, error.message), error.headers);
    const challenge = { 'WWW-Authenticate': `Keystone uri="${request.origin}/identity/v3"` };
    return error.status === 401 ? withHeaders(shown, challenge) : shown;
  }
}

function handle(request: SimRequest, cloud: Cloud): SimResponse {
  const match = identityRouter(request.method, request.path);
  if (!match) return methods.some((one) => identityRouter(one, request.path)) ? wrongMethod : unrouted();
  const target = match.route.handle;
  if (target === issue) return issueToken(request, cloud, parsed(request));
  const caller = callerOf(cloud, request.headers['x-auth-token']);
  if (!caller) throw unauthorized();
  const query = new URLSearchParams(request.query);
  const call: IdentityCall = { request, cloud, caller, body: parsed(request), params: match.params, query };
  if (!isGranted(target.grant, call)) {
    throw forbidden(`You are not authorized to perform the requested action: identity:${target.rule}.`);
  }
  return target.answer(call);
}

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

const wrongMethod = json(405, { message: 'The method is not allowed for the requested URL.' });

function isGranted(grant: IdentityGrant, { caller, params }: IdentityCall): boolean {
  if (caller.roles.has('admin')) return true;
  switch (grant) {
    case 'anyone':
      return true;
    case 'self':
      return caller.userId === params.user_id;
    case 'own-project':
      return caller.projectId === params.project_id;
    case 'admin':
      return false;
  }
}

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
