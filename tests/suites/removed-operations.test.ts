/** The operations that releases no longer have: each has one clause, on what these answer. */
import { expect, test } from 'vitest';
import { chosenContracts } from '../../cli/chosen-contract.ts';
import type { Contract } from '../../src/contract/model.ts';
import { sendRequest } from '../../src/execution/send-request.ts';
import { jsonObject } from '../../src/json.ts';
import { range } from '../../src/microversion.ts';
import { isReading } from '../../src/resources/ownership-guard.ts';
import {
  removedChanges,
  removedInterfaces,
  removedOperations,
  removedServerActions,
} from '../../suites/compute/removed-operations.ts';
import { guardOf } from '../../suites/changes.ts';
import { allClauses } from '../../suites/index.ts';
import { responded, tinyRun } from '../execution/tiny-run.ts';

const contracts = (await chosenContracts({}, () => true)).chosen.map(({ contract }) => contract);
const [contract] = contracts as [Contract];
const removed = contracts.flatMap(({ operations }) => operations).filter(({ removal }) => removal);

test('the suites list what the manifest calls removed', () => {
  const listed = [...removedServerActions, ...removedInterfaces, ...removedOperations];
  expect([...listed].sort()).toEqual(removed.map(({ id }) => id).sort());
});

test('each has one clause, which names the code and the first release that it binds', () => {
  const clauses = allClauses(contracts, new Set(removed.map(({ id }) => id)));
  expect(clauses.map(({ id, statement, since }) => [id, /\d{3}/.exec(statement)?.[0], since?.maximum])).toEqual(
    removed.map(({ id, removal }) => [`${id}#is-removed`, String(removal?.status), removal?.maximum]),
  );
});

const changing = removed.filter(({ method }) => !isReading(method));

test('each that is not a reading one has a declared change of the same removal, which names nothing that exists', () => {
  const facts = changing.map(({ method, path, removal }) => `${method} ${path} ${removal?.maximum}`);
  const declared = removedChanges.map(({ call, removed: maximum }) => `${call} ${maximum}`);
  expect([...new Set(declared)].sort()).toEqual([...new Set(facts)].sort());
  for (const { call, refers } of removedChanges) {
    expect(
      Object.values(refers).map((reference) => reference?.to.ids),
      call,
    ).toEqual([...call.matchAll(/\{/g)].map(() => 'uuid'));
  }
});

test.each([
  ['2.1-2.52', 0],
  ['2.1-2.86', 16],
  ['2.1-2.104', changing.length],
])('a target of %s gets requests of operations that it no longer has', async (versions, count) => {
  const { run, sent } = tinyRun(contract, () => responded(410));
  const services = {
    compute: { ...run.target.services.compute, endpoint: 'http://compute.test', range: range(versions) },
  };
  const guarded = { ...run, guard: guardOf(run, { contracts, services }) };
  const id = '0a000000-0000-4000-8000-0000000000ff';
  guarded.guard.draw(id);
  for (const { method, path, samples } of changing) {
    const body = path.endsWith('/action') ? jsonObject(samples.find(({ side }) => side === 'request')?.value) : {};
    const request = { service: 'compute', method, path: path.replace(/\{[^}]+\}/g, id), purpose: 'act' } as const;
    await sendRequest(guarded, { ...request, ...(method !== 'DELETE' && { body }) }).catch((error: unknown) => {
      expect(String(error)).toContain('a release of the target may still have the operation');
    });
  }
  expect(sent).toHaveLength(count);
});
