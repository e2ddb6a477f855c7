/** The operations that releases no longer have: each has one clause, on what these answer. */
import { expect, test } from 'vitest';
import { chosenContracts } from '../../cli/chosen-contract.ts';
import { isReading } from '../../src/resources/ownership-guard.ts';
import {
  removedChanges,
  removedInterfaces,
  removedOperations,
  removedServerActions,
} from '../../suites/compute/removed-operations.ts';
import { allClauses } from '../../suites/index.ts';

const contracts = (await chosenContracts({}, () => true)).chosen.map(({ contract }) => contract);
const removed = contracts.flatMap(({ operations }) => operations).filter(({ removal }) => removal);

test('the suites list what the manifest calls removed', () => {
  const listed = [...removedServerActions, ...removedInterfaces, ...removedOperations];
  expect([...listed].sort()).toEqual(removed.map(({ id }) => id).sort());
});

test('each has one clause, which names the code and the first release that it binds', () => {
  const clauses = allClauses(contracts, new Set(removed.map(({ id }) => id)));
  expect(clauses.map(({ id, statement, since }) => [id, /\d{3}/.exec(statement)?.[0], since?.maximum])).toEqual(
    removed.map(({ id, removal }) => [`${id}#is-gone`, String(removal?.status), removal?.maximum]),
  );
});

test('each that is not a reading one has a declared change, which names nothing that exists', () => {
  const calls = new Set(removedChanges.map(({ call }) => call));
  const changing = removed.filter(({ method }) => !isReading(method)).map(({ method, path }) => `${method} ${path}`);
  expect([...calls].sort()).toEqual([...new Set(changing)].sort());
  for (const { call, refers } of removedChanges) {
    expect(
      Object.values(refers).map((reference) => reference?.to.ids),
      call,
    ).toEqual([...call.matchAll(/\{/g)].map(() => 'uuid'));
  }
});
