/** How many resources a run may have at a time, and what an operator does to allow more. */
import type { ResourceCounts, SlotKind } from '../resources/resource-counts.ts';

export interface Limits extends ResourceCounts {
  /** What an operator does to allow more, as full sentences. */
  readonly remedies: Readonly<Record<SlotKind, string>>;
}

/** What the quota of a target leaves; a kind that the target does not show is missing. */
export type Free = Readonly<Partial<ResourceCounts>>;

/** The given limits, reduced to what the target has left. */
export function limitsWithin({ servers, volumes, remedies }: Limits, free: Free): Limits {
  const least = (own: number, left = Infinity): number => Math.min(own, Math.max(0, Math.floor(left)));
  const resources = { servers: least(servers, free.servers), volumes: least(volumes, free.volumes) };
  const remedy = (kind: SlotKind, own: number): string =>
    resources[kind] < own
      ? `Raise the quotas of the project for ${words[kind]}, or remove ${kind} that it does not need.`
      : remedies[kind];
  return { ...resources, remedies: { servers: remedy('servers', servers), volumes: remedy('volumes', volumes) } };
}

/** What the quotas of a project count of each kind. */
const words: Readonly<Record<SlotKind, string>> = {
  servers: 'servers, cores and memory',
  volumes: 'volumes and their gigabytes',
};

/** Limits that the operator sets by options, and can raise. */
export function ownLimits({ servers, volumes }: ResourceCounts): Limits {
  const remedies = { servers: 'Allow more by --max-servers.', volumes: 'Allow more by --max-volumes.' };
  return { servers, volumes, remedies };
}
