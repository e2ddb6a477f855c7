/**
 * Nova's error responses: a body with one key that names the kind of error.
 */

import { json, type SimResponse, withHeaders } from '../kernel/http.ts';
import type { UnauthorizedBehaviour } from './protocol.ts';

const names: Readonly<Record<number, string>> = {
  400: 'badRequest',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'itemNotFound',
  405: 'badMethod',
  409: 'conflictingRequest',
  413: 'overLimit',
  415: 'badMediaType',
  429: 'overLimit',
  501: 'notImplemented',
  503: 'serviceUnavailable',
};

export function computeError(status: number, message: string): SimResponse {
  const body = { [names[status] ?? 'computeFault']: { code: status, message } };
  return json(status, body, { 'Content-Type': 'application/json; charset=UTF-8' });
}

export function unforeseen(supportText: string, raised: string): SimResponse {
  return computeError(500, `Unexpected API Error. ${supportText}\n<class '${raised}'>`);
}

/** The response of the token filter in front of a service; Nova itself never sees the request. */
export function unauthenticated(
  origin: string,
  { challenge, errorBody }: UnauthorizedBehaviour = { challenge: true, errorBody: true },
): SimResponse {
  const message = 'The request you have made requires authentication.';
  const response = errorBody
    ? json(401, { error: { code: 401, title: 'Unauthorized', message } })
    : { status: 401, headers: { 'Content-Type': 'text/html; charset=UTF-8' }, body: 'Authentication required' };
  return challenge ? withHeaders(response, { 'WWW-Authenticate': `Keystone uri="${origin}/identity/v3"` }) : response;
}
