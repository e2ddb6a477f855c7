/** The results of a mutation test as records, one for each API resource. */
import type { Clause } from '../../../src/clauses/clause.ts';
import type { MutationReport } from '../../../src/records/mutation-test.ts';
import type { Kills } from '../subjects.ts';
import { isNamed, type Mutant } from '../plan-trials.ts';
import type { Dependencies } from './dependencies.ts';
import type { ReadRecord, ResourceName, ResultRecord } from './record-file.ts';
import type { RequestForm } from './requests.ts';
import { resourceNames, resourceOf } from './resources.ts';

export interface ResultsToRecord {
  readonly clauses: readonly Clause[];
  readonly mutants: readonly Mutant[];
  readonly kills: Kills;
  readonly equivalents: MutationReport['equivalents'];
  /** The requests that were sent for each resource. */
  readonly requests: ReadonlyMap<ResourceName, ReadonlySet<RequestForm>>;
  readonly dependencies: Dependencies;
  /** Records of which some results were reused: their requests count too. */
  readonly reused: ReadonlyMap<ResourceName, ReadRecord>;
}

export function recordResults(results: ResultsToRecord): ReadonlyMap<ResourceName, ResultRecord> {
  return new Map(resourceNames.map((name) => [name, recordOf(name, results)]));
}

function recordOf(
  resource: ResourceName,
  { clauses: all, mutants, kills, equivalents, requests, dependencies, reused }: ResultsToRecord,
): ResultRecord {
  const { common, groupOfClause, groupOfFault, ofClauses, ofFaults } = dependencies;
  const clauses = all.filter(({ operation }) => resourceOf(operation) === resource);
  const own = new Set<string>(clauses.map(({ id }) => id));
  const sent = [...new Set([...(reused.get(resource)?.requests ?? []), ...(requests.get(resource) ?? [])])];
  const reasons = new Map(equivalents.map(({ fault, why }) => [fault, why]));
  const killed = [...kills].flatMap(([fault, broken]): readonly (readonly [string, readonly string[]])[] => {
    if (reasons.has(fault)) return [[fault, []]];
    const here = broken.filter((clause) => own.has(clause));
    return here.length === 0 ? [] : [[fault, here]];
  });
  const listed = new Set(killed.map(([fault]) => fault));
  const tried = mutants.filter((one) => listed.has(one.id) || clauses.some((clause) => isNamed(one, clause)));
  return {
    clauses: clauses.length,
    common: common(sent),
    requests: sent,
    groups: new Map([
      ...[...new Set(clauses.map(groupOfClause))].map((group) => [group, ofClauses(group, all)] as const),
      ...[...new Set(tried.map(groupOfFault))].map((group) => [group, ofFaults(group, mutants)] as const),
    ]),
    kills: new Map(killed),
    equivalents: reasons,
  };
}
