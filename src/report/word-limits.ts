/** Words the limits of a run. */
import type { LimitFacts } from '../records/shared.ts';

/** One sentence if quotas lowered the limits; otherwise empty. */
export function wordLowered({ lowered }: Pick<LimitFacts, 'lowered'>): readonly string[] {
  const parts = lowered.map(({ kind, from, to }) => `${to} ${kind} instead of ${from}`);
  if (parts.length === 0) return [];
  return [`The quotas of the project limit the run to ${parts.join(' and ')} at a time, so it takes longer.`];
}

/** For a table of facts: `at most 24 servers and 60 volumes at a time, 10 requests a second`. */
export function wordLimits({ servers, volumes, requestsPerSecond }: LimitFacts): string {
  const rate = requestsPerSecond === undefined ? '' : `, ${requestsPerSecond} requests a second`;
  return `at most ${servers} servers and ${volumes} volumes at a time${rate}`;
}
