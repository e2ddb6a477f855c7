/** Reads from the options which part of the plan to run, and what to do with the result. */
import { UsageError } from '../errors.ts';
import { wholePlan, type RunKind } from '../run/run-kind.ts';
import type { RawOptions } from '../run/raw-options.ts';
import { againstBaseline } from './baseline.ts';
import type { EarlierRun } from './earlier-run.ts';
import { readFailOn } from './fail-on.ts';
import { failedInKind } from './failed-in.ts';
import { readShard, shardKind } from './shard.ts';

export interface RunKindOptions {
  readonly shard?: string;
  readonly failedIn?: string;
  readonly baseline?: string;
  readonly failOn?: string;
}

type Raw = RunKindOptions &
  Pick<RawOptions, 'include' | 'exclude' | 'level' | 'microversions' | 'sweep' | 'once' | 'json'>;

/** @throws UsageError */
export function readRunKind(raw: Raw, earlier: EarlierRun | undefined): RunKind {
  const gate = readFailOn(raw.failOn);
  if (gate && raw.baseline === undefined)
    throw new UsageError('--fail-on regression needs a run to compare with. Pass --baseline RUN.');
  if (gate && raw.shard !== undefined)
    throw new UsageError(
      '--fail-on needs the whole plan, and a shard is only a part of it. Merge the shards by report, then use diff --fail-on.',
    );
  refuseWithFailedIn(raw);
  const part = earlier ? failedInKind(earlier) : raw.shard === undefined ? wholePlan : shardKind(readShard(raw.shard));
  if (raw.baseline === undefined) return part;
  return { ...part, compare: againstBaseline(raw.baseline, gate, raw.json === true) };
}

function refuseWithFailedIn({ failedIn, shard, include, exclude, level, microversions, sweep, once }: Raw): void {
  if (failedIn === undefined) return;
  const given = { shard, include, exclude, level, microversions, sweep, once };
  const [other] = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (other !== undefined) throw new UsageError(`--failed-in selects the cases to run. Leave out --${other}.`);
}
