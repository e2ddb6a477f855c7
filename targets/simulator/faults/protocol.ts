/**
 * Deviations in versions, headers, fault bodies and odd input.
 */

import type { Fault } from '../faults.ts';

export const protocolFaults: readonly Fault[] = [];
