/** Numbers of the resources that are limited in a target: servers and volumes. */

export interface ResourceCounts {
  readonly servers: number;
  readonly volumes: number;
}

export type SlotKind = keyof ResourceCounts;

export const none: ResourceCounts = { servers: 0, volumes: 0 };

export function add(a: ResourceCounts, b: ResourceCounts): ResourceCounts {
  return { servers: a.servers + b.servers, volumes: a.volumes + b.volumes };
}

export function minus(a: ResourceCounts, b: ResourceCounts): ResourceCounts {
  return { servers: a.servers - b.servers, volumes: a.volumes - b.volumes };
}

export function least(a: ResourceCounts, b: ResourceCounts): ResourceCounts {
  return { servers: Math.min(a.servers, b.servers), volumes: Math.min(a.volumes, b.volumes) };
}

export function fits(resources: ResourceCounts, limits: ResourceCounts): boolean {
  return resources.servers <= limits.servers && resources.volumes <= limits.volumes;
}

/** The first kind that exceeds its limit. */
export function excess(resources: ResourceCounts, limits: ResourceCounts): SlotKind | undefined {
  if (resources.servers > limits.servers) return 'servers';
  return resources.volumes > limits.volumes ? 'volumes' : undefined;
}

export function one(kind: SlotKind): ResourceCounts {
  return { ...none, [kind]: 1 };
}
