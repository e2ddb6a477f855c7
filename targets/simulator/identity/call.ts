/**
 * The input of an endpoint of the identity service.
 */

import type { Cloud } from '../cloud.ts';
import type { Subject } from '../kernel/endpoint.ts';
import type { EndpointCall } from '../kernel/run-endpoint.ts';
import type { Caller } from './caller.ts';

/** Of an endpoint that needs no token. */
export interface OpenCall extends EndpointCall {
  readonly cloud: Cloud;
}

export interface IdentityCall extends OpenCall {
  readonly caller: Caller;
}

export type Of<Found> = Subject<IdentityCall, Found>;
