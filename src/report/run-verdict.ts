/**
 * Derives the verdict on a run from its cases, with reasons in full sentences.
 *
 * `non-conformant`: a case failed. `partial`: a selected case of a MUST or MUST NOT clause was not decided, or the run
 * is vacuous, did not complete, left something behind, or has a damaged journal. Otherwise `conformant` if the scope is
 * complete, and `passed` if something was left out.
 */
import { printable } from './printable.ts';
import type {
  CaseReport,
  ClauseReport,
  Inventory,
  RunFacts,
  RunReport,
  ScopeReport,
  WaiverReport,
} from '../records/report.ts';
import type { Leak } from '../records/run-facts.ts';
import type { RunVerdict } from '../records/shared.ts';
import { groupFindings, type FindingGroup } from './finding-groups.ts';
import { vacuity } from './vacuous.ts';
import { isOpen } from './tally.ts';
import { groupUndecided, type UndecidedGroup } from './undecided.ts';
import { describeFailedList } from './describe-inventory.ts';
import { describeLeftOut } from './describe-scope.ts';
import { describeWaiverReport } from './describe-waiver.ts';

export interface RunOutcome {
  readonly clauses: readonly ClauseReport[];
  readonly cases: readonly CaseReport[];
  readonly ended: RunFacts['ended'];
  readonly waivers: readonly WaiverReport[];
  readonly leaks: readonly Leak[];
  readonly inventories?: readonly Inventory[] | undefined;
  readonly lostLines: number;
  /** Missing where it is unknown: then the run is not conformant. */
  readonly scope?: ScopeReport | undefined;
}

export type Judgement = Pick<RunReport, 'verdict' | 'reasons' | 'vacuous'>;

export function judgeRun(outcome: RunOutcome): Judgement {
  const binding = bindingIn(outcome.clauses);
  const vacuous = vacuity(outcome.cases, outcome.clauses, binding);
  const reasons = [
    ...failures(outcome),
    ...waiverReasons(outcome.waivers),
    ...(vacuous === undefined ? [] : [vacuous]),
    ...ending(outcome),
    ...openGroups(outcome).map(describeUndecided),
    ...(outcome.inventories ?? []).flatMap(failedLists),
    ...leftovers(outcome.leaks),
  ];
  const failed = outcome.cases.some(({ verdict }) => verdict.is === 'fail');
  if (!failed && reasons.length === 0) return judgeByScope(outcome);
  const verdict: RunVerdict = failed ? 'non-conformant' : 'partial';
  return { verdict, reasons, ...(vacuous !== undefined && { vacuous }) };
}

/** The first case behind each reason that is about cases, by the sentence. */
export function casesBehindReasons(outcome: Pick<RunOutcome, 'clauses' | 'cases'>): ReadonlyMap<string, string> {
  const statements = statementsOf(outcome.clauses);
  return new Map([
    ...groupFailures(outcome.cases).map(
      (group) => [describeFailures(group, statements), group.cases[0]?.id ?? ''] as const,
    ),
    ...openGroups(outcome).map((group) => [describeUndecided(group), group.cases[0] ?? ''] as const),
  ]);
}

function openGroups({ clauses, cases }: Pick<RunOutcome, 'clauses' | 'cases'>): readonly UndecidedGroup[] {
  const binding = bindingIn(clauses);
  return groupUndecided(cases.filter((candidate) => isOpen(candidate.verdict.is) && binding(candidate)));
}

function bindingIn(clauses: readonly ClauseReport[]): (candidate: CaseReport) => boolean {
  const bound = new Set(clauses.filter(isBinding).map(({ id }) => id));
  return ({ clause }) => bound.has(clause);
}

/** Nothing failed and everything selected was decided, so the scope decides the verdict. */
function judgeByScope({ scope }: RunOutcome): Judgement {
  return scope?.complete
    ? { verdict: 'conformant', reasons: [] }
    : { verdict: 'passed', reasons: describeLeftOut(scope) };
}

/**
 * 0: conformant or passed; 1: at least one clause failed; 2: none failed, but the run does not show conformance. With
 * several suites the worst counts. A run whose folder could not be written is 2, whatever it found.
 */
export function exitCode({
  verdict,
  suites = [],
  run,
}: Pick<RunReport, 'verdict' | 'suites'> & { readonly run?: Pick<RunFacts, 'ended'> }): 0 | 1 | 2 {
  // The run folder is incomplete, so the findings cannot be shown.
  if (run?.ended === 'write-error') return 2;
  const verdicts = [verdict, ...suites.map((suite) => suite.verdict)];
  if (verdicts.includes('non-conformant')) return 1;
  return verdicts.includes('partial') ? 2 : 0;
}

/** `12 cases are inconclusive, blocked by server ACTIVE: …`, followed by the remedy, if any. */
export function describeUndecided({ kind, cause, reason, remedy, cases }: UndecidedGroup): string {
  const many = cases.length !== 1;
  const subject = `${cases.length} ${many ? 'cases' : 'case'}`;
  const state = {
    error: `ended with an error`,
    unstable: `${many ? 'are' : 'is'} unstable`,
    inconclusive: `${many ? 'are' : 'is'} inconclusive`,
    'not-attempted': `${many ? 'were' : 'was'} not attempted`,
    'not-applicable': `${many ? 'do' : 'does'} not apply`,
  }[kind];
  const blocker = cause === undefined ? '' : `, blocked by ${printable(cause)}`;
  return `${subject} ${state}${blocker}: ${sentence(reason)}${describeRemedy(remedy)}`;
}

/** A sentence that follows the reason; empty without a remedy. */
export function describeRemedy(remedy: string | undefined): string {
  return remedy === undefined ? '' : ` ${sentence(remedy)}`;
}

/** Escaped, and with a full stop. */
export function sentence(text: string): string {
  const shown = printable(text.trim(), 500);
  return /[.!?]$/.test(shown) ? shown : `${shown}.`;
}

function isBinding({ level }: ClauseReport): boolean {
  return level === 'MUST' || level === 'MUST NOT';
}

/** One reason per finding, however many clauses it breaks. */
function failures({ clauses, cases }: RunOutcome): readonly string[] {
  const statements = statementsOf(clauses);
  return groupFailures(cases).map((group) => describeFailures(group, statements));
}

function statementsOf(clauses: readonly ClauseReport[]): ReadonlyMap<string, string> {
  return new Map(clauses.map(({ id, statement }) => [id, statement]));
}

function groupFailures(cases: readonly CaseReport[]): readonly FindingGroup[] {
  return groupFindings(
    cases.filter(({ verdict }) => verdict.is === 'fail' && verdict.findings.some(({ kind }) => kind !== 'waiver')),
  );
}

/** A full sentence. `statements`: of the clauses, by id. */
function describeFailures(
  { title, clauses, operations, cases }: FindingGroup,
  statements: ReadonlyMap<string, string>,
): string {
  const [id = ''] = clauses;
  const own = cases.filter(({ clause }) => clause === id).map(({ microversion }) => microversion);
  const statement = sentence(statements.get(id) ?? '');
  if (clauses.length === 1) return `${id} failed at ${own.join(', ')}: ${statement}`;
  const extent = `${clauses.length} clauses of ${operations.length} ${operations.length === 1 ? 'operation' : 'operations'}`;
  return `${extent} failed for one finding, ${title}; the first is ${id} at ${own.join(', ')}: ${statement}`;
}

/** Reasons for waivers that are unneeded or expired. */
function waiverReasons(waivers: readonly WaiverReport[]): readonly string[] {
  return waivers
    .filter(({ state }) => state === 'expired' || state === 'unneeded')
    .map((waiver) => `Waiver ${describeWaiverReport(waiver)}.`);
}

function ending({ ended, lostLines }: RunOutcome): readonly string[] {
  const reasons = {
    completed: [],
    interrupted: ['The run was interrupted before it was complete.'],
    deadline: ['The run reached its deadline before it was complete.'],
    'lost-target': [
      'The target became unreachable before the run was complete; run `cleanup` to remove what the run left there.',
    ],
    'write-error': [
      'The run folder became unwritable, so the run stopped before it was complete; run `cleanup` to remove what it left behind.',
    ],
    crashed: [
      'The run ended without an end line in its journal, so what it left behind is unknown; run `cleanup` to remove it.',
    ],
  }[ended];
  if (lostLines === 0) return reasons;
  const lines = lostLines === 1 ? '1 line of the journal' : `${lostLines} lines of the journal`;
  return [...reasons, `${lines} could not be used, so results may be missing.`];
}

/** If a list failed, resources that the run left in it may have gone unnoticed. */
function failedLists({ before, after }: Inventory): readonly string[] {
  const failed = [...new Set([...before, ...after].flatMap(describeFailedList))];
  return failed.map((failure) => `${failure} The run may have left resources there.`);
}

function leftovers(leaks: readonly Leak[]): readonly string[] {
  if (leaks.length === 0) return [];
  const names = leaks.map(({ type, name }) => `${type} ${printable(name)}`).join(', ');
  return [`The run left ${leaks.length} ${leaks.length === 1 ? 'resource' : 'resources'} behind: ${names}.`];
}
