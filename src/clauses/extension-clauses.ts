/** The clauses of an extension suite: those that it has written, and those derived for its recipes. */
import type { Contracts } from '../contract/contracts.ts';
import { findOperation } from '../contract/questions.ts';
import type { Contract } from '../contract/model.ts';
import { groupBy } from '../group-by.ts';
import { range } from '../microversion.ts';
import type { Clause, ClauseId } from './clause.ts';
import { deriveClauses } from './derive/index.ts';
import { operationOf, type Suite, type SuiteClause } from './extension-suite.ts';

/** The clauses of operations that the contracts have, in their order; derived ones first. */
export function suiteClauses(suite: Suite, contracts: Contracts): readonly Clause[] {
  return contracts.flatMap((contract) => clausesOn(contract, suite));
}

function clausesOn(contract: Contract, suite: Suite): readonly Clause[] {
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
      // Mutation tests cover only our clauses.
      killedBy: [`${suite.name}:unproven`],
      check,
    },
  ];
}
