/**
 * Responses to requests that match no operation: an unknown path, or a method that the path does not have.
 */

import { emptyErrorPage, errorPage } from '../kernel/error-page.ts';
import { type SimRequest, type SimResponse, withHeaders } from '../kernel/http.ts';
import { computeError } from './errors.ts';
import type { OutsideBehaviour } from './protocol.ts';

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

const errors = {
  404: ['Not Found', 'The resource could not be found.'],
  405: ['Method Not Allowed', 'The resource has no such method.'],
} as const;

export function unrouted(
  request: SimRequest,
  rules: OutsideBehaviour,
  isRoute: (method: string) => boolean,
): SimResponse {
  const others = methods.filter((method) => isRoute(routedMethod(method, rules)));
  const status = others.length === 0 ? 404 : rules.otherMethods;
  const [title, text] = errors[status];
  const headers = status === 405 && rules.sendsAllow ? { Allow: others.join(', ') } : {};
  return withHeaders(error(request, rules, status, title, text), headers);
}

/** The method by which to look an operation up. */
export function routedMethod(method: string, { answersHead }: OutsideBehaviour): string {
  return answersHead && method === 'HEAD' ? 'GET' : method;
}

export function isUndecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return false;
  } catch {
    return true;
  }
}

function error(
  { headers, method }: SimRequest,
  rules: OutsideBehaviour,
  status: number,
  title: string,
  text: string,
): SimResponse {
  if (rules.errors === 'bodies') return computeError(status, text);
  return method === 'HEAD' ? emptyErrorPage(status) : errorPage(headers.accept, status, title, text);
}
