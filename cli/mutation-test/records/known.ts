/** Which recorded results still apply: those of pairs of which nothing that they depend on has changed. */
import type { Clause } from '../../../src/clauses/clause.ts';
import type { Kills } from '../subjects.ts';
import { isNamed, type Mutant } from '../plan-trials.ts';
import type { Dependencies, GroupName } from './dependencies.ts';
import { memoized } from './memoized.ts';
import { killsIn, type ReadRecord, type ResourceName } from './record-file.ts';
import { resourceOf } from './resources.ts';

export interface Known {
  /** The recorded result of a pair; undefined if it has to run. */
  readonly resultOf: (mutant: Mutant, clause: Clause) => 'killed' | 'survived' | undefined;
  /** Whether the clause is recorded, and passes without a fault as it did then. */
  readonly isCurrent: (clause: Clause) => boolean;
  /** All recorded kills, also those that have to be repeated. */
  readonly kills: Kills;
  /** Resources whose recorded results all apply no more, because something changed that all depend on. */
  readonly outdated: readonly ResourceName[];
}

export interface KnownOptions {
  readonly records: ReadonlyMap<ResourceName, ReadRecord>;
  readonly dependencies: Dependencies;
  readonly clauses: readonly Clause[];
  readonly mutants: readonly Mutant[];
}

export function knownResults({ records, dependencies, clauses, mutants }: KnownOptions): Known {
  const { groupOfClause, groupOfFault, ofClauses, ofFaults, common } = dependencies;
  const current = new Map(
    [...records].filter(([, { isIntact, requests, common: recorded }]) => isIntact && recorded === common(requests)),
  );
  const isCurrent = memoized((clause: Clause): boolean => {
    const group = groupOfClause(clause);
    const recorded = current.get(resourceOf(clause.operation))?.groups.get(group);
    return recorded !== undefined && recorded === ofClauses(group, clauses);
  });
  const digestOfFault = memoized((group: GroupName) => ofFaults(group, mutants));
  const isCurrentFault = (mutant: Mutant, { groups }: ReadRecord): boolean => {
    const group = groupOfFault(mutant);
    return groups.get(group) === digestOfFault(group);
  };
  return {
    isCurrent,
    resultOf: (mutant, clause) => {
      const record = isCurrent(clause) ? current.get(resourceOf(clause.operation)) : undefined;
      if (!record || !isCurrentFault(mutant, record)) return undefined;
      if (record.kills.get(mutant.id)?.includes(clause.id)) return 'killed';
      // A fault was tried against clauses that do not name it only if no other clause broke under it.
      return isNamed(mutant, clause) || record.equivalents.has(mutant.id) ? 'survived' : undefined;
    },
    kills: killsIn(records.values()),
    outdated: [...records.keys()].filter((name) => !current.has(name)),
  };
}
