/** What the record says of the limits that a run keeps. */
import type { Limits } from '../../src/conformance/limits.ts';
import type { LimitFacts } from '../../src/report/limit-facts.ts';
import type { RunOptions } from './run-options.ts';

/** `kept`: as low as the quotas of the target want them. */
export function limitFactsOf(
  { limits, requestsPerSecond }: Pick<RunOptions, 'limits' | 'requestsPerSecond'>,
  kept: Limits,
): LimitFacts {
  const kinds = ['servers', 'volumes'] as const;
  return {
    servers: kept.servers,
    volumes: kept.volumes,
    ...(requestsPerSecond === undefined ? {} : { requestsPerSecond }),
    lowered: kinds.flatMap((kind) => (kept[kind] < limits[kind] ? [{ kind, from: limits[kind], to: kept[kind] }] : [])),
  };
}
