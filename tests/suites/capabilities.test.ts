/** The list of capabilities is that of the clauses. */
import { expect, test } from 'vitest';
import { knownCapabilities } from '../../suites/capabilities.ts';
import { readingRecipes } from '../../suites/compute/reading/recipes.ts';
import { allClauses } from '../../suites/index.ts';
import { chosenContract } from '../../cli/chosen-contract.ts';
import { contractOf, plainOperation } from '../conformance/tiny-contract.ts';

test('every capability that a clause needs is known, and every known one is needed', () => {
  const reading = readingRecipes(contractOf({ ...plainOperation('compute/list-flavors', ['2.1-']), path: '/flavors' }));
  const needed = [...allClauses(chosenContract({}).contract), ...Object.values(reading)].flatMap(
    ({ capabilities }) => capabilities,
  );
  expect(knownCapabilities.map(({ id }) => id).sort()).toEqual([...new Set(needed)].sort());
});

test.each(['/os-hosts/{host_name}/reboot', '/os-hosts/{host_name}/shutdown', '/os-hosts/{host_name}/startup'])(
  'GET %s changes the host, and nothing ever calls it',
  (path) => {
    const operation = { ...plainOperation('compute/reboot-host', ['2.1-']), path };
    expect(operation.method).toBe('GET');
    expect(readingRecipes(contractOf(operation))).toEqual({});
  },
);
