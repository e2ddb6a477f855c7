/** The capacity of a run, from its limits and from what the cases of the suites need. */
import type { ResourceCounts } from '../src/resources/resource-counts.ts';
import type { Limits } from '../src/planning/limits.ts';
import { createCapacity, type Capacity } from '../src/resources/capacity.ts';

/** The most that one case uses at a time, such as a rejection target and another server. */
export const mostOfOneCase: ResourceCounts = { servers: 2, volumes: 3 };

export function openCapacity({ servers, volumes, remedies }: Limits): Capacity {
  return createCapacity({ limits: { servers, volumes }, most: mostOfOneCase, remedies });
}
