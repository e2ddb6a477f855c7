/** The limits that a run kept, in sentences. */
import type { LimitFacts } from './limit-facts.ts';

/** One sentence where quotas lowered them; none otherwise. */
export function wordLowered({ lowered }: Pick<LimitFacts, 'lowered'>): readonly string[] {
  const parts = lowered.map(({ kind, from, to }) => `${to} ${kind} instead of ${from}`);
  if (parts.length === 0) return [];
  return [`The quotas of the project leave the run ${parts.join(' and ')} at a time; it takes longer for that.`];
}

/** Half a sentence for a table of facts: `at most 24 servers and 60 volumes at a time, 10 requests a second`. */
export function wordLimits({ servers, volumes, requestsPerSecond }: LimitFacts): string {
  const pace = requestsPerSecond === undefined ? '' : `, ${requestsPerSecond} requests a second`;
  return `at most ${servers} servers and ${volumes} volumes at a time${pace}`;
}
