/**
 * The compute service: the stages that every request passes, in the order in which they turn it down.
 */

import { formatMicroversion, includes, type Microversion } from '../../../src/microversion.ts';
import type { Cloud } from '../cloud.ts';
import { emptyErrorPage, errorPage } from '../error-page.ts';
import { type Handler, type Json, type SimRequest, type SimResponse, withHeaders } from '../http.ts';
import { type Caller, callerOf } from '../identity/caller.ts';
import { badRequest, Mishap, notFound, Refusal } from '../refusal.ts';
import { type Match, router } from '../router.ts';
import type { ComputeCall, ComputeHandle } from './call.ts';
import { choices, rootDocument, versionDocument } from './documents.ts';
import { computeError, unauthenticated, unforeseen } from './errors.ts';
import { negotiate, NotAcceptable, versionHeaders } from './negotiation.ts';
import { computeRoutes } from './routes.ts';

type Segment = 'v2' | 'v2.1';

const find = router(computeRoutes, ['', '/:project_id(^[0-9a-f-]+$)']);

/** The operation of a path with its version, for those who only want to know its name. */
export function computeRouter(method: string, path: string): Match<ComputeHandle> | undefined {
  const { segment, rest } = split(path);
  return segment === undefined ? undefined : find(method, rest);
}

export const computeService: Handler = async (request, cloud) => {
  const { segment, rest } = split(request.path);
  if (segment === undefined && /^\/*$/.test(request.path)) return rootDocument(request, cloud);
  if (request.method === 'OPTIONS' && rest !== '' && rest !== '/') return { status: 200, headers: {}, body: '' };
  if (segment === undefined) return choices(request, cloud);
  const requestId = cloud.requestId();
  const ids = { 'x-openstack-request-id': requestId, 'x-compute-request-id': requestId };
  return withHeaders(await versioned(request, cloud, segment, rest, requestId), ids);
};

async function versioned(
  request: SimRequest,
  cloud: Cloud,
  segment: Segment,
  rest: string,
  requestId: string,
): Promise<SimResponse> {
  const { maxBodyBytes } = cloud.behaviour.compute;
  const { accept } = request.headers;
  if (request.bodyBytes > maxBodyBytes) {
    return errorPage(accept, 413, 'Request Entity Too Large', 'Request is too large.');
  }
  const legacy = segment === 'v2';
  if (rest === '' || rest === '/') {
    return negotiated(request, cloud, legacy, () => versionDocument(request, cloud, segment));
  }
  const caller = callerOf(cloud, request.headers['x-auth-token']);
  if (!caller) return unauthenticated(request.origin);
  const match = find(request.method, rest);
  if (!match && request.method === 'HEAD') return emptyErrorPage(404);
  if (!match) return errorPage(accept, 404, 'Not Found', 'The resource could not be found.');
  return negotiated(request, cloud, legacy, (at) =>
    answer({ request, requestId, cloud, caller, at, legacy, params: match.params, body: undefined }, match),
  );
}

/** Runs the rest of the way at the version asked for, and says so in the answer's headers. */
async function negotiated(
  request: SimRequest,
  cloud: Cloud,
  legacy: boolean,
  next: (at: Microversion) => SimResponse | Promise<SimResponse>,
): Promise<SimResponse> {
  const { compute } = cloud.behaviour;
  try {
    const at = legacy ? compute.minimum : negotiate(request, compute);
    const response = await attempt(() => next(at), compute.supportText);
    return legacy ? response : withHeaders(response, versionHeaders(formatMicroversion(at)));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const shown = computeError(error.status, error.message);
    return error instanceof NotAcceptable ? withHeaders(shown, versionHeaders(error.version)) : shown;
  }
}

async function attempt(run: () => SimResponse | Promise<SimResponse>, supportText: string): Promise<SimResponse> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof Refusal) return withHeaders(computeError(error.status, error.message), error.headers);
    if (error instanceof Mishap) return unforeseen(supportText, error.raised);
    throw error;
  }
}

async function answer(call: ComputeCall, { route, params }: Match<ComputeHandle>): Promise<SimResponse> {
  const { request, cloud, caller } = call;
  const { range, answer: handler } = route.handle;
  if (range && !includes(range, call.at)) throw notFound('The resource could not be found.');
  checkContentType(request, cloud);
  const body = parsedBody(request);
  checkDepth(body, cloud.behaviour.compute.crashingDepth);
  checkProject(params.project_id, caller);
  return inWantedType(request, await handler({ ...call, body }));
}

function checkContentType({ headers }: SimRequest, cloud: Cloud): void {
  const type = (headers['content-type'] ?? '').split(';')[0]?.trim() ?? '';
  if (type === '' || cloud.behaviour.compute.contentTypes.includes(type)) return;
  throw new Refusal(415, 'Unsupported Content-Type');
}

function parsedBody({ method, body, bodyBytes }: SimRequest): Json | undefined {
  if ((method !== 'POST' && method !== 'PUT') || bodyBytes === 0) return undefined;
  try {
    return JSON.parse(body ?? '?') as Json;
  } catch {
    throw badRequest('Malformed request body');
  }
}

/** Interpreters of old give up on what is nested too deeply. */
function checkDepth(body: Json | undefined, crashing = Infinity): void {
  let level = [body];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > crashing) throw new Mishap('builtins.RecursionError');
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []));
  }
}

function checkProject(named: string | undefined, caller: Caller): void {
  if (named === undefined || named === caller.projectId) return;
  const own = caller.projectId ?? 'None';
  throw badRequest(`Malformed request URL: URL's project_id '${named}' doesn't match Context's project_id '${own}'`);
}

/** The vendor's JSON type, when it is the one asked for. */
function inWantedType({ headers }: SimRequest, response: SimResponse): SimResponse {
  const vendor = 'application/vnd.openstack.compute+json';
  const wanted = headers.accept?.split(',').some((one) => one.split(';')[0]?.trim() === vendor) === true;
  const plain = response.headers['Content-Type'] === 'application/json';
  return wanted && plain ? withHeaders(response, { 'Content-Type': vendor }) : response;
}

function split(path: string): { readonly segment: Segment | undefined; readonly rest: string } {
  const match = /^\/+(v2\.1|v2)(\/.*)?$/s.exec(path);
  return { segment: match?.[1] as Segment | undefined, rest: match?.[2] ?? '' };
}
