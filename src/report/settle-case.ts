/**
 * Derives the result of a case from all its attempts: its verdict, the attempt that shows it, whether it is confirmed.
 */
import { summariseAttempts, type AttemptsSummary } from '../execution/attempts.ts';
import { essenceOf } from '../clauses/comparable-verdict.ts';
import { groupBy } from '../group-by.ts';
import type { NonEmpty } from '../json.ts';
import type { CaseLine, ConfirmationLine, EarlierLine } from '../records/journal.ts';
import type { Journal } from './journal.ts';
import type { Attempt, CaseReport, RunFacts } from '../records/report.ts';
import { sentence } from './run-verdict.ts';

type AttemptLine = CaseLine | ConfirmationLine | EarlierLine;

export interface SettledCase {
  /** The attempts of all runs, the oldest first; undefined for a case that was tried once, in this run. */
  readonly attempts?: readonly Attempt[];
  readonly settled: AttemptsSummary;
  /** The attempt that shows it. */
  readonly line: AttemptLine;
}

/** By the id of the case; only cases that were tried. If several runs tried a case, the last run counts. */
export function settleCases({
  header,
  earlier = [],
  results,
  confirmations = [],
}: Journal): ReadonlyMap<string, SettledCase> {
  const lines = groupBy<string, AttemptLine>([...earlier, ...results, ...confirmations], ({ id }) => id);
  return new Map(
    [...lines].flatMap(([id, all]) => {
      const settled = settleLines(all, header.run.name);
      return settled ? [[id, settled] as const] : [];
    }),
  );
}

function settleLines(all: readonly AttemptLine[], name: string): SettledCase | undefined {
  const run = runOf(all.at(-1), name);
  const [first, ...rest] = all.filter((line) => runOf(line, name) === run);
  if (!first) return undefined;
  const last: NonEmpty<AttemptLine> = [first, ...rest];
  const settled = summariseAttempts([first.verdict, ...rest.map(({ verdict }) => verdict)]);
  const line = last[settled.from] ?? first;
  if (all.length === 1 && run === name) return { settled, line };
  return { settled, line, attempts: all.map((one) => attemptOf(one, name)) };
}

function runOf(line: AttemptLine | undefined, name: string): string {
  return line?.line === 'earlier' ? line.run : name;
}

function attemptOf(line: AttemptLine, name: string): Attempt {
  const { verdict, durationMs, evidence } = line;
  const alone = line.line === 'confirmation' || (line.line === 'earlier' && line.alone === true);
  return {
    run: runOf(line, name),
    ...(alone && { alone }),
    verdict,
    durationMs,
    ...(evidence !== undefined && { evidence }),
  };
}

type Found = Pick<CaseReport, 'id' | 'clause' | 'microversion'>;

/** Why failures were not confirmed by a second attempt, by the id of the case. */
export function describeUnconfirmed(
  cases: readonly Found[],
  settled: ReadonlyMap<string, SettledCase>,
  { ended }: Pick<RunFacts, 'ended'>,
): ReadonlyMap<string, string> {
  const findings = groupBy(
    cases.flatMap((one) => {
      const known = settled.get(one.id);
      return known && isFailure(known) ? [{ ...one, settled: known.settled }] : [];
    }),
    ({ clause, settled: { verdict } }) => `${clause} ${essenceOf(verdict)}`,
  );
  const hasFurtherAttempts = [...settled.values()].some(
    ({ line, attempts }) => line.line !== 'earlier' && attempts !== undefined,
  );
  const otherwise =
    ended !== 'completed'
      ? 'Not run again: the run ended first.'
      : hasFurtherAttempts
        ? 'Not run again: the run had used up its further attempts.'
        : 'Not run again.';
  return new Map(
    [...findings.values()].flatMap((alike) => {
      const confirmed = alike.filter((one) => !one.settled.unconfirmed).map(({ microversion }) => microversion);
      const left =
        confirmed.length > 0
          ? `Not run again: the same finding of this clause was confirmed at ${confirmed.join(', ')}.`
          : otherwise;
      return alike.flatMap(({ id, settled: { unconfirmed } }) => {
        if (!unconfirmed) return [];
        return [[id, unconfirmed.by ? describeAttempt(unconfirmed.by) : left] as const];
      });
    }),
  );
}

function isFailure({ settled: { verdict } }: SettledCase): boolean {
  return verdict.is === 'fail' || verdict.is === 'warn';
}

function describeAttempt(by: NonNullable<NonNullable<AttemptsSummary['unconfirmed']>['by']>): string {
  const why = 'reason' in by ? `: ${sentence(by.reason)}` : '.';
  return `Run again alone, the verdict was ${by.is}${why}`;
}
