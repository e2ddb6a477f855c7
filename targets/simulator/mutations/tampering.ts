/** Generated faults that tamper with the requests and responses of one endpoint. */

import type { Fault } from '../faults/fault.ts';
import type { Tamper } from '../handler.ts';
import type { Endpoint } from '../kernel/endpoint.ts';
import { jsonIn, type SimRequest } from '../kernel/http.ts';

/** An endpoint. */
export interface Tampered {
  readonly endpoint: Endpoint;
  /** The operation that requests of its call count as unless their body shows another one. */
  readonly otherwise: string | undefined;
}

/** `summary` is completed by the name of the endpoint. */
export function tampering({ endpoint, otherwise }: Tampered, id: string, summary: string, tamper: Tamper): Fault {
  const { operation } = endpoint;
  return {
    id: `${operation}:${id}`,
    summary: `${summary} the endpoint ${operation.split('/')[1] ?? operation}.`,
    generated: true,
    kind: 'tamper',
    operations: otherwise === undefined ? [operation] : [operation, otherwise],
    tamper: otherwise === undefined ? tamper : onRequestsOf(endpoint, tamper),
  };
}

/** Also on requests whose body does not show which of the operations of its call they are for. */
function onRequestsOf({ operation, choice }: Endpoint, tamper: Tamper): Tamper {
  const concerns = (request: SimRequest): boolean =>
    request.operation === operation ||
    (choice !== undefined && choice.named(jsonIn(request), request.params) === undefined);
  return (next) => {
    const tampered = tamper(next);
    return (request, cloud) => (concerns(request) ? tampered(request, cloud) : next(request, cloud));
  };
}
