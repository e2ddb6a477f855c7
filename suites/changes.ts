/** The declared changes of all services, and the ownership guard that enforces them. */
import { joinChanges, type Changes } from '../src/resources/declared-change.ts';
import { operationFinder } from '../src/contract/find-operation.ts';
import { ownershipGuard, type DocumentedCall, type Guard } from '../src/resources/ownership-guard.ts';
import { changesOfSuite, type Suite } from '../src/clauses/extension-suite.ts';
import type { Contracts } from '../src/contract/contracts.ts';
import type { CleanupContext, RunContext } from '../src/execution/run-context.ts';
import type { Target } from '../src/planning/target.ts';
import { unversioned } from '../src/microversion.ts';
import { createCreations } from '../src/resources/create-under-test.ts';
import { allKinds, kindsOfSuites } from './resources.ts';
import { settingKinds } from './capabilities.ts';
import { services } from './services.ts';

export const declaredChanges: Changes = Object.fromEntries(
  services.map(({ type, changes = [] }) => [type, changes] as const),
);

function isResource(kind: string): boolean {
  return !settingKinds.some((setting) => setting === kind);
}

type Guarded = Pick<CleanupContext, 'ledger' | 'runName' | 'sessions'>;

export interface GuardSettings {
  readonly fixtures?: Readonly<Record<string, string>>;
  /** The microversions of the services of the target. */
  readonly services?: Target['services'];
  /** Name the operation of an undeclared request in messages. */
  readonly contracts?: Contracts;
  readonly suites?: readonly Suite[];
}

/** @throws HarnessError for an invalid declaration */
export function guardOf(
  { ledger, runName, sessions }: Guarded,
  { fixtures = {}, services: served = {}, contracts = [], suites = [] }: GuardSettings = {},
): Guard {
  const findCall = (service: string, method: string, path: string, body?: string): DocumentedCall | undefined => {
    const contract = contracts.find((one) => one.service === service);
    if (!contract) return undefined;
    // Operations that were removed exist at the oldest microversion, those that were added at the newest one.
    const { first, last = first } = contract.microversions?.range ?? unversioned;
    const find = operationFinder(contract.operations);
    const request = { method, path, body };
    const found = find({ ...request, microversion: last }) ?? find({ ...request, microversion: first });
    return found && { operation: found.operation.id, call: `${method} ${found.operation.path}` };
  };
  return ownershipGuard({
    ...{ ledger, runName, findCall },
    newest: (service) => served[service]?.range?.last,
    changes: joinChanges(declaredChanges, ...suites.flatMap(changesOfSuite)),
    fixtures: () => Object.entries(fixtures).flatMap(([kind, id]) => (isResource(kind) ? [id] : [])),
    projects: () => [...sessions.values()].flatMap(({ projectId }) => projectId ?? []),
  });
}

/** The same run, in which requests under test may create resources. */
export function withCreations(run: RunContext, suites: readonly Suite[] = []): RunContext {
  const changes = joinChanges(declaredChanges, ...suites.flatMap(changesOfSuite));
  return { ...run, creations: createCreations(run, changes, [...allKinds, ...kindsOfSuites(suites)]) };
}
