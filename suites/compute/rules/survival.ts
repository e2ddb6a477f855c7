/** Checks that the service does not fail with a 5xx status. */
import type { Exchange } from '../../../src/client/exchange.ts';
import { TransportError } from '../../../src/execution/errors.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import { goodBehaviour } from './sections.ts';

export const survives = goodBehaviour('No request is answered with a status of 500 or above.');

export function survived(response: Exchange): readonly Finding[] {
  // Behind a gateway, a service that crashes shows as a 502.
  if (!response.response) throw new TransportError(response);
  const { status } = response.response;
  return status < 500 ? [] : [{ kind: 'status', exchange: response.id, expected: [400], seen: status }];
}
