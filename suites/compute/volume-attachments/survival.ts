/** That the service does not break over a request. */
import type { Exchange } from '../../../src/client/exchange.ts';
import { TransportError } from '../../../src/conformance/errors.ts';
import type { Finding } from '../../../src/conformance/verdict.ts';
import { goodBehaviour } from './quotes.ts';

export const survives = goodBehaviour('No request is answered with a status of 500 or above.');

export function survived(reply: Exchange): readonly Finding[] {
  // Behind a gateway, a service that broke shows as a 502.
  if (!reply.response) throw new TransportError(reply);
  const { status } = reply.response;
  return status < 500 ? [] : [{ kind: 'status', exchange: reply.id, expected: [400], seen: status }];
}
