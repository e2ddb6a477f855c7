/** The clauses of all suites, and the resources that they test. */
import type { ApiResource } from '../src/planning/api-resource.ts';
import type { Clause } from '../src/clauses/clause.ts';
import type { Recipes } from '../src/clauses/recipe.ts';
import { deriveClauses } from '../src/clauses/derive/index.ts';
import { operationsOfResource, recipesOfService, type ServiceSuite } from '../src/clauses/service-definition.ts';
import { writtenClause } from '../src/clauses/written.ts';
import { serviceOf, type Contracts } from '../src/contract/contracts.ts';
import { findOperation } from '../src/contract/questions.ts';
import type { Contract, OperationId } from '../src/contract/model.ts';
import { groupBy } from '../src/group-by.ts';
import { computeSuite } from './compute/suite.ts';
import { knownCapabilities } from './services.ts';

const suites: readonly ServiceSuite[] = [computeSuite];

/** The resources whose suites are complete, so that a run can conform to them. */
export const apiResources: readonly ApiResource[] = suites.flatMap(({ resources = [] }) =>
  resources.map((resource) => ({ id: resource.id, operations: operationsOfResource(resource) })),
);

/** Those of the services under test. */
export function resourcesOf(contracts: Contracts): readonly ApiResource[] {
  const types = new Set(contracts.map(({ service }) => service));
  return apiResources.filter(({ operations }) => operations.some((id) => types.has(serviceOf(id))));
}

/** The operations that have recipes or written clauses: the default selection of a run. */
export const triedOperations: ReadonlySet<OperationId> = new Set(apiResources.flatMap(({ operations }) => operations));

const triedServices: ReadonlySet<string> = new Set([...triedOperations].map(serviceOf));

/** Whether its clauses are locked and accounted for: every operation of a service none of whose resources has a suite. */
export function hasCoverageCheck(id: OperationId): boolean {
  return triedOperations.has(id) || !triedServices.has(serviceOf(id));
}

/** Service by service. `only`: of these operations. */
export function allClauses(contracts: Contracts, only?: ReadonlySet<OperationId>): readonly Clause[] {
  return contracts.flatMap((contract) => clausesOfService(contract, only));
}

/** How to call the operations of a service. */
export function recipesIn(contract: Contract): Recipes {
  return recipesOfService(suites.find(({ type }) => type === contract.service) ?? {}, contract);
}

/** The operations whose cases affect others, so that they run one at a time, after all other cases. */
export function operationsAlone(contracts: Contracts): ReadonlySet<string> {
  const alone = new Set(knownCapabilities.flatMap(({ id, isAlone }) => (isAlone ? [id] : [])));
  return new Set(
    contracts.flatMap((contract) =>
      Object.entries(recipesIn(contract)).flatMap(([id, recipe]) =>
        recipe?.capabilities.some((capability) => alone.has(capability)) ? [id] : [],
      ),
    ),
  );
}

/** Derived and written clauses in the order of the contract's operations; derived clauses first within an operation. */
export function clausesOfService(contract: Contract, only?: ReadonlySet<OperationId>): readonly Clause[] {
  const suite: Omit<ServiceSuite, 'type'> = suites.find(({ type }) => type === contract.service) ?? {};
  const { resources = [], clauses: ofService = [] } = suite;
  const written = [...resources.flatMap(({ clauses }) => clauses), ...ofService];
  const known = written.filter(({ id }) => {
    const operation = id.split('#')[0] as OperationId;
    return findOperation(contract, operation) && only?.has(operation) !== false;
  });
  const all = [
    ...deriveClauses(contract, recipesOfService(suite, contract), only),
    ...known.map((entry) => writtenClause(entry, contract)),
  ];
  const byOperation = groupBy(all, ({ operation }) => operation);
  return contract.operations.flatMap(({ id }) => byOperation.get(id) ?? []);
}
