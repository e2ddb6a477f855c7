/**
 * Faults of the whole service in the handling of odd input: it causes a 500.
 */

import type { Fault } from './fault.ts';
import { compute, protocol } from './of-compute.ts';

export const oddInputFaults: readonly Fault[] = [
  compute(
    'list-breaks-over-odd-numbers',
    'Page numbers that match their pattern but are not numbers cause a 500 of a list.',
    () => ({ oddPageNumbers: 'crash' }),
  ),
  compute('breaks-over-deeply-nested-bodies', 'A body that is nested too deeply causes a 500.', () => ({
    crashingDepth: 900,
  })),
  protocol('outside', 'breaks-over-undecodable-paths', 'A path that is not UTF-8 causes a 500.', {
    undecodablePaths: 'break',
  }),
];
