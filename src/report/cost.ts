/**
 * Computes what a run cost the target, from its exchanges alone.
 */
import type { Exchange } from '../client/exchange.ts';
import type { Cost } from '../records/run-facts.ts';

export type TargetCost = Pick<Cost, 'exchanges' | 'targetMs' | 'targetBusyMs'>;

/** An exchange in the evidence of several cases counts once. */
export function targetCost(exchanges: readonly Exchange[]): TargetCost {
  const distinct = [...new Map(exchanges.map((exchange) => [exchange.id, exchange])).values()];
  return {
    exchanges: distinct.length,
    targetMs: distinct.reduce((sum, { durationMs }) => sum + durationMs, 0),
    targetBusyMs: coveredMs(distinct.map(({ startedAt, durationMs }) => spanOf(Date.parse(startedAt), durationMs))),
  };
}

type Span = readonly [from: number, to: number];

function spanOf(from: number, duration: number): Span {
  return [from, from + duration];
}

/** The length of the union of the spans. */
function coveredMs(spans: readonly Span[]): number {
  const ordered = [...spans].sort(([a], [b]) => a - b);
  let covered = 0;
  let end = -Infinity;
  for (const [from, to] of ordered) {
    covered += Math.max(0, to - Math.max(from, end));
    end = Math.max(end, to);
  }
  return covered;
}
