/** The list of capabilities contains those that clauses need. */
import { expect, test } from 'vitest';
import { knownCapabilities } from '../../suites/services.ts';
import { readOnlyRecipes } from '../../suites/compute/read-only/recipes.ts';
import { allClauses } from '../../suites/index.ts';
import { deriveClauses } from '../../src/clauses/derive/index.ts';
import { chosenContracts } from '../../cli/chosen-contract.ts';
import { contractOf, plainOperation } from '../execution/tiny-contract.ts';

test('every capability that a clause needs is known, and every known one is needed', async () => {
  const reading = readOnlyRecipes(
    contractOf({ ...plainOperation('compute/list-flavors', ['2.1-']), path: '/flavors' }),
  );
  const needed = [
    ...allClauses((await chosenContracts({})).chosen.map(({ contract }) => contract)).flatMap(
      ({ capabilities }) => capabilities,
    ),
    ...Object.values(reading).flatMap(({ exists, capabilities }) => [...capabilities, ...(exists ? [exists] : [])]),
  ];
  expect(knownCapabilities.map(({ id }) => id).sort()).toEqual([...new Set(needed)].sort());
});

test('all clauses of an operation need the capability that it depends on', () => {
  const operation = { ...plainOperation('compute/list-flavors', ['2.1-']), path: '/flavors' };
  const contract = contractOf(operation);
  const clauses = deriveClauses(contract, readOnlyRecipes(contract));
  expect(clauses.length).toBeGreaterThan(0);
  expect(clauses.filter(({ capabilities }) => !capabilities.includes('whole-api'))).toEqual([]);
});

test.each(['/os-hosts/{host_name}/reboot', '/os-hosts/{host_name}/shutdown', '/os-hosts/{host_name}/startup'])(
  'GET %s changes the host and is never called',
  (path) => {
    const operation = { ...plainOperation('compute/reboot-host', ['2.1-']), path };
    expect(operation.method).toBe('GET');
    expect(readOnlyRecipes(contractOf(operation))).toEqual({});
  },
);
