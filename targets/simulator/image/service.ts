/**
 * The image service: routes a request to its endpoint, and writes refusals as pages of its web framework.
 */

import { microversion } from '../../../src/microversion.ts';
import type { Handler } from '../handler.ts';
import { callerOf } from '../identity/caller.ts';
import { errorPage } from '../kernel/error-page.ts';
import { json, type SimRequest, type SimResponse, withHeaders } from '../kernel/http.ts';
import { Refusal, UnexpectedError } from '../kernel/refusal.ts';
import { router } from '../kernel/router.ts';
import { routesOf } from '../kernel/run-endpoint.ts';
import { imageCalls } from './image-endpoint.ts';
import { imageServiceEndpoints } from './endpoints.ts';

export const imageRouter = router(routesOf(imageServiceEndpoints, imageCalls));

const at = microversion('2.17');

export const imageService: Handler = async (request, cloud) => {
  if (/^\/*$/.test(request.path)) return versions(request, 300);
  if (request.path === '/versions') return versions(request, 200);
  const caller = callerOf(cloud, request.headers['x-auth-token']);
  if (!caller) return unauthenticated(request);
  const match = imageRouter(request.method, request.path);
  if (!match) return page(request, 404, 'The resource could not be found.');
  try {
    return await match.route.handle.answer({ request, cloud, caller, at, params: match.params, body: undefined });
  } catch (error) {
    if (error instanceof Refusal) return page(request, error.status, error.message);
    if (error instanceof UnexpectedError) return page(request, 500, 'The server has failed to process the request.');
    throw error;
  }
};

function versions({ origin }: SimRequest, status: number): SimResponse {
  const links = [{ rel: 'self', href: `${origin}/image/v2/` }];
  const older = ['v2.15', 'v2.9', 'v2.7', 'v2.0'].map((id) => ({ id, status: 'SUPPORTED', links }));
  return json(status, { versions: [{ id: 'v2.17', status: 'CURRENT', links }, ...older] });
}

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
};

function page(request: SimRequest, status: number, text: string): SimResponse {
  return errorPage(request.headers.accept, status, titles[status] ?? 'Internal Server Error', text);
}

function unauthenticated(request: SimRequest): SimResponse {
  const text = 'This server could not verify that you are authorized to access the document you requested.';
  return withHeaders(page(request, 401, text), { 'WWW-Authenticate': `Keystone uri="${request.origin}/identity/v3"` });
}
