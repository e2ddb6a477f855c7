/**
 * Deviations in which types of bodies are read, and in what comes of methods that a path does not have.
 */

import type { Fault } from './fault.ts';
import { wordsOf } from './acts.ts';
import { onAct, protocol } from './of-compute.ts';

const vendor = 'application/vnd.openstack.compute+json';

export const typeAndMethodFaults: readonly Fault[] = [
  protocol('contentTypes', 'content-type-heeds-case', 'A Content-Type must be in small letters.', { inAnyCase: false }),
  protocol('contentTypes', 'content-type-needed', 'A body without a Content-Type is refused.', { needed: true }),
  protocol('contentTypes', 'content-type-without-parameters-only', 'A Content-Type with a charset is refused.', {
    parameters: false,
  }),
  protocol('contentTypes', 'own-content-type-refused', "The service's own Content-Type is refused.", ({ known }) => ({
    known: known.filter((type) => type !== vendor),
  })),
  ...(['attach', 'update', 'swap'] as const).map((act) =>
    onAct(act, 'takes-any-content-type', `${wordsOf[act]} reads its body whatever type it is said to be.`, (next) => {
      const typed = { 'content-type': 'application/json' };
      return (request, cloud) => next({ ...request, headers: { ...request.headers, ...typed } }, cloud);
    }),
  ),
  protocol('outside', 'head-not-found', 'HEAD is a method that no path has.', { answersHead: false }),
  protocol('outside', 'other-methods-not-found', 'A method that a path does not have is answered with 404.', {
    otherMethods: 404,
  }),
  protocol('outside', 'other-methods-without-allow', 'A 405 does not tell which methods the path has.', {
    tellsMethods: false,
  }),
  protocol('outside', 'other-methods-answered-in-html', 'What no operation is for gets a page of the web framework.', {
    faults: 'pages',
  }),
];
