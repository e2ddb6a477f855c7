/**
 * Deviations that the reference alone suggests, thought up without a look at the clauses.
 */

import type { Fault } from '../faults.ts';

export const referenceFaults: readonly Fault[] = [];
