/**
 * The input of an endpoint of the volume service.
 */

import type { Cloud } from '../cloud.ts';
import type { Caller } from '../identity/caller.ts';
import type { Subject } from '../kernel/endpoint.ts';
import type { EndpointCall } from '../kernel/run-endpoint.ts';

export interface VolumeCall extends EndpointCall {
  readonly cloud: Cloud;
  readonly caller: Caller;
}

export type Of<Found> = Subject<VolumeCall, Found>;
