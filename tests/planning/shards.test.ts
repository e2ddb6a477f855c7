import { expect, it } from 'vitest';
import type { PlannedCase } from '../../src/planning/plan-cases.ts';
import { casesOfShard, parseShard, type CostTable } from '../../src/planning/shards.ts';
import { microversion } from '../../src/microversion.ts';
import { seededRandom } from '../seeded-random.ts';

const states = ['paused', 'rescued', undefined, undefined, undefined];

interface Drawn {
  readonly planned: readonly PlannedCase[];
  readonly costs: CostTable;
}

function draw(seed: number): Drawn {
  const random = seededRandom(seed);
  const clauses = Array.from({ length: 30 + random.below(60) }, (_, index) => `compute/a#c${index}` as const);
  const planned = clauses.flatMap((clause) =>
    ['2.1', '2.60', '2.104'].slice(0, 1 + random.below(3)).map((version) => ({
      id: `${clause}@${version}` as const,
      clause,
      microversion: microversion(version),
    })),
  );
  const costs = clauses.slice(5).map((clause) => {
    const state = states[random.below(states.length)];
    return [clause, { ms: 10 + random.below(3000), ...(state !== undefined && { state }) }] as const;
  });
  return { planned, costs: Object.fromEntries(costs) };
}

const seeds = Array.from({ length: 40 }, (_, seed) => seed);

it('puts every case into exactly one shard, whole clauses at a time, and none is empty', () => {
  for (const seed of seeds) {
    const { planned, costs } = draw(seed);
    const total = 1 + (seed % 7);
    const shards = Array.from({ length: total }, (_, at) => casesOfShard(planned, { index: at + 1, total }, costs));
    const ids = shards.flatMap((shard) => shard.map(({ id }) => id));
    expect([...ids].sort()).toEqual(planned.map(({ id }) => id).sort());
    const homes = shards.map((shard) => new Set(shard.map(({ clause }) => clause)));
    for (const { clause } of planned) expect(homes.filter((home) => home.has(clause))).toHaveLength(1);
    for (const shard of shards) expect(shard.length).toBeGreaterThan(0);
  }
});

it('gives each shard about the same to do, and keeps a costly state in one where it fits', () => {
  for (const seed of seeds) {
    const { planned, costs } = draw(seed);
    const total = 3;
    const shards = [1, 2, 3].map((index) => casesOfShard(planned, { index, total }, costs));
    const cost = (cases: readonly PlannedCase[]) =>
      cases.reduce((sum, { clause }) => sum + (costs[clause]?.ms ?? 1000), 0);
    const share = cost(planned) / total;
    const heaviestClause = 3 * 3010;
    for (const shard of shards)
      expect(Math.abs(cost(shard) - share)).toBeLessThanOrEqual(Math.max(heaviestClause, share));
    for (const state of ['paused', 'rescued']) {
      const own = planned.filter(({ clause }) => costs[clause]?.state === state);
      const homes = shards.filter((shard) => shard.some(({ clause }) => costs[clause]?.state === state));
      if (own.length > 0 && cost(own) <= share) expect(homes).toHaveLength(1);
    }
  }
});

it('is the same on every machine, and does not hang on the order of the table', () => {
  const { planned, costs } = draw(7);
  const turned = Object.fromEntries(Object.entries(costs).reverse());
  const shard = { index: 2, total: 4 };
  expect(casesOfShard(planned, shard, turned)).toEqual(casesOfShard(planned, shard, costs));
});

it('is empty where there are more shards than clauses', () => {
  const { planned, costs } = draw(1);
  const few = planned.filter(({ clause }) => clause.endsWith('#c6'));
  expect([1, 2].map((index) => casesOfShard(few, { index, total: 2 }, costs).length)).toEqual([few.length, 0]);
});

it.each([
  ['2/5', { index: 2, total: 5 }],
  ['1/1', { index: 1, total: 1 }],
  ['0/5', undefined],
  ['6/5', undefined],
  ['2', undefined],
  ['2/5x', undefined],
  ['-1/5', undefined],
])('reads %s', (text, shard) => {
  expect(parseShard(text)).toEqual(shard);
});
