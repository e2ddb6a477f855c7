/** The simulator names operations as the contract does, and finds each of them by the contract's own call. */
import { expect, test } from 'vitest';
import { chosenContracts } from '../../cli/chosen-contract.ts';
import { callKey } from '../../src/contract/shared-calls.ts';
import { operationFinder } from '../../src/contract/find-operation.ts';
import { actionOperations } from '../../targets/simulator/compute/servers/action-operations.ts';
import { actions } from '../../targets/simulator/compute/servers/actions.ts';
import { computeRoutes } from '../../targets/simulator/compute/routes.ts';

const [{ contract }] = chosenContracts({}, () => true).chosen;
const newest = contract.microversions?.range.last ?? { major: 2, minor: 104 };
const byId = new Map(contract.operations.map((operation) => [operation.id as string, operation]));
const find = operationFinder(contract.operations);

const named = computeRoutes.flatMap(({ operation, method, path }) =>
  typeof operation === 'string' ? [[operation, `${method} ${path.replace(/:\w+/g, '{}')}`] as const] : [],
);

test.each(named)('%s is the operation of the contract with the call %s', (id, call) => {
  const operation = byId.get(id);
  expect(operation && callKey(operation)).toBe(call);
});

test('every server action has the operation that the contract finds for its body', () => {
  expect(Object.keys(actionOperations)).toEqual(Object.keys(actions));
  for (const [name, id] of Object.entries(actionOperations)) {
    const request = { method: 'POST', path: '/servers/some/action', body: `{"${name}": null}`, microversion: newest };
    expect(find(request)?.operation.id).toBe(id);
  }
});
