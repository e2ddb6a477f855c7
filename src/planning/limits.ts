/** How many resources of each type a run may have at a time, and what an operator does to allow more. */
import { countOf, limitOf, type ResourceCounts, type SlotKind } from '../resources/resource-counts.ts';
import type { ResourceKind } from '../resources/resource-type.ts';
import { pluralOf } from '../resources/type-words.ts';

export interface Limits {
  /** By resource type. */
  readonly resources: ResourceCounts;
  /** What an operator does to allow more, as full sentences. */
  readonly remedies: Readonly<Record<SlotKind, string>>;
}

/** The limits that the operator gave by options; the declared ones for all other types. */
export function ownLimits(kinds: readonly ResourceKind[], given: ResourceCounts = {}): Limits {
  const limited = kinds.flatMap(({ type, capacity }) =>
    capacity ? [{ type, limit: given[type] ?? capacity.limit }] : [],
  );
  return {
    resources: Object.fromEntries(limited.map(({ type, limit }) => [type, limit])),
    remedies: Object.fromEntries(limited.map(({ type }) => [type, `Allow more by --limit ${type}=NUMBER.`])),
  };
}

/** The given limits, reduced to what the quotas of the target leave. */
export function limitsWithin(
  { resources, remedies }: Limits,
  free: ResourceCounts,
  kinds: readonly ResourceKind[],
): Limits {
  const lowered = Object.entries(resources).map(([type, own]): readonly [string, number] => [
    type,
    Math.min(own, Math.max(0, Math.floor(limitOf(free, type)))),
  ]);
  const quotaRemedies = lowered.flatMap(([type, count]): readonly (readonly [string, string])[] =>
    count < countOf(resources, type) ? [[type, quotaRemedy(type, kinds)]] : [],
  );
  return { resources: Object.fromEntries(lowered), remedies: { ...remedies, ...Object.fromEntries(quotaRemedies) } };
}

/** `Raise the quotas servers, cores and ram of the project, or remove servers that it does not need.` */
function quotaRemedy(type: string, kinds: readonly ResourceKind[]): string {
  const ids = (kinds.find((kind) => kind.type === type)?.capacity?.quotas ?? []).map(({ id }) => id);
  const [last = '', ...others] = [...ids].reverse();
  const names = others.length === 0 ? `quota ${last}` : `quotas ${others.reverse().join(', ')} and ${last}`;
  return `Raise the ${names} of the project, or remove ${pluralOf(type)} that it does not need.`;
}
