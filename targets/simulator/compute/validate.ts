/**
 * Validates a body against its shape, leniently at the legacy endpoint.
 */

import type { Json } from '../kernel/http.ts';
import { badRequest, type Refusal } from '../kernel/refusal.ts';
import { deviation, known, type Shape } from '../kernel/shape.ts';
import type { ComputeCall } from './call.ts';

/** The body as the operation reads it: at `/v2` without unknown properties. */
export function readBody(call: ComputeCall, shape: Shape): Json | undefined {
  const { ignoresUnknownMembers } = call.cloud.behaviour.compute.protocol.legacy;
  const drops = call.legacy && ignoresUnknownMembers && call.body !== undefined;
  return drops ? known(shape, call.body, call.at) : call.body;
}

export function bodyRefusal(call: ComputeCall, shape: Shape): Refusal | undefined {
  if (call.legacy && !call.cloud.behaviour.compute.protocol.legacy.checksBodies) return undefined;
  const message = deviation(shape, readBody(call, shape), call.at);
  return message === undefined ? undefined : badRequest(message);
}
