/**
 * Faults in which a reason for a refusal is reported too early, before an endpoint runs.
 */

import type { Cloud } from '../cloud.ts';
import { checkContentType } from '../compute/content-types.ts';
import { computeError } from '../compute/errors.ts';
import { serverNotFound, visibleServer } from '../compute/lookup.ts';
import { negotiate } from '../compute/negotiation.ts';
import type { Fault } from './fault.ts';
import type { SimRequest } from '../kernel/http.ts';
import { callerOf } from '../identity/caller.ts';
import { badRequest, Refusal } from '../kernel/refusal.ts';
import { operationsOf } from './acts.ts';

/** Both forms of PUT. */
const put = operationsOf.swap;

export const orderFaults: readonly Fault[] = [
  upFront(
    'version-before-token',
    'The microversion is checked before the token.',
    operationsOf.list,
    (request, cloud) => {
      negotiate(request, cloud.behaviour.compute);
    },
  ),
  upFront(
    'type-before-version',
    'The content type is checked before the microversion.',
    operationsOf.attach,
    (request, cloud) => {
      if (isKnown(request, cloud)) checkContentType(request, cloud.behaviour.compute.protocol.contentTypes);
    },
  ),
  upFront(
    'body-before-type',
    'The body is parsed before its content type is checked.',
    operationsOf.attach,
    (request, cloud) => {
      if (isServed(request, cloud)) parse(request);
    },
  ),
  upFront(
    'attach-looks-up-before-it-parses',
    'An attach looks for its server before it parses the body.',
    operationsOf.attach,
    lookUp,
  ),
  upFront(
    'update-looks-up-before-it-parses',
    'An update or a swap looks for its server before it parses the body.',
    put,
    lookUp,
  ),
];

/** A check that runs before all others; `check` throws a Refusal. */
function upFront(
  name: string,
  summary: string,
  operations: readonly string[],
  check: (request: SimRequest, cloud: Cloud) => void,
): Fault {
  return {
    id: `compute:${name}`,
    summary,
    kind: 'tamper',
    operations,
    tamper: (next) => (request, cloud) => {
      try {
        check(request, cloud);
      } catch (error) {
        if (error instanceof Refusal) return computeError(error.status, error.message);
        throw error;
      }
      return next(request, cloud);
    },
  };
}

function lookUp(request: SimRequest, cloud: Cloud): void {
  const caller = callerOf(cloud, request.headers['x-auth-token']);
  const { params } = request;
  const isMissing = caller !== undefined && isServed(request, cloud) && !visibleServer({ cloud, caller, params });
  if (isMissing) throw serverNotFound({ params });
}

function parse({ body }: SimRequest): void {
  try {
    JSON.parse(body ?? '');
  } catch {
    throw badRequest('Malformed request body');
  }
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
