/**
 * Deviations in what attaching, detaching, updating, swapping and listing do.
 */

import type { Fault } from '../faults.ts';

export const changeFaults: readonly Fault[] = [];
