/** Checks that the service does not fail with a 5xx status. */
import type { Exchange } from '../../../src/client/exchange.ts';
import { TransportError } from '../../../src/execution/errors.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import { goodBehaviour } from './sections.ts';

export const survives = goodBehaviour('No request is answered with a status of 500 or above.');

export function survived(reply: Exchange): readonly Finding[] {
  // Behind a gateway, a service that crashes shows as a 502.
  if (!reply.response) throw new TransportError(reply);
  const { status } = reply.response;
  return status < 500 ? [] : [{ kind: 'status', exchange: reply.id, expected: [400], seen: status }];
}
