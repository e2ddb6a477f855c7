/**
 * Plans which clauses are tested at which microversions on a target, and why others are not.
 *
 * By default a clause is planned at the first and last microversion of each revision inside its range, the range of the
 * target and the selected ranges. A clause that cannot be tested keeps one case with the reason, which reports show.
 */
import { operationIn, serviceOf, type Contracts } from '../contract/contracts.ts';
import type { Operation } from '../contract/model.ts';
import {
  compareMicroversions,
  formatMicroversion,
  formatRange,
  intersect,
  microversion,
  nextMicroversion,
  type Microversion,
  type MicroversionRange,
} from '../microversion.ts';
import type { Clause, ClauseId } from '../clauses/clause.ts';
import type { Identity } from '../clauses/identity.ts';
import { selects, type Selection } from './selection.ts';
import type { Target } from './target.ts';
import type { Verdict } from '../clauses/verdict.ts';

export type CaseId = `${ClauseId}@${string}`;

export interface PlannedCase {
  readonly id: CaseId;
  readonly clause: ClauseId;
  readonly microversion: Microversion;
  /** The verdict, if it is known without running the case. */
  readonly decided?: Verdict;
}

/** In the order of the clauses, then of microversions. */
export function planCases(
  clauses: readonly Clause[],
  contracts: Contracts,
  target: Target,
  selection: Selection,
): readonly PlannedCase[] {
  return clauses
    .filter((clause) => selects(selection, clause))
    .flatMap((clause) => planClause(clause, contracts, target, selection));
}

function planClause(
  clause: Clause,
  contracts: Contracts,
  target: Target,
  selection: Selection,
): readonly PlannedCase[] {
  const operation = operationIn(contracts, clause.operation);
  const [first, ...rest] = operation ? clause.ranges.flatMap((range) => intersect(range, operation.range) ?? []) : [];
  if (!operation || !first) return [decidedCase(clause, clause.ranges[0].first, outsideContract(clause))];
  const whole = target.services[serviceOf(clause.operation)]?.range;
  if (!whole) return [decidedCase(clause, first.first, withoutService(clause, target))];
  const supported = [first, ...rest].flatMap((range) => intersect(range, whole) ?? []);
  if (supported.length === 0) return [decidedCase(clause, first.first, outsideWindow([first, ...rest], whole))];
  const windows = supported.flatMap((range) => chosenParts(range, whole, selection));
  const window = windows[0];
  if (!window) return [];
  const lacking = blocker(clause, whole, target, selection);
  if (lacking) return [decidedCase(clause, window.first, lacking)];
  const versions = windows.flatMap((part) => points(clause, operation, part, selection));
  return inOrder(versions)
    .slice(clause.cases === 'once' || selection.cases === 'once' ? -1 : 0)
    .map((version) => ({ id: caseId(clause, version), clause: clause.id, microversion: version }));
}

/** The selected parts of a range; they may overlap. */
function chosenParts(
  range: MicroversionRange,
  { last }: MicroversionRange,
  { microversions }: Selection,
): readonly MicroversionRange[] {
  return microversions.flatMap((wanted) => {
    if (wanted === 'all') return [range];
    if (wanted !== 'latest') return intersect(range, wanted) ?? [];
    return last ? (intersect(range, { first: last, last }) ?? []) : [];
  });
}

/** Sorted, without duplicates. */
function inOrder(versions: readonly Microversion[]): readonly Microversion[] {
  return [...versions]
    .sort(compareMicroversions)
    .filter((version, index, all) => index === 0 || compareMicroversions(version, all[index - 1] ?? version) !== 0);
}

function decidedCase(clause: Clause, at: Microversion, decided: Verdict): PlannedCase {
  return { id: caseId(clause, at), clause: clause.id, microversion: at, decided };
}

function caseId(clause: Clause, version: Microversion): CaseId {
  return `${clause.id}@${formatMicroversion(version)}`;
}

/** The microversions of the cases; the first and last of a revision may be the same. */
function points(
  clause: Clause,
  operation: Operation,
  window: MicroversionRange,
  selection: Selection,
): readonly Microversion[] {
  const last = window.last ?? window.first;
  if (clause.cases === 'once') return [last];
  if (selection.cases === 'sweep') return everyMicroversion({ first: window.first, last });
  if (clause.cases === 'ends') return [window.first, last];
  return operation.revisions.flatMap((revision) => {
    const shared = intersect(revision.range, { first: window.first, last });
    return shared ? [shared.first, shared.last ?? shared.first] : [];
  });
}

function everyMicroversion({ first, last }: { first: Microversion; last: Microversion }): readonly Microversion[] {
  const all: Microversion[] = [];
  for (let version = first; compareMicroversions(version, last) <= 0; version = nextMicroversion(version)) {
    all.push(version);
  }
  return all;
}

function outsideContract({ operation, ranges }: Clause): Verdict {
  return { is: 'not-applicable', reason: `The contract has no ${operation} at ${ranges.map(formatRange).join(', ')}.` };
}

function withoutService({ operation }: Clause, { missingServices }: Target): Verdict {
  const type = serviceOf(operation);
  const missing = missingServices?.[type];
  return { is: 'not-attempted', reason: `The target has no endpoint of the service ${type}.`, ...missing };
}

function outsideWindow(bound: readonly MicroversionRange[], whole: MicroversionRange): Verdict {
  return {
    is: 'not-applicable',
    reason: `The clause applies to ${bound.map(formatRange).join(', ')}; the target supports ${formatRange(whole)}.`,
  };
}

/** What the target lacks or the operator did not provide. */
function blocker(
  clause: Clause,
  { last }: MicroversionRange,
  target: Target,
  { mode }: Selection,
): Verdict | undefined {
  if (clause.since && last && compareMicroversions(last, microversion(clause.since.maximum)) < 0) {
    return {
      is: 'not-applicable',
      reason: `The clause applies to targets with a newest microversion of at least ${clause.since.maximum}: ${clause.since.because}`,
    };
  }
  if (clause.unprepared !== undefined) return { is: 'not-attempted', reason: clause.unprepared };
  const capability = clause.capabilities.find((id) => target.capabilities[id]?.has !== true);
  if (capability !== undefined) {
    const source = target.capabilities[capability]?.source ?? 'assumed';
    return {
      is: 'not-applicable',
      reason: `The clause needs the capability ${capability}, which this target does not have (${source}).`,
    };
  }
  if (mode === 'read-only' && !clause.reads) return changesThings;
  const absent = clause.identities.filter((identity) => !target.identities.has(identity));
  if (absent.length === 0) return undefined;
  const creationFailures = absent.map((identity) => target.creationFailures?.[identity]).find(Boolean);
  if (creationFailures) return { is: 'not-attempted', ...creationFailures };
  return {
    is: 'not-attempted',
    reason: `No ${absent.join(', no ')} identity was given.`,
    remedy: `Add ${absent.map(identityOption).join(' ')}.`,
  };
}

const changesThings: Verdict = {
  is: 'not-attempted',
  reason: 'Its cases create or change something, and this run is read-only.',
  remedy: 'Run without --mode read-only.',
};

/** The option of `run` that sets an identity. */
export function identityOption(identity: Identity): string {
  return identity === 'member' ? '--os-cloud CLOUD' : `--${identity} CLOUD`;
}
