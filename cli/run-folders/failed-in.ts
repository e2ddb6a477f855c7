/**
 * `--failed-in`: runs again what did not pass in an earlier run, and copies the other results.
 *
 * That is every verdict except pass and not-applicable. A case that was decided without running is run if the current
 * plan can run it.
 */
import { createLedger, readLedger } from '../../src/resources/ledger.ts';
import type { PlannedCase } from '../../src/planning/plan-cases.ts';
import type { EarlierLine, RunLine } from '../../src/records/journal.ts';
import { accessesIn, leakOf } from '../../src/report/leak.ts';
import { verdictFrom } from '../../src/report/parts/from-run.ts';
import { differentTarget } from '../../src/report/parts/same-target.ts';
import type { Leak } from '../../src/records/run-facts.ts';
import { allKinds } from '../../suites/resources.ts';
import { UsageError } from '../errors.ts';
import type { ChosenPart, RunKind, RunPlan } from '../run/run-kind.ts';
import { samePlanned, type EarlierRun } from './earlier-run.ts';
import { ledgerText, takingOver } from './take-over.ts';

export function failedInKind(earlier: EarlierRun): RunKind {
  return { choose: (plan) => continueRun(earlier, plan) };
}

function continueRun(earlier: EarlierRun, plan: RunPlan): ChosenPart {
  refuseOther(earlier, plan.line);
  const again = earlier.report.cases.filter(({ verdict }) => verdict.is !== 'pass' && verdict.is !== 'not-applicable');
  const decided = new Set(earlier.journal.header.cases.flatMap(({ id, verdict }) => (verdict ? [id] : [])));
  const repeated = again.filter(({ id }) => !decided.has(id)).map((one) => samePlanned(earlier, one, plan.line));
  const added = newlyPlanned(earlier, decided, plan.planned);
  const planned = [...repeated, ...added];
  if (planned.length === 0) {
    const left =
      again.length === 0 ? 'every case passed or does not apply' : 'what did not pass cannot be run with these options';
    throw new UsageError(`There is nothing to run again of ${earlier.from}: ${left}.`);
  }
  const taken = earlierLines(earlier);
  const line = lineFor(earlier, plan.line, added);
  return {
    planned,
    line: { ...line, scope: plan.scopeOf(line) },
    leaks: leaksOf(earlier),
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
    throw new UsageError(`What did not pass in ${earlier.from} cannot be run again here: ${why}.`);
  };
  if (other !== undefined) refuse(other);
  const given = new Set(now.target.identities.filter((one) => one.given).map(({ role }) => role));
  const absent = was.target.identities.find((one) => one.given && !given.has(one.role));
  if (absent) refuse(`that run had the identity ${absent.role}; pass ${absent.option}`);
  const has = new Set(now.target.capabilities.filter((one) => one.has).map(({ id }) => id));
  const lost = was.target.capabilities.find((one) => one.has && !has.has(one.id));
  if (lost) refuse(`the target no longer has the capability ${lost.id}`);
}

/** Cases of clauses that were decided without running, and that the current plan runs. */
function newlyPlanned(
  { journal }: EarlierRun,
  decidedBefore: ReadonlySet<string>,
  planned: readonly PlannedCase[],
): readonly PlannedCase[] {
  const clauses = new Set<string>(
    journal.header.cases.filter(({ id }) => decidedBefore.has(id)).map(({ clause }) => clause),
  );
  return planned.filter(({ clause, decided }) => clauses.has(clause) && !decided);
}

function lineFor({ journal }: EarlierRun, now: RunLine, added: readonly PlannedCase[]): RunLine {
  const { cases, clauses, errata, run, outline } = journal.header;
  const addedIds = new Set<string>(added.map(({ id }) => id));
  const renewed = now.cases.filter(({ id }) => addedIds.has(id));
  // A case that stood for a clause that could not run is replaced by the cases that run now, at any microversion.
  const tried = new Set<string>(renewed.map(({ clause }) => clause));
  const kept = cases.filter(({ id, clause, verdict }) => !addedIds.has(id) && !(verdict && tried.has(clause)));
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
    cases: [...kept.map((one) => decidedNow(one, now)), ...renewed],
    errata,
    ...(outline && { outline }),
  };
}

/** A case decided without running gets its current reason: something else may be missing now. */
function decidedNow(one: RunLine['cases'][number], { cases }: RunLine): RunLine['cases'][number] {
  const verdict = one.verdict && cases.find((other) => other.clause === one.clause && other.verdict)?.verdict;
  return verdict ? { ...one, verdict } : one;
}

/** The results of the earlier run, each with the position of its evidence in that folder. */
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

/** What its ledger lists as not removed; clean-up records what it removes. */
function leaksOf({ from, journal: { header } }: EarlierRun): readonly Leak[] {
  const ledger = createLedger(
    () => undefined,
    () => '',
    readLedger(ledgerText(from)),
  );
  const clients = accessesIn(header.target.identities);
  return ledger.owned().map((resource) => leakOf(resource, allKinds, clients));
}
