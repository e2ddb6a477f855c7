/**
 * The two headers that identify a request in the logs.
 */

import type { Cloud } from '../cloud.ts';
import type { SimRequest, SimResponse } from '../kernel/http.ts';

/** The id of a service that generates only one. */
const repeatedId = 'req-5f0c31b6-8a4e-4c0b-9d53-2f6de4a1c7b0';

export function newRequestId(cloud: Cloud): string {
  return cloud.behaviour.compute.protocol.requestIds.unique ? cloud.requestId() : repeatedId;
}

export function requestIdHeaders(cloud: Cloud, requestId: string): SimResponse['headers'] {
  const { agree } = cloud.behaviour.compute.protocol.requestIds;
  return { 'x-openstack-request-id': requestId, 'x-compute-request-id': agree ? requestId : cloud.requestId() };
}

/** Whether the request is refused because of its global request id. */
export function isIdRefused({ headers }: SimRequest, cloud: Cloud): boolean {
  const id = headers['x-openstack-request-id'];
  return id !== undefined && cloud.behaviour.compute.protocol.requestIds.refusesGlobal(id);
}
