/**
 * Deviations in who may do what, who sees what, in which state, and which refusal comes first.
 */

import type { Fault } from '../faults.ts';

export const accessFaults: readonly Fault[] = [];
