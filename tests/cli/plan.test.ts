/** `plan` on the embedded cloud: its form, its shards, and its baseline. */
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { packageRoot } from '../../cli/package-root.ts';
import { makePlan } from '../../cli/plan/make-plan.ts';
import { readBaseline } from '../../cli/plan/read-baseline.ts';
import { readRunOptions } from '../../cli/run/run-options.ts';
import { type RawOptions } from '../../cli/run/raw-options.ts';
import { readRunKind, type RunKindOptions } from '../../cli/run-folders/read-run-kind.ts';
import type { PlanReport } from '../../src/records/plan.ts';
import { errorsIn, publishedSchema } from '../records/published-schema.ts';
import { renderPlan } from '../../reporters/plan.ts';

beforeEach(() => {
  for (const name of Object.keys(process.env).filter((key) => key.startsWith('OS_'))) vi.stubEnv(name, undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const validate = publishedSchema('plan');
const include = ['compute/detach-volume'];

async function planned(raw: RawOptions & RunKindOptions): Promise<PlanReport> {
  const plan = await makePlan(readRunOptions(raw), readRunKind(raw, undefined), readBaseline(undefined));
  expect(errorsIn(validate, plan)).toEqual([]);
  return plan;
}

test('the shards of a plan make up the whole, each with its own estimate', async () => {
  const whole = await planned({ include });
  const parts = [await planned({ include, shard: '1/2' }), await planned({ include, shard: '2/2' })];
  expect(parts.flatMap(({ cases }) => cases).sort()).toEqual([...whole.cases].sort());
  expect(parts.map(({ shard }) => shard?.index)).toEqual([1, 2]);
  for (const { estimate } of parts) expect(estimate.requests).toBeLessThan(whole.estimate.requests);
  expect(whole.estimate).toMatchObject({ unknown: 0, baseline: { kind: 'shipped' } });
});

test('the effects of quotas and a request rate are reported', async () => {
  const plan = await planned({ include, quotaVolumes: '20', requestsPerSecond: '2', simulatorMaximum: '2.60' });
  expect(plan.limits).toMatchObject({ resources: { volume: 20 }, requestsPerSecond: 2 });
  expect(plan.estimate.durationMs).toBe(plan.estimate.requests * 500);
  expect(renderPlan(plan, { colours: false, width: 80 })).toMatch(/\d+ volumes, at most 20 at a time/);
});

test('a baseline that is not a run is refused', () => {
  expect(() => readBaseline(join(packageRoot, 'suites'))).toThrow('is not a run folder: it has no journal.ndjson');
});
