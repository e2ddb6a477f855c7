/** The limits of a run, for its record. */
import type { Limits } from '../../src/planning/limits.ts';
import type { LimitFacts } from '../../src/records/shared.ts';
import type { RunOptions } from './run-options.ts';

/** `applied`: lowered to the quotas of the target. */
export function limitFactsOf(
  { limits, requestsPerSecond }: Pick<RunOptions, 'limits' | 'requestsPerSecond'>,
  applied: Limits,
): LimitFacts {
  const kinds = ['servers', 'volumes'] as const;
  return {
    servers: applied.servers,
    volumes: applied.volumes,
    ...(requestsPerSecond === undefined ? {} : { requestsPerSecond }),
    lowered: kinds.flatMap((kind) =>
      applied[kind] < limits[kind] ? [{ kind, from: limits[kind], to: applied[kind] }] : [],
    ),
  };
}
