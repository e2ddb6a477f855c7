/** The simulator names operations as the contract does, and finds each of them by the contract's own call. */
import { expect, test } from 'vitest';
import { chosenContracts } from '../../cli/chosen-contract.ts';
import { callKey } from '../../src/contract/shared-calls.ts';
import { operationFinder } from '../../src/contract/find-operation.ts';
import { computeEndpoints } from '../../targets/simulator/compute/endpoints.ts';
import { computeRoutes } from '../../targets/simulator/compute/routes.ts';

const [{ contract }] = (await chosenContracts({}, () => true)).chosen;
const newest = contract.microversions?.range.last ?? { major: 2, minor: 104 };
const byId = new Map(contract.operations.map((operation) => [operation.id as string, operation]));
const find = operationFinder(contract.operations);

const calls = [
  ...computeRoutes.flatMap(({ operation, method, path }) =>
    typeof operation === 'string' ? [[operation, method, path] as const] : [],
  ),
  ...computeEndpoints.map(({ operation, method, path }) => [operation, method, path] as const),
];

test.each(calls)('%s is the operation of the contract with the call %s %s', (id, method, path) => {
  const operation = byId.get(id);
  expect(operation && callKey(operation)).toBe(`${method} ${path.replace(/:\w+/g, '{}')}`);
});

/** Those that releases no longer have read no body. */
const actions = computeEndpoints.filter(({ path, rules }) => path.endsWith('/action') && rules.body);

test.each(actions.map(({ operation, path, rules }) => [operation, rules.body?.envelope ?? '', path, rules] as const))(
  '%s is the operation that the contract finds for a body with the member %s',
  (id, key, path, { range }) => {
    const request = { method: 'POST', path: path.replace(/:\w+/g, 'some'), body: `{"${key}": null}` };
    expect(find({ ...request, microversion: range?.last ?? newest })?.operation.id).toBe(id);
  },
);
