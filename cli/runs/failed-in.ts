/**
 * `--failed-in`: tries again what did not pass in an earlier run, and takes the rest over.
 *
 * Not passed is all but pass and not-applicable. What was settled without trying is tried where the plan of today can.
 */
import { createLedger, readLedger } from '../../src/conformance/ledger.ts';
import type { PlannedCase } from '../../src/conformance/plan-cases.ts';
import type { EarlierLine, RunLine } from '../../src/report/journal.ts';
import { verdictFrom } from '../../src/report/parts/from-run.ts';
import { differentTarget } from '../../src/report/parts/same-target.ts';
import type { Leak } from '../../src/report/record.ts';
import { identityKinds, resourceKinds } from '../../suites/resources.ts';
import { UsageError } from '../errors.ts';
import type { ChosenPart, RunKind, RunPlan } from '../run/run-kind.ts';
import { samePlanned, type EarlierRun } from './earlier-run.ts';
import { ledgerText, takingOver } from './take-over.ts';

export function failedInKind(earlier: EarlierRun): RunKind {
  return { choose: (plan) => goOn(earlier, plan) };
}

function goOn(earlier: EarlierRun, plan: RunPlan): ChosenPart {
  refuseOther(earlier, plan.line);
  const again = earlier.report.cases.filter(({ verdict }) => verdict.is !== 'pass' && verdict.is !== 'not-applicable');
  const settled = new Set(earlier.journal.header.cases.flatMap(({ id, verdict }) => (verdict ? [id] : [])));
  const tried = again.filter(({ id }) => !settled.has(id)).map((one) => samePlanned(earlier, one, plan.line));
  const reached = nowReached(earlier, settled, plan.planned);
  const planned = [...tried, ...reached];
  if (planned.length === 0) {
    const left =
      again.length === 0
        ? 'everything passed or does not apply'
        : 'what did not pass cannot be tried with these options';
    throw new UsageError(`There is nothing to run again of ${earlier.from}: ${left}.`);
  }
  const taken = earlierLines(earlier);
  const line = lineFor(earlier, plan.line, reached);
  return {
    planned,
    line: { ...line, scope: plan.scopeOf(line) },
    leaks: leaksOf(earlier.from),
    prepare: (folder) => {
      const takeOver = takingOver(earlier.from, earlier.report.run.name, folder);
      for (const result of taken) folder.append(takeOver(result));
    },
  };
}

/** @throws UsageError */
function refuseOther(earlier: EarlierRun, now: RunLine): void {
  const was = earlier.journal.header;
  const other = differentTarget(was, now);
  const refuse = (why: string): never => {
    throw new UsageError(`What failed in ${earlier.from} cannot be run again here: ${why}.`);
  };
  if (other !== undefined) refuse(other);
  const given = new Set(now.target.identities.filter((one) => one.given).map(({ role }) => role));
  const absent = was.target.identities.find((one) => one.given && !given.has(one.role));
  if (absent) refuse(`the ${absent.role} that it had is missing; add ${absent.option}`);
  const has = new Set(now.target.capabilities.filter((one) => one.has).map(({ id }) => id));
  const lost = was.target.capabilities.find((one) => one.has && !has.has(one.id));
  if (lost) refuse(`the target had the capability ${lost.id} then and has not now`);
}

/** Cases of clauses that were settled without trying, and that the plan of today tries. */
function nowReached(
  { journal }: EarlierRun,
  settled: ReadonlySet<string>,
  planned: readonly PlannedCase[],
): readonly PlannedCase[] {
  const clauses = new Set<string>(journal.header.cases.filter(({ id }) => settled.has(id)).map(({ clause }) => clause));
  return planned.filter(({ clause, decided }) => clauses.has(clause) && !decided);
}

function lineFor({ journal }: EarlierRun, now: RunLine, reached: readonly PlannedCase[]): RunLine {
  const { cases, clauses, errata, run, outline } = journal.header;
  const fresh = new Set<string>(reached.map(({ id }) => id));
  const renewed = now.cases.filter(({ id }) => fresh.has(id));
  // What stood for a clause that could not be tried stands for it no more, at whatever microversion.
  const tried = new Set<string>(renewed.map(({ clause }) => clause));
  const kept = cases.filter(({ id, clause, verdict }) => !fresh.has(id) && !(verdict && tried.has(clause)));
  const { name, startedAt, shard, plan, parts = [] } = run;
  return {
    ...now,
    run: {
      ...now.run,
      ...(shard && { shard }),
      ...(plan !== undefined && { plan }),
      parts: [...parts, { name, startedAt }],
    },
    clauses,
    cases: [...kept.map((one) => settledNow(one, now)), ...renewed],
    errata,
    ...(outline && { outline }),
  };
}

/** What was settled without trying is told in the words of today: the target may lack another thing now. */
function settledNow(one: RunLine['cases'][number], { cases }: RunLine): RunLine['cases'][number] {
  const verdict = one.verdict && cases.find((other) => other.clause === one.clause && other.verdict)?.verdict;
  return verdict ? { ...one, verdict } : one;
}

/** Each with the place of its evidence in the earlier folder. */
function earlierLines({ journal }: EarlierRun): readonly EarlierLine[] {
  const { name } = journal.header.run;
  const own = [...journal.results, ...(journal.confirmations ?? [])].map((result): EarlierLine => ({
    ...result,
    line: 'earlier',
    run: name,
    ...(result.line === 'confirmation' && { alone: true }),
    verdict: verdictFrom(name, result.verdict),
  }));
  return [...(journal.earlier ?? []), ...own];
}

/** What its ledger says is still there; clean-up writes down what it removed. */
function leaksOf(folder: string): readonly Leak[] {
  const ledger = createLedger(
    () => undefined,
    () => '',
    readLedger(ledgerText(folder)),
  );
  return ledger.owned().map(({ type, id, name }) => ({
    type,
    id,
    name,
    command: [...resourceKinds, ...identityKinds].find((kind) => kind.type === type)?.command(id) ?? '',
  }));
}
