/** Estimates: what is shared counts once, a part needs less, and what is not known is told. */
import { expect, test } from 'vitest';
import type { Baseline } from '../../src/records/baseline.ts';
import { deviationOf, estimate, type EstimateOptions } from '../../src/report/estimate.ts';

const baseline: Baseline = {
  measured: {
    ...{ run: 'osc-1', target: 'lab', at: '2026-01-01T00:00:00.000Z', cases: 10 },
    ...{ requests: 120, always: 20, unseen: 60, created: { server: 3, volume: 6 }, taken: 4 },
    ...{ durationMs: 13_000, startMs: 1_000, targetMs: 24_000, ownCpuMs: 1_200 },
  },
  sets: {
    'server paused': { type: 'server', created: 2, atOnce: 1, pooled: { volume: 2 }, cases: 4 },
    'server busy': { type: 'server', created: 1, atOnce: 1, pooled: {}, cases: 6 },
  },
  // Ten cases: four of `reads`, six of `makes`.
  clauses: {
    reads: { requests: 4, sets: { 'server paused': 1 } },
    makes: { requests: 4, taken: { volume: 0.67 }, fresh: { volume: 0.67 }, sets: { 'server busy': 1 } },
  },
};
const options: EstimateOptions = { kind: 'shipped', concurrency: 2 };
const times = (count: number, clause: string): readonly string[] => Array.from({ length: count }, () => clause);

test.each([
  [
    'the same cases cost the same',
    [...times(4, 'reads'), ...times(6, 'makes')],
    {
      requests: 120,
      created: { server: 3, volume: 6 },
      durationMs: 13_000,
      targetMs: 24_000,
      ownCpuMs: 1_200,
      unknown: 0,
    },
  ],
  ['one case needs one server of its kind', ['reads'], { created: { server: 1, volume: 1 }, unknown: 0 }],
  ['more cases make more of the servers anew', times(7, 'reads'), { created: { server: 3 } }],
  ['an unknown case counts as an average one', ['reads', 'other'], { unknown: 1, created: { server: 1 } }],
  ['no known case at all counts by all clauses', ['other'], { unknown: 1 }],
  ['nothing costs nothing', [], { requests: 0, created: {}, durationMs: 0, ownCpuMs: 0 }],
])('%s', (_, clauses, expected) => {
  expect(estimate(clauses, baseline, options)).toMatchObject(expected);
});

test('an unknown case is asked for as often as the others', () => {
  const own = estimate(['reads', 'reads'], baseline, options).requests;
  expect(estimate(['reads', 'other'], baseline, options).requests).toBe(own);
});

test('cases that begin side by side take over no volume of one another', () => {
  const sharing: Baseline = {
    ...baseline,
    clauses: { ...baseline.clauses, makes: { requests: 4, taken: { volume: 1 }, fresh: { volume: 0.1 } } },
  };
  const few = { ...sharing, measured: { ...baseline.measured, taken: 1_000_000 } };
  const volumes = (concurrency: number): number =>
    estimate(times(10, 'makes'), few, { kind: 'shipped', concurrency }).created.volume ?? 0;
  expect([volumes(1), volumes(5)]).toEqual([2, 5]);
});

test('a pace may take longer than the target', () => {
  const { requests, durationMs } = estimate(['reads'], baseline, { ...options, requestsPerSecond: 0.5 });
  expect(durationMs).toBe(requests * 2_000);
});

test('a deviation is relative to the measured value', () => {
  const told = estimate([...times(4, 'reads'), ...times(6, 'makes')], baseline, options);
  const seen = { ...baseline.measured, requests: 100, created: { server: 3, volume: 8 }, durationMs: 10_000 };
  expect(deviationOf(told, seen)).toEqual({
    runs: 1,
    requests: 0.2,
    created: { server: 0, volume: 0.25 },
    durationMs: 0.3,
  });
});
