/** The limits of a run, for its record. */
import type { Limits } from '../../src/planning/limits.ts';
import type { LimitFacts } from '../../src/records/shared.ts';
import { countOf } from '../../src/resources/resource-counts.ts';
import type { RunOptions } from './run-options.ts';

/** `applied`: lowered to the quotas of the target. */
export function limitFactsOf(
  own: Limits,
  applied: Limits,
  { requestsPerSecond }: Pick<RunOptions, 'requestsPerSecond'>,
): LimitFacts {
  return {
    resources: applied.resources,
    ...(requestsPerSecond === undefined ? {} : { requestsPerSecond }),
    lowered: Object.entries(own.resources).flatMap(([type, from]) => {
      const to = countOf(applied.resources, type);
      return to < from ? [{ type, from, to }] : [];
    }),
  };
}
