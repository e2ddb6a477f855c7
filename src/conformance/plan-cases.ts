/**
 * Which clauses are decided at which microversions on this target, and why the others are not.
 *
 * A clause is planned at the first and last microversion of each revision inside its range and the target's; what
 * cannot be decided keeps one case with its reason, so that nothing is left out in silence.
 */
import type { Contract, Operation } from '../contract/model.ts';
import { findOperation } from '../contract/questions.ts';
import {
  compareMicroversions,
  formatMicroversion,
  formatRange,
  includes,
  intersect,
  microversion,
  nextMicroversion,
  type Microversion,
  type MicroversionRange,
} from '../microversion.ts';
import type { Clause, ClauseId, Identity } from './clause.ts';
import { selects, type Selection } from './selection.ts';
import type { Target } from './target.ts';
import type { Verdict } from './verdict.ts';

export type CaseId = `${ClauseId}@${string}`;

export interface PlannedCase {
  readonly id: CaseId;
  readonly clause: ClauseId;
  readonly microversion: Microversion;
  /** The verdict, where it is clear without trying. */
  readonly decided?: Verdict;
}

/** In the order of the clauses, then of microversions. */
export function planCases(
  clauses: readonly Clause[],
  contract: Contract,
  target: Target,
  selection: Selection,
): readonly PlannedCase[] {
  return clauses
    .filter((clause) => selects(selection, clause))
    .flatMap((clause) => planClause(clause, contract, target, selection));
}

function planClause(clause: Clause, contract: Contract, target: Target, selection: Selection): readonly PlannedCase[] {
  const operation = findOperation(contract, clause.operation);
  const [first, ...rest] = operation ? clause.ranges.flatMap((range) => intersect(range, operation.range) ?? []) : [];
  if (!operation || !first) return [];
  const windows = [first, ...rest].flatMap((range) => intersect(range, target.range) ?? []);
  const window = windows[0];
  if (!window) return [settled(clause, first.first, outsideWindow([first, ...rest], target))];
  const lacking = obstacle(clause, target);
  if (lacking) return [settled(clause, window.first, lacking)];
  return windows
    .slice(clause.cases === 'once' ? -1 : 0)
    .flatMap((part) => points(clause, operation, part, selection))
    .filter((version) => selection.microversions.some((wanted) => wanted === 'all' || covers(wanted, version, target)))
    .map((version) => ({ id: caseId(clause, version), clause: clause.id, microversion: version }));
}

function settled(clause: Clause, at: Microversion, decided: Verdict): PlannedCase {
  return { id: caseId(clause, at), clause: clause.id, microversion: at, decided };
}

function caseId(clause: Clause, version: Microversion): CaseId {
  return `${clause.id}@${formatMicroversion(version)}`;
}

function covers(wanted: MicroversionRange | 'latest', version: Microversion, target: Target): boolean {
  if (wanted !== 'latest') return includes(wanted, version);
  return target.range.last !== undefined && compareMicroversions(target.range.last, version) === 0;
}

/** The microversions of the cases, in order, each once. */
function points(
  clause: Clause,
  operation: Operation,
  window: MicroversionRange,
  selection: Selection,
): readonly Microversion[] {
  const last = window.last ?? window.first;
  if (clause.cases === 'once') return [last];
  if (selection.sweep) return everyMicroversion({ first: window.first, last });
  const ends = operation.revisions.flatMap((revision) => {
    const shared = intersect(revision.range, { first: window.first, last });
    return shared ? [shared.first, shared.last ?? shared.first] : [];
  });
  return ends.filter(
    (version, index) => index === 0 || compareMicroversions(version, ends[index - 1] ?? version) !== 0,
  );
}

function everyMicroversion({ first, last }: { first: Microversion; last: Microversion }): readonly Microversion[] {
  const all: Microversion[] = [];
  for (let version = first; compareMicroversions(version, last) <= 0; version = nextMicroversion(version)) {
    all.push(version);
  }
  return all;
}

function outsideWindow(bound: readonly MicroversionRange[], target: Target): Verdict {
  return {
    is: 'not-applicable',
    reason: `The clause binds at ${bound.map(formatRange).join(', ')}; the target supports ${formatRange(target.range)}.`,
  };
}

/** What the target or the operator did not bring. */
function obstacle(clause: Clause, target: Target): Verdict | undefined {
  const { last } = target.range;
  if (clause.since && last && compareMicroversions(last, microversion(clause.since.maximum)) < 0) {
    return {
      is: 'not-applicable',
      reason: `The clause binds targets from ${clause.since.maximum} on: ${clause.since.because}`,
    };
  }
  if (clause.unprepared !== undefined) return { is: 'not-attempted', reason: clause.unprepared };
  const capability = clause.capabilities.find((id) => target.capabilities[id]?.has !== true);
  if (capability !== undefined) {
    const told = target.capabilities[capability]?.told ?? 'assumed';
    return {
      is: 'not-applicable',
      reason: `The clause needs the capability ${capability}, which this target does not have (${told}).`,
    };
  }
  const absent = clause.identities.filter((identity) => !target.identities.has(identity));
  if (absent.length === 0) return undefined;
  return {
    is: 'not-attempted',
    reason: `No ${absent.join(', no ')} identity was given.`,
    mend: `Add ${absent.map(identityOption).join(' ')}.`,
  };
}

/** The option of `run` that gives an identity. */
export function identityOption(identity: Identity): string {
  return identity === 'member' ? '--os-cloud CLOUD' : `--${identity} CLOUD`;
}
