/**
 * Holding a body to its shape, with the leniency of the legacy endpoint.
 */

import type { Json } from '../http.ts';
import { badRequest, type Refusal } from '../refusal.ts';
import { departure, known, type Shape } from '../shape.ts';
import type { ComputeCall } from './call.ts';

/** The body as the operation reads it: on `/v2` without the properties that it does not know. */
export function readBody(call: ComputeCall, shape: Shape): Json | undefined {
  const { passesOverUnknownMembers } = call.cloud.behaviour.compute.protocol.legacy;
  const drops = call.legacy && passesOverUnknownMembers && call.body !== undefined;
  return drops ? known(shape, call.body, call.at) : call.body;
}

export function bodyRefusal(call: ComputeCall, shape: Shape): Refusal | undefined {
  if (call.legacy && !call.cloud.behaviour.compute.protocol.legacy.checksBodies) return undefined;
  const message = departure(shape, readBody(call, shape), call.at);
  return message === undefined ? undefined : badRequest(message);
}

/** @throws the refusal of `bodyRefusal`. */
export function checkedBody(call: ComputeCall, shape: Shape): Json | undefined {
  const refusal = bodyRefusal(call, shape);
  if (refusal) throw refusal;
  return readBody(call, shape);
}
