/** The list of capabilities is that of the clauses. */
import { expect, test } from 'vitest';
import { knownCapabilities } from '../../suites/capabilities.ts';
import { readingRecipes } from '../../suites/compute/reading/recipes.ts';
import { allClauses } from '../../suites/index.ts';
import { deriveClauses } from '../../src/conformance/derive/index.ts';
import { chosenContract } from '../../cli/chosen-contract.ts';
import { contractOf, plainOperation } from '../conformance/tiny-contract.ts';

test('every capability that a clause needs is known, and every known one is needed', () => {
  const reading = readingRecipes(contractOf({ ...plainOperation('compute/list-flavors', ['2.1-']), path: '/flavors' }));
  const needed = [
    ...allClauses(chosenContract({}).contract).flatMap(({ capabilities }) => capabilities),
    ...Object.values(reading).flatMap(({ exists, capabilities }) => [...capabilities, ...(exists ? [exists] : [])]),
  ];
  expect(knownCapabilities.map(({ id }) => id).sort()).toEqual([...new Set(needed)].sort());
});

test('without the capability that an operation needs to exist, no clause on it binds', () => {
  const operation = { ...plainOperation('compute/list-flavors', ['2.1-']), path: '/flavors' };
  const contract = contractOf(operation);
  const clauses = deriveClauses(contract, readingRecipes(contract));
  expect(clauses.length).toBeGreaterThan(0);
  expect(clauses.filter(({ capabilities }) => !capabilities.includes('whole-api'))).toEqual([]);
});

test.each(['/os-hosts/{host_name}/reboot', '/os-hosts/{host_name}/shutdown', '/os-hosts/{host_name}/startup'])(
  'GET %s changes the host, and nothing ever calls it',
  (path) => {
    const operation = { ...plainOperation('compute/reboot-host', ['2.1-']), path };
    expect(operation.method).toBe('GET');
    expect(readingRecipes(contractOf(operation))).toEqual({});
  },
);
