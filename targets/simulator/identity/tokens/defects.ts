/**
 * Faults of tokens that no operator makes.
 */

import type { Fault } from '../../faults/fault.ts';

export const tokenDefects: readonly Fault[] = [
  {
    id: 'identity:tokens-never-expire',
    summary: 'A token never expires.',
    equivalent: 'A run ends before its token expires.',
    kind: 'behaviour',
    change: (behaviour) => ({ ...behaviour, identity: { ...behaviour.identity, isExpired: () => false } }),
  },
];
