/**
 * A suite of somebody else's next to ours: clauses on what a vendor promises beyond the reference, and recipes for scenes
 * of their own, in which the derived clauses of an operation are tried again.
 *
 * Its clauses carry its name, `acme/compute/attach-volume#keeps-the-label`, in every report; they are counted apart.
 */
import { findOperation } from '../contract/questions.ts';
import type { Contract, OperationId, Source } from '../contract/model.ts';
import { groupBy } from '../group-by.ts';
import { range } from '../microversion.ts';
import type { Clause, ClauseId } from './clause.ts';
import { deriveClauses } from './derive/index.ts';
import type { Changes } from './declared-change.ts';
import type { Recipes } from './recipe.ts';
import type { WrittenClause } from './written.ts';

export interface Suite {
  /** Lower-case letters, digits and dashes: `acme`. */
  readonly name: string;
  readonly clauses?: readonly SuiteClause[];
  /** By the id of an operation of the reference. */
  readonly recipes?: Recipes;
  /** What its requests refer to, by service type, where they change something and ours do not declare them. */
  readonly changes?: Changes;
}

type Shared = 'statement' | 'range' | 'cases' | 'identities' | 'capabilities' | 'since' | 'check';

export interface SuiteClause extends Pick<WrittenClause, Shared> {
  /** The name of the suite, the operation that it speaks of, and a name of its own. */
  readonly id: `${string}/${OperationId}#${string}`;
  /** Where the promise is written down. */
  readonly source: Source;
}

/** The operation that a clause of a suite speaks of. */
export function operationOf({ name }: Suite, { id }: Pick<SuiteClause, 'id'>): OperationId {
  return id.slice(name.length + 1).split('#')[0] as OperationId;
}

/** All operations that a suite speaks of or calls. */
export function operationsIn(suite: Suite): readonly OperationId[] {
  const { clauses = [], recipes = {} } = suite;
  return [...new Set([...clauses.map((one) => operationOf(suite, one)), ...(Object.keys(recipes) as OperationId[])])];
}

/** Those of operations that the contract has, in its order; inside one, derived first. */
export function suiteClauses(suite: Suite, contract: Contract): readonly Clause[] {
  const { name, clauses = [], recipes = {} } = suite;
  const own = Object.fromEntries(Object.entries(recipes).map(([id, recipe]) => [id, { ...recipe, suite: name }]));
  const derived = deriveClauses(contract, own)
    .filter(({ operation }) => Object.hasOwn(recipes, operation))
    .map((clause): Clause => ({ ...clause, id: `${name}/${clause.id}` as ClauseId, suite: name }));
  const all = [...derived, ...clauses.flatMap((one) => authored(suite, one, contract))];
  const byOperation = groupBy(all, ({ operation }) => operation);
  return contract.operations.flatMap(({ id }) => byOperation.get(id) ?? []);
}

function authored(suite: Suite, entry: SuiteClause, contract: Contract): readonly Clause[] {
  const operation = findOperation(contract, operationOf(suite, entry));
  if (!operation) return [];
  const { id, statement, source, check, since } = entry;
  return [
    {
      id,
      operation: operation.id,
      suite: suite.name,
      statement,
      kind: 'written',
      source,
      quotes: [],
      about: [],
      ranges: [entry.range === undefined ? operation.range : range(entry.range)],
      cases: entry.cases ?? 'ends',
      identities: entry.identities ?? [],
      capabilities: entry.capabilities ?? [],
      errata: [],
      ...(since && { since }),
      // Nobody holds a vendor to prove its clauses; the proof is of ours.
      refutedBy: [`${suite.name}:unproven`],
      check,
    },
  ];
}
