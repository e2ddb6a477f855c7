/** `plan`: shows the cases that `run` would execute and their estimated cost; sends discovery requests only. */
import { Command } from 'commander';
import { renderPlan } from '../../reporters/plan.ts';
import { makePlan } from '../plan/make-plan.ts';
import { readBaseline } from '../plan/read-baseline.ts';
import { readRunOptions } from '../run/run-options.ts';
import { type RawOptions } from '../run/raw-options.ts';
import { onItsTarget, openEarlier } from '../run-folders/earlier-run.ts';
import { readRunKind, type RunKindOptions } from '../run-folders/read-run-kind.ts';
import { withPartOptions, withRunOptions } from '../target-options.ts';
import { terminalStyle } from '../terminal-style.ts';

interface Options extends RawOptions, Pick<RunKindOptions, 'shard' | 'failedIn'> {
  readonly from?: string;
}

const command = new Command('plan').description(
  'Show the cases of a run, and estimate its requests, servers, volumes and time; send discovery requests only.',
);
withRunOptions(command);
withPartOptions(command);

export const planCommand = command
  .option('--from <run>', 'estimate from the costs of this earlier run')
  .option('--json', 'print JSON; its schema is src/records/plan.schema.json')
  .action(async (raw: Options) => {
    const options = readRunOptions(raw);
    const earlier = raw.failedIn === undefined ? undefined : openEarlier(raw.failedIn);
    const kind = readRunKind(raw, earlier);
    const plan = await makePlan(earlier ? onItsTarget(options, earlier) : options, kind, readBaseline(raw.from));
    process.stdout.write(raw.json ? `${JSON.stringify(plan, null, 1)}\n` : renderPlan(plan, terminalStyle()));
  });
