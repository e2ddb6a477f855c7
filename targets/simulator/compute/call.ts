/**
 * The input of an endpoint of the compute service: the request, its caller, and the negotiated microversion.
 */

import { includes } from '../../../src/microversion.ts';
import type { Cloud } from '../cloud.ts';
import type { Caller } from '../identity/caller.ts';
import type { EndpointCall } from '../kernel/run-endpoint.ts';
import type { Gate } from './behaviour.ts';

export interface ComputeCall extends EndpointCall {
  readonly requestId: string;
  readonly cloud: Cloud;
  readonly caller: Caller;
  /** Whether the path begins with `/v2`, which has no microversions and drops unknown members. */
  readonly legacy: boolean;
}

/** Whether the behaviour behind a gate is in force for this call. */
export function offers({ cloud, at }: ComputeCall, gate: Gate): boolean {
  return includes(cloud.behaviour.compute.gates[gate], at);
}
