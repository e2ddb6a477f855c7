/** How many resources a run may have at a time, and what an operator does to allow more. */
import type { ResourceCounts, SlotKind } from '../resources/resource-counts.ts';

export interface Limits {
  readonly servers: number;
  readonly volumes: number;
  /** Limits of other kinds, from the quotas of the target. */
  readonly others?: ResourceCounts;
  /** What an operator does to allow more, as full sentences. */
  readonly remedies: Readonly<Record<SlotKind, string>>;
}

/** What the quota of a target leaves; a kind that the target does not show is missing. */
export type Free = ResourceCounts;

/** The given limits, reduced to what the target has left. */
export function limitsWithin({ servers, volumes, others = {}, remedies }: Limits, free: Free): Limits {
  const least = (kind: SlotKind, own: number): number => Math.min(own, Math.max(0, Math.floor(free[kind] ?? Infinity)));
  const resources = { servers: least('servers', servers), volumes: least('volumes', volumes) };
  const remedy = (kind: 'servers' | 'volumes', own: number): string =>
    resources[kind] < own
      ? `Raise the quotas of the project for ${words[kind]}, or remove ${kind} that it does not need.`
      : (remedies[kind] ?? '');
  return {
    ...resources,
    others: Object.fromEntries(Object.entries(others).map(([kind, own]) => [kind, least(kind, own)])),
    remedies: { ...remedies, servers: remedy('servers', servers), volumes: remedy('volumes', volumes) },
  };
}

/** What the quotas of a project count of each kind. */
const words = {
  servers: 'servers, cores and memory',
  volumes: 'volumes and their gigabytes',
} as const;

/** Limits that the operator sets by options, and can raise; `others` are those of the suites. */
export function ownLimits(
  { servers, volumes }: Readonly<Record<'servers' | 'volumes', number>>,
  others: ResourceCounts = {},
): Limits {
  const remedies = { servers: 'Allow more by --max-servers.', volumes: 'Allow more by --max-volumes.' };
  return { servers, volumes, others, remedies };
}
