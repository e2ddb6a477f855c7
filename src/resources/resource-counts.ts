/** Numbers of resources by resource type, as `{ server: 2, volume: 3 }`. A missing type counts as 0. */

export type ResourceCounts = Readonly<Record<string, number>>;

/** A resource type whose number is limited. */
export type SlotKind = string;

export const none: ResourceCounts = {};

export function add(a: ResourceCounts, b: ResourceCounts): ResourceCounts {
  return combined(a, b, (one, other) => one + other);
}

export function minus(a: ResourceCounts, b: ResourceCounts): ResourceCounts {
  return combined(a, b, (one, other) => one - other);
}

/** Of each kind in `a`, the smaller number; a kind without a limit in `limits` is unlimited. */
export function least(a: ResourceCounts, limits: ResourceCounts): ResourceCounts {
  return Object.fromEntries(Object.entries(a).map(([kind, count]) => [kind, Math.min(count, limitOf(limits, kind))]));
}

/** Whether no kind exceeds its limit; a kind without one is unlimited. */
export function fits(resources: ResourceCounts, limits: ResourceCounts): boolean {
  return excess(resources, limits) === undefined;
}

/** The first kind that exceeds its limit. */
export function excess(resources: ResourceCounts, limits: ResourceCounts): SlotKind | undefined {
  return Object.keys(resources).find((kind) => countOf(resources, kind) > limitOf(limits, kind));
}

export function one(kind: SlotKind): ResourceCounts {
  return { [kind]: 1 };
}

export function countOf(resources: ResourceCounts, kind: SlotKind): number {
  return resources[kind] ?? 0;
}

export function limitOf(limits: ResourceCounts, kind: SlotKind): number {
  return limits[kind] ?? Infinity;
}

/** The part of the counts that is about these kinds. */
export function ofKinds(resources: ResourceCounts, kinds: readonly SlotKind[]): ResourceCounts {
  return Object.fromEntries(Object.entries(resources).filter(([kind, count]) => kinds.includes(kind) && count > 0));
}

/** The limits of these kinds, 0 included; a kind without a limit stays without one. */
export function limitsOf(limits: ResourceCounts, kinds: readonly SlotKind[]): ResourceCounts {
  return Object.fromEntries(Object.entries(limits).filter(([kind]) => kinds.includes(kind)));
}

function combined(
  a: ResourceCounts,
  b: ResourceCounts,
  combine: (one: number, other: number) => number,
): ResourceCounts {
  const kinds = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Object.fromEntries([...kinds].map((kind) => [kind, combine(countOf(a, kind), countOf(b, kind))]));
}
