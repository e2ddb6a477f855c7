/** An earlier run that another one refers to. */
import type { PlannedCase } from '../../src/planning/plan-cases.ts';
import { microversion } from '../../src/microversion.ts';
import { buildReport } from '../../src/report/build-report.ts';
import type { RunLine } from '../../src/records/journal.ts';
import type { NamedJournal } from '../../src/report/parts/refuse-shards.ts';
import type { CaseReport, RunReport } from '../../src/records/report.ts';
import { UsageError } from '../errors.ts';
import type { RunOptions } from '../run/run-options.ts';
import { readNamed } from './merge.ts';

export interface EarlierRun extends NamedJournal {
  readonly report: RunReport;
}

/** @throws UsageError */
export function openEarlier(from: string): EarlierRun {
  const named = readNamed(from);
  return { ...named, report: buildReport(named.journal) };
}

/** Uses the embedded cloud with the release of that run, unless a target is named. */
export function onItsTarget<O extends Pick<RunOptions, 'clouds' | 'simulatorMaximum'>>(
  options: O,
  { journal }: EarlierRun,
): O {
  const { release } = journal.header.target;
  const named = Object.keys(options.clouds).length > 0 || options.simulatorMaximum !== undefined;
  return named || release === undefined ? options : { ...options, simulatorMaximum: release };
}

/** The case as it was planned then. @throws UsageError when its clause was removed or reworded */
export function samePlanned(
  earlier: EarlierRun,
  { id, clause, microversion: version }: CaseReport,
  now: RunLine,
): PlannedCase {
  const was = earlier.report.clauses.find((one) => one.id === clause);
  const is = now.clauses.find((one) => one.id === clause);
  if (!is || is.statement !== was?.statement) {
    throw new UsageError(
      `${id} cannot be repeated: its clause was ${is ? 'reworded' : 'removed'} since that run. Run the whole plan again.`,
    );
  }
  return { id: id as PlannedCase['id'], clause: clause as PlannedCase['clause'], microversion: microversion(version) };
}
