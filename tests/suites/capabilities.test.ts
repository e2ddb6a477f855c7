/** The list of capabilities is that of the clauses. */
import { expect, test } from 'vitest';
import { knownCapabilities } from '../../suites/capabilities.ts';
import { allClauses } from '../../suites/index.ts';
import { chosenContract } from '../../cli/chosen-contract.ts';

test('every capability that a clause needs is known, and every known one is needed', () => {
  const needed = allClauses(chosenContract({}).contract).flatMap(({ capabilities }) => capabilities);
  expect(knownCapabilities.map(({ id }) => id)).toEqual([...new Set(needed)].sort());
});
