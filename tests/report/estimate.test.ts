/** Estimates: what is shared counts once, and what is not known is told. */
import { expect, test } from 'vitest';
import { estimate, type CaseCost, type EarlierRun } from '../../src/report/estimate.ts';

function cost(exchanges: readonly string[], servers: readonly string[]): CaseCost {
  return { exchanges: new Set(exchanges), servers: new Set(servers), volumes: new Set() };
}

const earlier: EarlierRun = {
  name: 'osc-1',
  target: 'lab',
  durationMs: 4_000,
  exchanges: 40,
  cases: new Map([
    ['a', cost(['x1', 'x2'], ['s1'])],
    ['b', cost(['x2', 'x3'], ['s1', 's2'])],
    ['c', cost(['x4'], ['s3'])],
  ]),
};

test.each([
  ['the same cases cost the same', ['a', 'b', 'c'], { requests: 40, servers: 3, durationMs: 4_000, unknown: 0 }],
  ['a shared exchange counts once', ['a', 'b'], { requests: 27, servers: 2, durationMs: 2_700, unknown: 0 }],
  ['an unknown case counts as an average one', ['a', 'z'], { requests: 28, servers: 2, unknown: 1 }],
  ['no known case at all counts by the whole run', ['y'], { requests: 13, servers: 1, unknown: 1 }],
  ['nothing costs nothing', [], { requests: 0, servers: 0, durationMs: 0, unknown: 0 }],
])('%s', (_, cases, expected) => {
  expect(estimate(cases, earlier)).toMatchObject(expected);
});
