/**
 * Faults in request ids, and in responses sent before an operation is reached.
 */

import type { Fault } from './fault.ts';
import { protocol } from './of-compute.ts';

const requestId = /^req-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const responseFaults: readonly Fault[] = [
  protocol('requestIds', 'request-id-is-repeated', 'Every response has the same request id.', {
    unique: false,
  }),
  protocol('requestIds', 'request-ids-differ', 'The two headers have different request ids.', {
    agree: false,
  }),
  protocol('requestIds', 'global-request-id-is-refused', 'A request with a global request id is refused.', {
    refusesGlobal: () => true,
  }),
  protocol(
    'requestIds',
    'odd-global-request-id-is-refused',
    'A request with a malformed global request id is refused.',
    {
      refusesGlobal: (id) => !requestId.test(id),
    },
  ),
  protocol('unauthorized', 'unauthorized-without-challenge', 'A 401 has no WWW-Authenticate header.', {
    challenge: false,
  }),
  protocol(
    'unauthorized',
    'unauthorized-without-fault-body',
    'A 401 has a line of text as body, as in older token filters.',
    {
      errorBody: false,
    },
  ),
];
