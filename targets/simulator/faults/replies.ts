/**
 * Deviations in request ids, and in the replies that are given before any operation is reached.
 */

import type { Fault } from './fault.ts';
import { protocol } from './of-compute.ts';

const requestId = /^req-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const replyFaults: readonly Fault[] = [
  protocol('requestIds', 'request-id-is-repeated', 'A process makes its request id once and for all.', {
    unique: false,
  }),
  protocol('requestIds', 'request-ids-differ', 'Each of the two headers has a request id of its own.', {
    agree: false,
  }),
  protocol('requestIds', 'global-request-id-is-refused', 'A request that brings an id along is refused.', {
    refusesGlobal: () => true,
  }),
  protocol('requestIds', 'odd-global-request-id-is-refused', 'An id that a request brings along must be well-formed.', {
    refusesGlobal: (id) => !requestId.test(id),
  }),
  protocol('unauthorized', 'unauthorized-without-challenge', 'A 401 does not tell where tokens are to be had.', {
    challenge: false,
  }),
  protocol(
    'unauthorized',
    'unauthorized-without-fault-body',
    'A 401 is a line of text, as token filters once had it.',
    {
      faultBody: false,
    },
  ),
];
