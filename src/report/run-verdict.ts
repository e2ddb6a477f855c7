/**
 * From cases to the verdict on the run, with its reasons in full sentences.
 *
 * `non-conformant` when any case failed. `partial` when a selected case of a MUST or MUST NOT clause was not decided, the
 * run is vacuous or did not complete, left something behind, or has a damaged journal. Of what remains, `conformant`
 * where the scope is complete, and `passed` where something was left out.
 */
import { printable } from './printable.ts';
import type {
  CaseReport,
  Census,
  ClauseReport,
  Leak,
  RunFacts,
  RunReport,
  RunVerdict,
  WaiverReport,
} from './record.ts';
import { groupFindings, type FindingGroup } from './finding-groups.ts';
import { hollowness } from './hollow.ts';
import { isOpen } from './tally.ts';
import { groupUndecided, type UndecidedGroup } from './undecided.ts';
import type { ScopeReport } from './scope.ts';
import { wordFailedRoll } from './word-census.ts';
import { wordLeftOut } from './word-scope.ts';
import { wordWaiverReport } from './word-waiver.ts';

export interface RunOutcome {
  readonly clauses: readonly ClauseReport[];
  readonly cases: readonly CaseReport[];
  readonly ended: RunFacts['ended'];
  readonly waivers: readonly WaiverReport[];
  readonly leaks: readonly Leak[];
  readonly censuses?: readonly Census[] | undefined;
  readonly lostLines: number;
  /** Missing where it is not known: then the run is not conformant. */
  readonly scope?: ScopeReport | undefined;
}

export type Judgement = Pick<RunReport, 'verdict' | 'reasons' | 'hollow'>;

export function judgeRun(outcome: RunOutcome): Judgement {
  const binding = bindingIn(outcome.clauses);
  const hollow = hollowness(outcome.cases, outcome.clauses, binding);
  const reasons = [
    ...failures(outcome),
    ...spentWaivers(outcome.waivers),
    ...(hollow === undefined ? [] : [hollow]),
    ...ending(outcome),
    ...openGroups(outcome).map(wordUndecided),
    ...(outcome.censuses ?? []).flatMap(uncounted),
    ...leftovers(outcome.leaks),
  ];
  const failed = outcome.cases.some(({ verdict }) => verdict.is === 'fail');
  if (!failed && reasons.length === 0) return judgeByScope(outcome);
  const verdict: RunVerdict = failed ? 'non-conformant' : 'partial';
  return { verdict, reasons, ...(hollow !== undefined && { hollow }) };
}

/** For the reasons that are about cases: the first case of each, by the sentence. */
export function casesBehindReasons(outcome: Pick<RunOutcome, 'clauses' | 'cases'>): ReadonlyMap<string, string> {
  const statements = statementsOf(outcome.clauses);
  return new Map([
    ...groupFailures(outcome.cases).map(
      (group) => [wordFailures(group, statements), group.cases[0]?.id ?? ''] as const,
    ),
    ...openGroups(outcome).map((group) => [wordUndecided(group), group.cases[0] ?? ''] as const),
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

/** Nothing failed and everything selected was decided: what was left out makes the difference. */
function judgeByScope({ scope }: RunOutcome): Judgement {
  return scope?.complete ? { verdict: 'conformant', reasons: [] } : { verdict: 'passed', reasons: wordLeftOut(scope) };
}

/**
 * 0: conformant or passed; 1: at least one clause failed; 2: none failed, but the run does not show conformance. Of several suites
 * it is that of the worst. A run whose folder could not be written is 2, whatever it found.
 */
export function exitCode({
  verdict,
  suites = [],
  run,
}: Pick<RunReport, 'verdict' | 'suites'> & { readonly run?: Pick<RunFacts, 'ended'> }): 0 | 1 | 2 {
  // What was found is not all on the disk, and cannot be shown to anybody.
  if (run?.ended === 'write-error') return 2;
  const verdicts = [verdict, ...suites.map((suite) => suite.verdict)];
  if (verdicts.includes('non-conformant')) return 1;
  return verdicts.includes('partial') ? 2 : 0;
}

/** `12 cases are inconclusive for want of server ACTIVE: …`, with the mend where there is one. */
export function wordUndecided({ kind, cause, reason, mend, cases }: UndecidedGroup): string {
  const many = cases.length !== 1;
  const subject = `${cases.length} ${many ? 'cases' : 'case'}`;
  const state = {
    error: `ended in an error`,
    unstable: `${many ? 'are' : 'is'} unstable`,
    inconclusive: `${many ? 'are' : 'is'} inconclusive`,
    'not-attempted': `${many ? 'were' : 'was'} not attempted`,
    'not-applicable': `${many ? 'do' : 'does'} not apply`,
  }[kind];
  const want = cause === undefined ? '' : ` for want of ${printable(cause)}`;
  return `${subject} ${state}${want}: ${sentence(reason)}${wordMend(mend)}`;
}

/** A sentence to follow the reason; empty when nothing would help. */
export function wordMend(mend: string | undefined): string {
  return mend === undefined ? '' : ` ${sentence(mend)}`;
}

/** Escaped, and with a full stop. */
export function sentence(text: string): string {
  const shown = printable(text.trim(), 500);
  return /[.!?]$/.test(shown) ? shown : `${shown}.`;
}

function isBinding({ level }: ClauseReport): boolean {
  return level === 'MUST' || level === 'MUST NOT';
}

/** One for each thing that was found, however many clauses it breaks. */
function failures({ clauses, cases }: RunOutcome): readonly string[] {
  const statements = statementsOf(clauses);
  return groupFailures(cases).map((group) => wordFailures(group, statements));
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
function wordFailures(
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

/** What only the waiver lists as failing did not fail: the waiver tells it. */
function spentWaivers(waivers: readonly WaiverReport[]): readonly string[] {
  return waivers
    .filter(({ state }) => state === 'expired' || state === 'unneeded')
    .map((waiver) => `Waiver ${wordWaiverReport(waiver)}.`);
}

function ending({ ended, lostLines }: RunOutcome): readonly string[] {
  const told = {
    completed: [],
    interrupted: ['The run was interrupted before it was complete.'],
    deadline: ['The run reached its deadline before it was complete.'],
    'lost-target': [
      'The target could not be reached any more before the run was complete; `cleanup` removes what it left there.',
    ],
    'write-error': [
      'The run folder could not be written any more, so the run was stopped before it was complete; `cleanup` removes what is left.',
    ],
    crashed: [
      'The run ended without a closing line in its journal, so what it left behind is not known; `cleanup` removes it.',
    ],
  }[ended];
  if (lostLines === 0) return told;
  const lines = lostLines === 1 ? '1 line of the journal' : `${lostLines} lines of the journal`;
  return [...told, `${lines} could not be used, so results may be missing.`];
}

/** Where a list failed, what the run left in it may not have been seen. */
function uncounted({ before, after }: Census): readonly string[] {
  const failed = [...new Set([...before, ...after].flatMap(wordFailedRoll))];
  return failed.map((told) => `${told} That nothing was left there is not known for sure.`);
}

function leftovers(leaks: readonly Leak[]): readonly string[] {
  if (leaks.length === 0) return [];
  const names = leaks.map(({ type, name }) => `${type} ${printable(name)}`).join(', ');
  return [`The run left ${leaks.length} ${leaks.length === 1 ? 'resource' : 'resources'} behind: ${names}.`];
}
