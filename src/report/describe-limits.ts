/** Words the limits of a run. */
import type { LimitFacts } from '../records/shared.ts';
import { describeCount } from '../resources/type-words.ts';

/** One sentence if quotas lowered the limits; otherwise empty. */
export function describeLowered({ lowered }: Pick<LimitFacts, 'lowered'>): readonly string[] {
  const parts = lowered.map(({ type, from, to }) => `${describeCount(to, type)} instead of ${from}`);
  if (parts.length === 0) return [];
  return [`The quotas of the project limit the run to ${enumerated(parts)} at a time, so it takes longer.`];
}

/** For a table of facts: `at most 24 servers and 60 volumes at a time, 10 requests a second`. */
export function describeLimits({ resources, requestsPerSecond }: LimitFacts): string {
  const parts = Object.entries(resources).map(([type, most]) => describeCount(most, type));
  return [
    ...(parts.length === 0 ? [] : [`at most ${enumerated(parts)} at a time`]),
    ...(requestsPerSecond === undefined ? [] : [`${requestsPerSecond} requests a second`]),
  ].join(', ');
}

/** `a`, `a and b`, `a, b and c`. */
export function enumerated(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}
