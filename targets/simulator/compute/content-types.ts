/**
 * The accepted Content-Types, and the Content-Type of responses.
 */

import { type SimRequest, type SimResponse, withHeaders } from '../kernel/http.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { ContentTypeBehaviour } from './protocol.ts';

/** @throws Refusal with 415 for a type that is not accepted. */
export function checkContentType({ headers, bodyBytes }: SimRequest, rules: ContentTypeBehaviour): void {
  const given = headers['content-type'] ?? '';
  const spelled = (rules.parameters ? (given.split(';')[0] ?? '') : given).trim();
  const type = rules.inAnyCase ? spelled.toLowerCase() : spelled;
  const passes = type === '' ? bodyBytes === 0 || !rules.needed : rules.known.includes(type);
  if (!passes) throw new Refusal(415, 'Unsupported Content-Type');
}

/** Uses the vendor's JSON type if the request asks for it. */
export function inRequestedType({ headers }: SimRequest, response: SimResponse): SimResponse {
  const vendor = 'application/vnd.openstack.compute+json';
  const wanted = headers.accept?.split(',').some((one) => one.split(';')[0]?.trim() === vendor) === true;
  const plain = response.headers['Content-Type'] === 'application/json';
  return wanted && plain ? withHeaders(response, { 'Content-Type': vendor }) : response;
}
