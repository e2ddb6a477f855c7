/**
 * The compute service: the steps common to all requests, in the order of their refusals.
 */

import { formatMicroversion, type Microversion } from '../../../src/microversion.ts';
import type { Cloud } from '../cloud.ts';
import { errorPage } from '../kernel/error-page.ts';
import type { Handler } from '../handler.ts';
import { type Json, type SimRequest, type SimResponse, withHeaders } from '../kernel/http.ts';
import { type Caller, callerOf } from '../identity/caller.ts';
import { badRequest, UnexpectedError, notFound, Refusal } from '../kernel/refusal.ts';
import { type Match, router } from '../kernel/router.ts';
import type { EndpointHandle } from '../kernel/run-endpoint.ts';
import type { ComputeCall } from './call.ts';
import { checkContentType, inRequestedType } from './content-types.ts';
import { choices, rootDocument, versionDocument } from './documents.ts';
import { computeError, unauthenticated, unforeseen } from './errors.ts';
import { negotiate, VersionRefusal, versionHeaders } from './negotiation.ts';
import { isUndecodable, routedMethod, unrouted } from './unknown-paths.ts';
import { isIdRefused, newRequestId, requestIdHeaders } from './request-ids.ts';
import { computeRoutes } from './routes.ts';

type Segment = 'v2' | 'v2.1';

const find = router(computeRoutes, ['', '/:project_id(^[0-9a-f-]+$)']);

/** Finds the operation of a path that still includes the version segment. */
export function computeRouter(method: string, path: string): Match<EndpointHandle<ComputeCall>> | undefined {
  const { segment, rest } = split(path);
  return segment === undefined ? undefined : find(method, rest);
}

export const computeService: Handler = async (request, cloud) => {
  const { segment, rest } = split(request.path);
  if (segment === undefined && /^\/*$/.test(request.path)) return root(request, cloud);
  if (request.method === 'OPTIONS' && rest !== '' && rest !== '/') return { status: 200, headers: {}, body: '' };
  if (segment === undefined) return choices(request, cloud);
  const requestId = newRequestId(cloud);
  return withHeaders(await versioned(request, cloud, segment, rest, requestId), requestIdHeaders(cloud, requestId));
};

function root(request: SimRequest, cloud: Cloud): SimResponse | Promise<SimResponse> {
  const { rootNeedsToken, rootChecksVersionHeaders } = cloud.behaviour.compute.protocol.documents;
  if (rootNeedsToken && !callerFor(request, cloud)) return unauthenticatedResponse(request, cloud);
  const answerRoot = (): SimResponse => rootDocument(request, cloud);
  return rootChecksVersionHeaders ? negotiated(request, cloud, false, answerRoot) : answerRoot();
}

async function versioned(
  request: SimRequest,
  cloud: Cloud,
  segment: Segment,
  rest: string,
  requestId: string,
): Promise<SimResponse> {
  const { maxBodyBytes, protocol, supportText } = cloud.behaviour.compute;
  const { documents, outside } = protocol;
  if (request.bodyBytes > maxBodyBytes) {
    return errorPage(request.headers.accept, 413, 'Request Entity Too Large', 'Request is too large.');
  }
  if (isIdRefused(request, cloud)) return computeError(400, 'Invalid request id.');
  const legacy = segment === 'v2';
  const caller = callerFor(request, cloud);
  if (rest === '' || rest === '/') {
    if (documents.versionNeedsToken && !caller) return unauthenticatedResponse(request, cloud);
    return negotiated(request, cloud, legacy, () => versionDocument(request, cloud, segment));
  }
  if (!caller) return unauthenticatedResponse(request, cloud);
  if (outside.undecodablePaths === 'break' && isUndecodable(rest)) {
    return unforeseen(supportText, 'builtins.UnicodeDecodeError');
  }
  const match = find(routedMethod(request.method, outside), rest);
  if (!match) return unrouted(request, outside, (method) => find(method, rest) !== undefined);
  return negotiated(request, cloud, legacy, (at) =>
    answer({ request, requestId, cloud, caller, at, legacy, params: match.params, body: undefined }, match),
  );
}

function callerFor({ headers }: SimRequest, cloud: Cloud): Caller | undefined {
  return callerOf(cloud, headers['x-auth-token']);
}

function unauthenticatedResponse({ origin }: SimRequest, cloud: Cloud): SimResponse {
  return unauthenticated(origin, cloud.behaviour.compute.protocol.unauthorized);
}

/** Continues at the requested version and names it in the response headers. */
async function negotiated(
  request: SimRequest,
  cloud: Cloud,
  legacy: boolean,
  next: (at: Microversion) => SimResponse | Promise<SimResponse>,
): Promise<SimResponse> {
  const { compute } = cloud.behaviour;
  const { appliesVersionHeaders, namesVersion } = compute.protocol.legacy;
  try {
    const at = legacy && !appliesVersionHeaders ? compute.minimum : negotiate(request, compute);
    const response = await attempt(() => next(at), compute.supportText);
    return legacy && !namesVersion ? response : withHeaders(response, versionHeaders(formatMicroversion(at)));
  } catch (error) {
    if (!(error instanceof VersionRefusal)) throw error;
    const { status, message, version } = error;
    const page = status === 406 && compute.protocol.negotiation.notAcceptable === 'page';
    const { accept } = request.headers;
    const shown = page ? errorPage(accept, status, 'Not Acceptable', message) : computeError(status, message);
    return version === undefined ? shown : withHeaders(shown, versionHeaders(version));
  }
}

async function attempt(run: () => SimResponse | Promise<SimResponse>, supportText: string): Promise<SimResponse> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof Refusal) return withHeaders(computeError(error.status, error.message), error.headers);
    if (error instanceof UnexpectedError) return unforeseen(supportText, error.raised);
    throw error;
  }
}

async function answer(call: ComputeCall, { route, params }: Match<EndpointHandle<ComputeCall>>): Promise<SimResponse> {
  const { request, cloud, caller } = call;
  const { exists, answer: handler } = route.handle;
  if (exists?.(call) === false) throw notFound('The resource could not be found.');
  checkContentType(request, cloud.behaviour.compute.protocol.contentTypes);
  const body = parsedBody(request);
  checkDepth(body, cloud.behaviour.compute.crashingDepth);
  checkProject(params.project_id, caller);
  return inRequestedType(request, await handler({ ...call, body }));
}

function parsedBody({ method, body, bodyBytes }: SimRequest): Json | undefined {
  if ((method !== 'POST' && method !== 'PUT') || bodyBytes === 0) return undefined;
  try {
    return JSON.parse(body ?? '?') as Json;
  } catch {
    throw badRequest('Malformed request body');
  }
}

/** Older interpreters fail on deeply nested bodies. */
function checkDepth(body: Json | undefined, crashing = Infinity): void {
  let level = [body];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > crashing) throw new UnexpectedError('builtins.RecursionError');
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []));
  }
}

function checkProject(named: string | undefined, caller: Caller): void {
  if (named === undefined || named === caller.projectId) return;
  const own = caller.projectId ?? 'None';
  throw badRequest(`Malformed request URL: URL's project_id '${named}' doesn't match Context's project_id '${own}'`);
}

function split(path: string): { readonly segment: Segment | undefined; readonly rest: string } {
  const match = /^\/+(v2\.1|v2)(\/.*)?$/s.exec(path);
  return { segment: match?.[1] as Segment | undefined, rest: match?.[2] ?? '' };
}
