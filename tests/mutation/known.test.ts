/** Which recorded results are reused, by what has changed since they were recorded. */
import { expect, test } from 'vitest';
import type { Mutant } from '../../cli/mutation-test/plan-trials.ts';
import type { Dependencies } from '../../cli/mutation-test/records/dependencies.ts';
import { knownResults } from '../../cli/mutation-test/records/known.ts';
import type { ReadRecord } from '../../cli/mutation-test/records/record-file.ts';
import { recordResults } from '../../cli/mutation-test/records/record-results.ts';
import type { Clause } from '../../src/clauses/clause.ts';

const resource = 'compute/volume-attachments';

const clauseOf = (word: string, ...killedBy: readonly string[]): Clause =>
  ({ id: `compute/attach-volume#${word}`, operation: 'compute/attach-volume', killedBy }) as unknown as Clause;
const mutantOf = (id: string, equivalent?: string): Mutant => ({
  ...{ id, names: [id], summary: id, equivalent, operation: undefined, isDerived: false },
  touches: () => true,
});

const one = clauseOf('one', 'compute:a');
const two = clauseOf('two', 'compute:a', 'compute:b');
const clauses = [one, two];
const [a, b, none, unseen] = [
  mutantOf('compute:a'),
  mutantOf('compute:b'),
  mutantOf('compute:none', 'Nobody can tell.'),
  mutantOf('compute:unseen'),
] as const;
const mutants = [a, b, none, unseen];

/** Digests are the names of what they cover, with the number of times that it was changed. */
function dependencies(changed: readonly string[] = []): Dependencies {
  const version = (name: string): string => `${name} ${changed.filter((part) => part === name).length}`;
  return {
    common: (requests) => version(`all ${[...requests].join()}`),
    groupOfClause: ({ id }) => `clauses ${id.split('#')[1] ?? ''}`,
    groupOfFault: ({ id }) => `faults ${id}`,
    ofClauses: version,
    ofFaults: version,
  };
}

const kills = new Map([
  ['compute:a', [one.id]],
  ['compute:b', [one.id, two.id]],
  ['compute:none', []],
  ['compute:unseen', []],
]);
const recorded = recordResults({
  ...{ clauses, mutants, kills, dependencies: dependencies() },
  equivalents: [{ fault: none.id, why: 'Nobody can tell.' }],
  requests: new Map([[resource, new Set(['GET /compute/' as const])]]),
  reused: new Map(),
}).get(resource);
if (!recorded) throw new Error('Nothing was recorded.');
const record: ReadRecord = { ...recorded, isIntact: true };

function resultsWith(changed: readonly string[], of: ReadRecord = record): readonly (string | undefined)[] {
  const known = knownResults({
    records: new Map([[resource, of]]),
    dependencies: dependencies(changed),
    clauses,
    mutants,
  });
  return mutants.flatMap((mutant) => clauses.map((clause) => known.resultOf(mutant, clause)));
}

const all = ['killed', 'survived', 'killed', 'killed', 'survived', 'survived', undefined, undefined];
const nothing = all.map(() => undefined);

test('a record has the groups of its clauses and of the faults that were tried', () => {
  expect([...record.groups.keys()].sort()).toEqual([
    ...['clauses one', 'clauses two'],
    ...['faults compute:a', 'faults compute:b', 'faults compute:none'],
  ]);
  expect([...record.kills.keys()]).toEqual(['compute:a', 'compute:b', 'compute:none']);
});

const cases: readonly (readonly [string, readonly (string | undefined)[], readonly (string | undefined)[]])[] = [
  ['nothing', resultsWith([]), all],
  ['a clause', resultsWith(['clauses one']), all.map((result, at) => (at % 2 === 0 ? undefined : result))],
  ['a fault', resultsWith(['faults compute:b']), all.map((result, at) => (at === 2 || at === 3 ? undefined : result))],
  ['what all depends on', resultsWith(['all GET /compute/']), nothing],
  ['the file', resultsWith([], { ...record, isIntact: false }), nothing],
];

test.each(cases)('after a change of %s the pairs of it run again', (_, results, expected) => {
  expect(results).toEqual(expected);
});

test('a fault that no clause names is known to survive only where all clauses were tried', () => {
  expect(resultsWith([]).slice(6)).toEqual([undefined, undefined]);
});

test('a clause that is not recorded, or has changed, has to pass without a fault first', () => {
  const known = knownResults({
    records: new Map([[resource, record]]),
    dependencies: dependencies(['clauses one']),
    ...{ clauses, mutants },
  });
  expect([one, two, clauseOf('three')].map(known.isCurrent)).toEqual([false, true, false]);
  expect(known.outdated).toEqual([]);
});

test('recorded kills are known whatever has changed, and what is outdated is named', () => {
  const known = knownResults({
    records: new Map([[resource, record]]),
    dependencies: dependencies(['all GET /compute/']),
    ...{ clauses, mutants },
  });
  expect(known.kills.get('compute:b')).toEqual([one.id, two.id]);
  expect(known.outdated).toEqual([resource]);
});

test('requests of reused results stay recorded, others are added', () => {
  const again = recordResults({
    ...{ clauses, mutants, kills, equivalents: [], dependencies: dependencies() },
    requests: new Map([[resource, new Set(['GET /image/v2/images' as const])]]),
    reused: new Map([[resource, record]]),
  }).get(resource);
  expect(again?.requests).toEqual(['GET /compute/', 'GET /image/v2/images']);
  expect(again?.common).toBe('all GET /compute/,GET /image/v2/images 0');
});
