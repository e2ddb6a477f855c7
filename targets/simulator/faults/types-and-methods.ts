/**
 * Faults in the content types that are accepted, and in the response to methods that a path does not have.
 */

import type { Fault } from './fault.ts';
import { protocol } from './of-compute.ts';

const vendor = 'application/vnd.openstack.compute+json';

export const typeAndMethodFaults: readonly Fault[] = [
  protocol('contentTypes', 'content-type-heeds-case', 'A Content-Type must be in lower case.', { inAnyCase: false }),
  protocol('contentTypes', 'content-type-needed', 'A body without a Content-Type is refused.', { needed: true }),
  protocol('contentTypes', 'content-type-without-parameters-only', 'A Content-Type with a charset is refused.', {
    parameters: false,
  }),
  protocol('contentTypes', 'own-content-type-refused', "The service's own Content-Type is refused.", ({ known }) => ({
    known: known.filter((type) => type !== vendor),
  })),
  protocol('outside', 'head-not-found', 'HEAD is refused for every path.', { answersHead: false }),
  protocol('outside', 'other-methods-not-found', 'A method that a path does not have is refused with 404.', {
    otherMethods: 404,
  }),
  protocol('outside', 'other-methods-without-allow', 'A 405 has no Allow header.', {
    sendsAllow: false,
  }),
  protocol(
    'outside',
    'other-methods-answered-in-html',
    'A request that matches no operation gets an error page of the web framework.',
    {
      errors: 'pages',
    },
  ),
];
