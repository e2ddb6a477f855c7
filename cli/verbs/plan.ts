/** `plan`: the cases that `run` would try, and what it would take; sends nothing but discovery. */
import { Command } from 'commander';
import { renderPlan } from '../../reporters/plan.ts';
import { outlookOf } from '../../src/conformance/outlook.ts';
import { planCases } from '../../src/conformance/plan-cases.ts';
import { namesOperation } from '../../src/conformance/selection.ts';
import { formatRange } from '../../src/microversion.ts';
import { estimate } from '../../src/report/estimate.ts';
import type { PlanReport } from '../../src/report/plan.ts';
import { openAccount } from '../clauses/open-account.ts';
import { withUntested } from '../clauses/with-untested.ts';
import { UsageError } from '../errors.ts';
import { readEarlierRun } from '../plan/earlier-run.ts';
import { toBeMade } from '../dynamic/to-be-made.ts';
import { meetTarget } from '../run/meet-target.ts';
import { openTarget } from '../run/open-target.ts';
import { loadSuites } from '../suite/load-suites.ts';
import { readRunOptions, type RawOptions } from '../run/run-options.ts';
import { withRunOptions } from '../target-options.ts';
import { terminalStyle } from '../terminal-style.ts';

interface Options extends RawOptions {
  readonly from?: string;
}

const command = new Command('plan').description(
  'Prints the cases, requests, servers, volumes and time that run would take; sends nothing but discovery.',
);
withRunOptions(command);

export const planCommand = command
  .option('--from <run>', 'the folder of an earlier run, to estimate by what it has cost')
  .option('--json', 'tell it as JSON')
  .action(async (raw: Options) => {
    const plan = await planOf(raw);
    process.stdout.write(raw.json ? `${JSON.stringify(plan, null, 1)}\n` : renderPlan(plan, terminalStyle()));
  });

/** @throws UsageError and the errors of meeting a target */
async function planOf(raw: Options): Promise<PlanReport> {
  const options = readRunOptions(raw);
  const earlier = raw.from === undefined ? undefined : readEarlierRun(raw.from);
  const account = openAccount(
    options.reference,
    (id) => namesOperation(options.selection, id),
    await loadSuites(options.suites),
  );
  const opened = await openTarget(options);
  try {
    const capabilities = { ...opened.capabilities, ...options.capabilities };
    const { target } = await meetTarget(opened, {
      ...options,
      capabilities,
      toBeMade: toBeMade(opened.credentials, options),
    });
    const planned = planCases(withUntested(account), account.ledger.contract, target, options.selection);
    if (planned.length === 0) throw new UsageError('No clause fits --include, --exclude, --level and --microversions.');
    const cases = planned.flatMap(({ id, decided }) => (decided ? [] : [id]));
    const { operations, obstacles } = outlookOf(planned);
    return {
      format: 'openstack-conformance/plan',
      formatVersion: 1,
      target: { name: target.name, microversions: formatRange(target.range) },
      cases,
      operations: operations.map(({ operation, cases: all, decidable }) => ({ operation, cases: all, decidable })),
      leftOut: obstacles,
      ...(earlier && { estimate: estimate(cases, earlier) }),
    };
  } finally {
    await opened.close();
  }
}
