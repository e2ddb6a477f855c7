/** `plan`: the cases that `run` would try, and what it would take; sends nothing but discovery. */
import { Command } from 'commander';
import { renderPlan } from '../../reporters/plan.ts';
import { makePlan } from '../plan/make-plan.ts';
import { readBasis } from '../plan/read-basis.ts';
import { readRunOptions } from '../run/run-options.ts';
import { type RawOptions } from '../run/raw-options.ts';
import { onItsTarget, openEarlier } from '../runs/earlier-run.ts';
import { readRunKind, type RunKindOptions } from '../runs/read-run-kind.ts';
import { withPartOptions, withRunOptions } from '../target-options.ts';
import { terminalStyle } from '../terminal-style.ts';

interface Options extends RawOptions, Pick<RunKindOptions, 'shard' | 'failedIn'> {
  readonly from?: string;
}

const command = new Command('plan').description(
  'Prints the cases, requests, servers, volumes and time that run would take; sends nothing but discovery.',
);
withRunOptions(command);
withPartOptions(command);

export const planCommand = command
  .option('--from <run>', 'the folder of an earlier run, to estimate by what it has cost')
  .option('--json', 'tell it as JSON, by the schema src/report/plan.schema.json')
  .action(async (raw: Options) => {
    const options = readRunOptions(raw);
    const earlier = raw.failedIn === undefined ? undefined : openEarlier(raw.failedIn);
    const kind = readRunKind(raw, earlier);
    const plan = await makePlan(earlier ? onItsTarget(options, earlier) : options, kind, readBasis(raw.from));
    process.stdout.write(raw.json ? `${JSON.stringify(plan, null, 1)}\n` : renderPlan(plan, terminalStyle()));
  });
