/** Operators on what is judged before an endpoint runs: a later step of the service, or a lookup, comes first. */

import type { Cloud } from '../cloud.ts';
import type { ComputeCall } from '../compute/call.ts';
import { checkContentType } from '../compute/content-types.ts';
import { computeError } from '../compute/errors.ts';
import { negotiate } from '../compute/negotiation.ts';
import type { Fault } from '../faults/fault.ts';
import type { Tamper } from '../handler.ts';
import { callerOf } from '../identity/caller.ts';
import type { Endpoint } from '../kernel/endpoint.ts';
import { jsonIn, type SimRequest } from '../kernel/http.ts';
import { badRequest, Refusal } from '../kernel/refusal.ts';
import { type Tampered, tampering } from './tampering.ts';

export function earlyCheckFaults(tampered: Tampered): readonly Fault[] {
  const { body, lookups } = tampered.endpoint.rules;
  const early = (id: string, summary: string, check: EarlyCheck): Fault =>
    tampering(tampered, `check-order:${id}`, summary, upFront(check));
  const [outermost] = Object.keys(lookups);
  return [
    early('microversion-before-token', 'The microversion is checked before the token by', (request, cloud) => {
      negotiate(request, cloud.behaviour.compute);
    }),
    ...(body
      ? [
          early(
            'content-type-before-microversion',
            'The content type is checked before the microversion by',
            (request, cloud) => {
              if (isKnown(request, cloud)) checkContentType(request, cloud.behaviour.compute.protocol.contentTypes);
            },
          ),
          early(
            'parse-before-content-type',
            'The body is parsed before its content type is checked by',
            (request, cloud) => {
              if (isServed(request, cloud) && jsonIn(request) === undefined) throw badRequest('Malformed request body');
            },
          ),
          ...(outermost !== undefined && tampered.endpoint.path.includes('/:')
            ? [
                early(
                  `${outermost}-before-parse`,
                  `The lookup ${outermost} comes before the body is parsed by`,
                  lookUp(tampered.endpoint, outermost),
                ),
              ]
            : []),
        ]
      : []),
  ];
}

/** Throws a Refusal. */
type EarlyCheck = (request: SimRequest, cloud: Cloud) => void;

/** A check that is made before all others. */
function upFront(check: EarlyCheck): Tamper {
  return (next) => (request, cloud) => {
    try {
      check(request, cloud);
    } catch (error) {
      if (error instanceof Refusal) return computeError(error.status, error.message);
      throw error;
    }
    return next(request, cloud);
  };
}

function lookUp({ rules }: Endpoint, name: string): EarlyCheck {
  const { lookups, refusals } = rules;
  return (request, cloud) => {
    const caller = callerOf(cloud, request.headers['x-auth-token']);
    const lookup = lookups[name];
    if (!caller || !lookup || !isServed(request, cloud)) return;
    const call: Pick<ComputeCall, 'request' | 'cloud' | 'caller' | 'params'> = {
      request,
      cloud,
      caller,
      params: request.params,
    };
    const id = lookup.id(call as never, {});
    const isFound = [...lookup.rows(call as never)].some(
      (row) => lookup.matches(row as never, id) && (lookup.sees?.(call as never, row as never) ?? true),
    );
    const refusal = isFound ? undefined : refusals[name]?.({ call, found: {} } as never);
    if (refusal) throw refusal;
  };
}

function isKnown({ headers }: SimRequest, cloud: Cloud): boolean {
  return callerOf(cloud, headers['x-auth-token']) !== undefined;
}

/** Whether the caller is known and the requested microversion is served. */
function isServed(request: SimRequest, cloud: Cloud): boolean {
  if (!isKnown(request, cloud)) return false;
  try {
    negotiate(request, cloud.behaviour.compute);
    return true;
  } catch {
    return false;
  }
}
