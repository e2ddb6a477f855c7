/** Builds the scope section of a report from the journal's scope facts and the waived cases. */
import type { Missing, RunLine, ScopeFacts } from '../records/journal.ts';
import type { CaseReport, LeftOut, ScopeReport } from '../records/report.ts';
import type { IdentityFacts } from '../records/run-facts.ts';
import type { Share } from '../records/shared.ts';

/** Undefined where the journal does not record the scope. */
export function scopeReport(header: RunLine, cases: readonly CaseReport[]): ScopeReport | undefined {
  const { scope, clauses: listed, contracts, run } = header;
  if (!scope) return undefined;
  const own = listed.filter(({ suite }) => suite === undefined);
  const totals = contracts.flatMap(({ operations: total }) => total ?? []);
  const operations = {
    selected: new Set(own.map(({ operation }) => operation)).size,
    ...(totals.length === contracts.length && { total: totals.reduce((sum, total) => sum + total, 0) }),
  };
  const [clauses, planned] = run.shard ? sharesOfShard(header, scope) : [scope.clauses, scope.cases];
  const waived = waivedClauses(header, cases);
  const leftOut: readonly LeftOut[] = [
    ...(run.shard ? [shardLeftOut(run.shard)] : []),
    ...some(
      'excluded',
      scope.clauses.total - scope.clauses.selected,
      scope.clauses.total,
      (part) => `${part} excluded`,
    ),
    ...microversionsLeftOut(scope),
    ...scope.missing.flatMap((one) =>
      some(one.kind, one.clauses, scope.clauses.total, (part) => word(part, one, header)),
    ),
    ...some('waived', waived, scope.clauses.total, (part) => `${part} waived`),
    ...some(
      'outside',
      scope.outside,
      own.length,
      (part) => `${part} on operations outside of ${namesOf(scope) || 'any complete resource'}`,
    ),
  ];
  const complete = leftOut.length === 0 && scope.clauses.total > 0 && scope.cases.selected === scope.cases.total;
  return {
    complete,
    summary: summaryOf(scope, leftOut, operations),
    resources: scope.resources.map(({ id }) => id),
    operations,
    clauses,
    cases: planned,
    leftOut,
  };
}

/** The part of the plan that the shard covers; the facts are those of the whole plan. */
function sharesOfShard({ clauses, cases }: RunLine, scope: ScopeFacts): readonly [Share, Share] {
  const operations = new Set<string>(scope.resources.flatMap((resource) => resource.operations));
  const own = clauses.filter(({ suite, operation }) => suite === undefined && operations.has(operation));
  const ids = new Set(own.map(({ id }) => id));
  const planned = cases.filter(({ clause }) => ids.has(clause)).length;
  return [
    { selected: own.length, total: scope.clauses.total },
    { selected: Math.min(planned, scope.cases.total), total: scope.cases.total },
  ];
}

function waivedClauses({ clauses }: RunLine, cases: readonly CaseReport[]): number {
  const own = new Set(clauses.filter(({ suite }) => suite === undefined).map(({ id }) => id));
  const waived = cases.filter(({ clause, verdict }) => verdict.is === 'waived' && own.has(clause));
  return new Set(waived.map(({ clause }) => clause)).size;
}

function some(kind: LeftOut['kind'], count: number, total: number, text: (part: string) => string): readonly LeftOut[] {
  return count === 0 ? [] : [{ kind, count, total, text: text(`${count} of ${total} clauses`) }];
}

function shardLeftOut({ index, total }: { readonly index: number; readonly total: number }): LeftOut {
  return { kind: 'shard', count: total - 1, total, text: `this is shard ${index} of ${total}` };
}

function microversionsLeftOut({ otherMicroversions: count, cases: { total } }: ScopeFacts): readonly LeftOut[] {
  if (count === 0) return [];
  return [{ kind: 'microversions', count, total, text: `${count} of ${total} cases excluded by microversion` }];
}

function word(part: string, { kind, name = '' }: Missing, { target: { identities } }: RunLine): string {
  switch (kind) {
    case 'identity':
      return `${part} need the ${name} identity, ${whyAbsent(identities.find(({ role }) => role === name))}`;
    case 'capability':
      return `${part} need the capability ${name}, which was declared missing`;
    case 'service':
      return `${part} are on ${name}, which the target does not have`;
    case 'read-only':
      return `${part} change something, and the run only reads`;
  }
}

function whyAbsent(identity: IdentityFacts | undefined): string {
  return identity?.unusable === undefined ? 'which was not given' : 'which cannot be used';
}

function summaryOf(
  scope: ScopeFacts,
  leftOut: readonly LeftOut[],
  { selected, total }: ScopeReport['operations'],
): string {
  const clauses =
    leftOut.length === 0
      ? [`all ${scope.clauses.total} clauses of ${namesOf(scope)}`]
      : leftOut.map(({ text }) => text);
  const of = total === undefined ? '' : ` of ${total}`;
  return [...clauses, `${selected}${of} operations selected`].join('; ');
}

function namesOf({ resources }: ScopeFacts): string {
  return resources.map(({ id }) => id).join(', ');
}
