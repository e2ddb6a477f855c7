/** The capacity of a run, from its limits and from what the cases of the suites need. */
import type { ResourceCounts } from '../src/resources/resource-counts.ts';
import type { Limits } from '../src/planning/limits.ts';
import { createCapacity, type Capacity } from '../src/resources/capacity.ts';

/** The most servers and volumes that one case uses at a time, such as a rejection target and another server. */
export const mostOfOneCase = { servers: 2, volumes: 3 } as const;

/** The most of other kinds that one case uses at a time. */
const mostOthers: readonly ResourceCounts[] = [{ 'server groups': 3 }];

/** What a run may have of kinds that no option limits, where the quotas allow it. */
export const otherLimits: ResourceCounts = { 'server groups': 9 };

export function openCapacity({ servers, volumes, others = otherLimits, remedies }: Limits): Capacity {
  return createCapacity({ limits: { servers, volumes, ...others }, most: [mostOfOneCase, ...mostOthers], remedies });
}
