/** Recognises the documented operation of a request, as the service reads it. */
import type { SentRequest } from '../client/exchange.ts';
import { headerValues } from '../client/exchange.ts';
import { operationFinder } from '../contract/find-operation.ts';
import type { Negotiation } from '../contract/model.ts';
import { requestedVersion } from '../contract/version-header.ts';
import type { TestedService } from '../execution/tested-service.ts';
import { includes, parseMicroversion, type Microversion, type MicroversionRange } from '../microversion.ts';
import type { Asked } from './derived-fault.ts';
import type { Recognise } from './tampered.ts';

export function recogniser({ contract, endpoint, range }: Omit<TestedService, 'schemas'>): Recognise {
  const base = new URL(endpoint).pathname.replace(/\/$/, '');
  const findOperation = operationFinder(contract.operations);
  const newest = range.last ?? range.first;
  return (request, otherwise) => {
    const { pathname } = new URL(request.url);
    if (!pathname.startsWith(`${base}/`)) return undefined;
    const wanted = requestedMicroversion(request, contract.microversions, range);
    const refusedVersion = !wanted || !includes(range, wanted);
    const { method, body } = request;
    const at = (microversion: Microversion): Asked | undefined => {
      const found = findOperation({ method, path: pathname.slice(base.length), body, microversion, otherwise });
      return found && { request, operation: found.operation.id, microversion, refusedVersion, path: found.path };
    };
    // An operation that later microversions lack is known by the first one.
    return refusedVersion ? (at(newest) ?? at(range.first)) : at(wanted);
  };
}

/** Undefined for a malformed one. */
function requestedMicroversion(
  { headers }: SentRequest,
  negotiation: Negotiation | undefined,
  range: MicroversionRange,
): Microversion | undefined {
  const text = negotiation && requestedVersion((name) => headerValues(headers, name), negotiation);
  if (text === undefined) return range.first;
  return text === 'latest' ? (range.last ?? range.first) : parseMicroversion(text);
}
