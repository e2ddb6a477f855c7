/** A client that applies a derived fault to requests under test and observations. */
import type { ReceivedResponse, SentRequest } from '../client/exchange.ts';
import type { HttpClient, HttpOutcome } from '../client/http-client.ts';
import type { OperationId } from '../contract/model.ts';
import type { Asked, DerivedFault } from './derived-fault.ts';
import { tamperedHeader } from './trial.ts';

/** Names the fault that applies to a request; removed before the request reaches a service. */
export const faultHeader = 'x-mutation-fault';

/** Names the identity of the request, for the proxy only. */
export const identityHeader = 'x-mutation-identity';

/** `otherwise`: the operation of a request whose body shows none of those that share its call. */
export type Recognise = (request: SentRequest, otherwise?: OperationId) => Asked | undefined;

export function tampered(http: HttpClient, fault: DerivedFault, recognise: Recognise): HttpClient {
  return {
    send: (request, identity) => sendThrough(request, fault, recognise, (plain) => http.send(plain, identity)),
    close: http.close,
  };
}

export async function sendThrough(
  request: SentRequest,
  fault: DerivedFault | undefined,
  recognise: Recognise,
  forward: (request: SentRequest) => Promise<HttpOutcome>,
): Promise<HttpOutcome> {
  const marked = request.headers.some(([name]) => name === faultHeader);
  const plain = {
    ...request,
    headers: request.headers.filter(([name]) => name !== faultHeader && name !== identityHeader),
  };
  if (!marked || !fault) return forward(plain);
  const asked = recognise(plain, fault.operation);
  if (!asked || !meets(fault, asked)) return forward(plain);
  const own = fault.respond?.(asked);
  if (own) return { response: mark(own, fault) };
  const outcome = await forward(plain);
  const changed = outcome.response && fault.change?.(asked, outcome.response);
  return changed ? { response: mark(changed, fault) } : outcome;
}

/** Whether a fault applies to a request. */
export function meets({ operation, versions }: DerivedFault, asked: Asked): boolean {
  return asked.operation === operation && asked.refusedVersion === (versions === 'refused');
}

function mark(response: ReceivedResponse, { id }: DerivedFault): ReceivedResponse {
  return { ...response, headers: [...response.headers, [tamperedHeader, id]] };
}
