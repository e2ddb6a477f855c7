/**
 * The input of a handler of the compute service: the request, its caller, and the negotiated microversion.
 */

import type { Microversion } from '../../../src/microversion.ts';
import { includes } from '../../../src/microversion.ts';
import type { Cloud } from '../cloud.ts';
import type { Json, SimRequest, SimResponse } from '../kernel/http.ts';
import type { Caller } from '../identity/caller.ts';
import type { Gate } from './behaviour.ts';

export interface ComputeCall {
  readonly request: SimRequest;
  readonly requestId: string;
  readonly cloud: Cloud;
  readonly caller: Caller;
  readonly at: Microversion;
  /** Whether the path begins with `/v2`, which has no microversions and drops unknown members. */
  readonly legacy: boolean;
  /** Undefined if the request has none or the method reads none. */
  readonly body: Json | undefined;
  readonly params: Readonly<Record<string, string>>;
}

export interface ComputeHandle {
  /** Whether the operation exists at the microversion of the call; otherwise it is a 404 in JSON. */
  readonly exists?: (call: ComputeCall) => boolean;
  readonly answer: (call: ComputeCall) => SimResponse | Promise<SimResponse>;
}

/** Whether the behaviour behind a gate is in force for this call. */
export function offers({ cloud, at }: ComputeCall, gate: Gate): boolean {
  return includes(cloud.behaviour.compute.gates[gate], at);
}
