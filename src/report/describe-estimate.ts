/** Words the estimate of a plan. */
import type { Deviation } from '../records/baseline.ts';
import type { Estimate } from '../records/plan.ts';
import type { LimitFacts } from '../records/shared.ts';
import { describeCount, pluralOf } from '../resources/type-words.ts';
import { enumerated } from './describe-limits.ts';

/** One line for each resource type: `33 servers, at most 24 at a time`. */
export function describeCreated(
  created: Estimate['created'],
  { resources }: Pick<LimitFacts, 'resources'>,
): readonly string[] {
  const lines = Object.entries(created).map(([type, count]) => {
    const most = resources[type];
    return `${describeCount(count, type)}${most === undefined ? '' : `, at most ${most} at a time`}`;
  });
  return lines.length === 0 ? ['nothing'] : lines;
}

/** How far estimates from the same baseline were off for other runs. */
export function describeAccuracy(
  { runs, requests, created, durationMs }: Deviation,
  percent: (part: number) => string,
): string {
  const parts = [
    `${percent(requests)} for requests`,
    ...Object.entries(created).map(([type, part]) => `${percent(part)} for ${pluralOf(type)}`),
    `${percent(durationMs)} for time`,
  ];
  return `In ${runs} other runs on that target, the estimate was off by at most ${enumerated(parts)}.`;
}
