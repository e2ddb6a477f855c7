/**
 * What a handler of the compute service is given: the request, who asks, and the microversion that was agreed on.
 */

import type { Microversion, MicroversionRange } from '../../../src/microversion.ts';
import { includes } from '../../../src/microversion.ts';
import type { Cloud } from '../cloud.ts';
import type { Json, SimRequest, SimResponse } from '../http.ts';
import type { Caller } from '../identity/caller.ts';
import type { Gate } from './behaviour.ts';

export interface ComputeCall {
  readonly request: SimRequest;
  readonly requestId: string;
  readonly cloud: Cloud;
  readonly caller: Caller;
  readonly at: Microversion;
  /** Came in by `/v2`, where versions are unknown and surplus fields are dropped. */
  readonly legacy: boolean;
  /** Undefined when there was none or it is not read for this method. */
  readonly body: Json | undefined;
  readonly params: Readonly<Record<string, string>>;
}

export interface ComputeHandle {
  /** The microversions at which the operation exists; outside them it is a 404 in JSON. */
  readonly range?: MicroversionRange;
  readonly answer: (call: ComputeCall) => SimResponse | Promise<SimResponse>;
}

/** Whether the behaviour behind a gate is in force for this call. */
export function offers({ cloud, at }: ComputeCall, gate: Gate): boolean {
  return includes(cloud.behaviour.compute.gates[gate], at);
}
