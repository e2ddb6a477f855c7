/**
 * The response of releases that no longer have an operation, whatever the microversion of the request.
 */

import { compareMicroversions, microversion } from '../../../../src/microversion.ts';
import type { Check } from '../../kernel/checks.ts';
import type { Subject } from '../../kernel/endpoint.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { ComputeCall } from '../call.ts';

/** `maximum`: the newest microversion of the first release without it. */
export function removedSince(maximum: string): Check<Subject<ComputeCall, unknown>> {
  const first = microversion(maximum);
  return ({ call: { cloud } }) =>
    compareMicroversions(cloud.behaviour.compute.maximum, first) >= 0
      ? new Refusal(410, 'This resource is no longer available. No forwarding address is given.')
      : undefined;
}
