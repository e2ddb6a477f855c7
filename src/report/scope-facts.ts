/**
 * Counts which part of a complete plan a run covers; recorded in the journal, so that every report and `verify` agree.
 */
import { isDeclaredMissing, type CompletePlan } from '../planning/complete-plan.ts';
import type { Clause } from '../clauses/clause.ts';
import { serviceOf } from '../contract/contracts.ts';
import type { Target } from '../planning/target.ts';
import { groupBy } from '../group-by.ts';
import type { Missing, PlannedCase, RunLine, ScopeFacts } from '../records/journal.ts';

type Line = Pick<RunLine, 'clauses' | 'cases'>;

/** The part of the complete plan that the run line covers. */
export function scopeFacts(complete: CompletePlan, { clauses, cases }: Line, target: Target): ScopeFacts {
  const planned = new Map(cases.map((one) => [one.id, one]));
  const selected = new Set(clauses.map(({ id }) => id));
  const inScope = new Set<string>(complete.clauses.map(({ id }) => id));
  const unavailable = new Set<string>(
    complete.clauses.filter(({ operation }) => !isTested(operation, target)).map(({ id }) => id),
  );
  const left = complete.cases.filter(({ id, clause, decided }) => {
    const one = planned.get(id);
    return !one || one.verdict?.is !== decided?.is || unavailable.has(clause);
  });
  const byClause = groupBy(cases, ({ clause }) => clause);
  const leftByClause = groupBy(left, ({ clause }) => clause);
  const reasons = complete.clauses.flatMap((clause) => {
    const mine = leftByClause.get(clause.id);
    if (!mine || !selected.has(clause.id)) return [];
    // If the complete plan decided it without a request too, only the microversion differs.
    const isElsewhere = !unavailable.has(clause.id) && mine.every(({ decided }) => decided !== undefined);
    return [{ mine, missing: isElsewhere ? undefined : missingFor(clause, byClause.get(clause.id), target) }];
  });
  const outside = clauses.filter(({ id, suite }) => suite === undefined && !inScope.has(id)).length;
  return {
    resources: complete.resources,
    clauses: {
      selected: complete.clauses.filter(({ id }) => selected.has(id)).length,
      total: complete.clauses.length,
    },
    cases: { selected: complete.cases.length - left.length, total: complete.cases.length },
    otherMicroversions: reasons.reduce((sum, { mine, missing }) => sum + (missing ? 0 : mine.length), 0),
    missing: countMissing(reasons.flatMap(({ missing }) => missing ?? [])),
    outside,
  };
}

type MissingThing = Pick<Missing, 'kind' | 'name'>;

/** Undefined where the clause is tried, at fewer microversions. */
function missingFor(clause: Clause, cases: readonly PlannedCase[] = [], target: Target): MissingThing | undefined {
  const { capabilities, identities } = target;
  if (!isTested(clause.operation, target)) return { kind: 'service', name: serviceOf(clause.operation) };
  if (cases.some(({ verdict }) => verdict === undefined)) return undefined;
  const capability = clause.capabilities.find((id) => isDeclaredMissing(capabilities[id] ?? absent));
  if (capability !== undefined) return { kind: 'capability', name: capability };
  const identity = clause.identities.find((role) => !identities.has(role));
  return identity === undefined ? { kind: 'read-only' } : { kind: 'identity', name: identity };
}

function isTested(operation: Clause['operation'], { services }: Target): boolean {
  return services[serviceOf(operation)]?.range !== undefined;
}

const absent = { has: false, source: 'assumed' } as const;

function countMissing(all: readonly MissingThing[]): readonly Missing[] {
  return [...groupBy(all, ({ kind, name }) => `${kind} ${name ?? ''}`).values()].flatMap((same) =>
    same.slice(0, 1).map((one) => ({ ...one, clauses: same.length })),
  );
}
