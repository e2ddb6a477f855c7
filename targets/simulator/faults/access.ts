/**
 * Faults in permissions, visibility, server states and the order of refusals.
 */

import type { Fault } from './fault.ts';
import { orderFaults } from './order.ts';
import { roleFaults } from './roles.ts';
import { stateFaults } from './states.ts';
import { takingFaults } from './taking.ts';
import { visibilityFaults } from './visibility.ts';

export const accessFaults: readonly Fault[] = [
  ...stateFaults,
  ...roleFaults,
  ...visibilityFaults,
  ...orderFaults,
  ...takingFaults,
];
