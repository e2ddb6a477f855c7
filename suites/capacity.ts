/** The capacity of a run, from its limits and from what the cases of the suites need. */
import type { Limits } from '../src/planning/limits.ts';
import { createCapacity, type Capacity } from '../src/resources/capacity.ts';
import type { ResourceCounts } from '../src/resources/resource-counts.ts';
import type { ResourceKind } from '../src/resources/resource-type.ts';

export function openCapacity({ resources, remedies }: Limits, kinds: readonly ResourceKind[]): Capacity {
  return createCapacity({ limits: resources, most: familiesOf(kinds), remedies });
}

/** The most that one case uses at a time, of types that cases use together. */
function familiesOf(kinds: readonly ResourceKind[]): readonly ResourceCounts[] {
  const families = new Map<string, Record<string, number>>();
  for (const { type, capacity } of kinds) {
    if (!capacity) continue;
    const first = capacity.with ?? type;
    families.set(first, { ...families.get(first), [type]: capacity.ofOneCase });
  }
  return [...families.values()];
}
