/** Which cases are planned: properties over made-up contracts, clauses and targets, and a table of what is settled. */
import { expect, test } from 'vitest';
import type { Clause } from '../../src/clauses/clause.ts';
import type { Identity } from '../../src/clauses/identity.ts';
import { planCases, type PlannedCase } from '../../src/planning/plan-cases.ts';
import { everything, type Selection } from '../../src/planning/selection.ts';
import type { Target } from '../../src/planning/target.ts';
import type { Operation } from '../../src/contract/model.ts';
import type { NonEmpty } from '../../src/json.ts';
import {
  compareMicroversions,
  formatMicroversion,
  formatRange,
  includes,
  range,
  type MicroversionRange,
} from '../../src/microversion.ts';
import { seededRandom, seeds, type Random } from '../seeded-random.ts';
import { clauseOf, contractOf, plainOperation, targetWith } from '../execution/tiny-contract.ts';

const most = 40;

interface Scenario {
  readonly operation: Operation;
  readonly clause: Clause;
  readonly target: Target;
}

/** Operations with one to six revisions, clauses with one or two ranges, targets with any window. */
function scenario(seed: number, more: Partial<Clause> = {}): Scenario {
  const random = seededRandom(seed);
  const starts = [
    ...new Set([1 + random.below(10), ...Array.from({ length: random.below(6) }, () => 1 + random.below(most))]),
  ];
  starts.sort((a, b) => a - b);
  const open = random.chance(0.5);
  const revisions = starts.map((start, index) => {
    const next = starts[index + 1];
    if (next !== undefined) return `2.${start}-2.${next - 1}`;
    return open ? `2.${start}-` : `2.${start}-2.${start + random.below(20)}`;
  }) as unknown as NonEmpty<string>;
  return {
    operation: plainOperation('compute/show-thing', revisions),
    clause: clauseOf('compute/show-thing#shows', clauseRanges(random), more),
    target: targetWith(anyRange(random, 1, most)),
  };
}

function clauseRanges(random: Random): NonEmpty<MicroversionRange> {
  if (random.chance(0.5)) return [range(anyRange(random, 1, most, random.chance(0.5)))];
  return [range(anyRange(random, 1, 15)), range(anyRange(random, 17, most, random.chance(0.5)))];
}

function anyRange(random: Random, least: number, last: number, open = false): string {
  const first = least + random.below(last - least);
  return open ? `2.${first}-` : `2.${first}-2.${first + random.below(last - first + 1)}`;
}

function plan({ operation, clause, target }: Scenario, selection: Partial<Selection> = {}): readonly PlannedCase[] {
  return planCases([clause], [contractOf(operation)], target, { ...everything, ...selection });
}

function rangeOf({ services }: Target): MicroversionRange {
  const whole = services.compute?.range;
  if (!whole) throw new Error('The target has no such service');
  return whole;
}

/** Every microversion at which the clause binds the target. */
function bound({ operation, clause, target }: Scenario): readonly string[] {
  return Array.from({ length: most + 20 }, (_, minor) => ({ major: 2, minor })).flatMap((version) =>
    includes(operation.range, version) &&
    includes(rangeOf(target), version) &&
    clause.ranges.some((part) => includes(part, version))
      ? [formatMicroversion(version)]
      : [],
  );
}

const versionsOf = (cases: readonly PlannedCase[]): readonly string[] =>
  cases.map(({ microversion }) => formatMicroversion(microversion));

test('the made-up scenarios hold those that bind and those that do not', () => {
  const kinds = seeds(150).map((seed) => bound(scenario(seed)).length > 0);
  expect(new Set(kinds)).toEqual(new Set([true, false]));
});

test('every case lies inside the ranges of clause, operation and target, once and in order', () => {
  for (const seed of seeds(150)) {
    const made = scenario(seed);
    const cases = plan(made).filter(({ decided }) => !decided);
    const wanted = new Set(bound(made));
    const versions = versionsOf(cases);
    expect(
      versions.filter((version) => !wanted.has(version)),
      `seed ${seed}`,
    ).toEqual([]);
    expect(new Set(versions).size, `seed ${seed}`).toBe(versions.length);
    const sorted = [...cases].sort((a, b) => compareMicroversions(a.microversion, b.microversion));
    expect(cases, `seed ${seed}`).toEqual(sorted);
    for (const { id, clause, microversion } of cases) expect(id).toBe(`${clause}@${formatMicroversion(microversion)}`);
  }
});

test('of each revision the first and the last microversion that bind are covered, and no other', () => {
  for (const seed of seeds(150)) {
    const made = scenario(seed);
    const wanted = new Set<string>();
    for (const part of made.clause.ranges) {
      for (const revision of made.operation.revisions) {
        const inside = bound(made).filter(
          (text) => includes(part, range(text).first) && includes(revision.range, range(text).first),
        );
        for (const end of [inside[0], inside.at(-1)]) if (end !== undefined) wanted.add(end);
      }
    }
    const cases = plan(made).filter(({ decided }) => !decided);
    expect(new Set(versionsOf(cases)), `seed ${seed}`).toEqual(wanted);
  }
});

test('a selected clause has a case to try, or one case that says why not', () => {
  for (const seed of seeds(150)) {
    const made = scenario(seed);
    const cases = plan(made);
    const expected = bound(made).length > 0 ? cases.map(() => undefined) : ['not-applicable'];
    expect(cases.length, `seed ${seed}`).toBeGreaterThan(0);
    expect(
      cases.map(({ decided }) => decided?.is),
      `seed ${seed}`,
    ).toEqual(expected);
  }
});

test('a sweep covers every microversion that binds', () => {
  for (const seed of seeds(150)) {
    const made = scenario(seed);
    const swept = plan(made, { cases: 'sweep' }).filter(({ decided }) => !decided);
    expect(versionsOf(swept), `seed ${seed}`).toEqual(bound(made));
  }
});

test('a clause to be decided once has one case, at the last microversion that binds', () => {
  for (const seed of seeds(150)) {
    const made = scenario(seed, { cases: 'once' });
    for (const density of ['revisions', 'sweep', 'once'] as const) {
      const cases = plan(made, { cases: density }).filter(({ decided }) => !decided);
      expect(versionsOf(cases), `seed ${seed}`).toEqual(bound(made).slice(-1));
    }
  }
});

test('a run that tries each clause once tries the newest of its cases, and no other', () => {
  for (const seed of seeds(150)) {
    const made = scenario(seed);
    const [usual, once] = [plan(made), plan(made, { cases: 'once' })];
    expect(once, `seed ${seed}`).toEqual(usual.slice(-1));
  }
});

test('chosen microversions narrow each clause, and the ends of what is left are covered', () => {
  for (const seed of seeds(150)) {
    const made = scenario(seed);
    const random = seededRandom(seed + 10_000);
    const wanted = [range(anyRange(random, 1, 20)), range(anyRange(random, 15, most))];
    const left = bound(made).filter((text) => wanted.some((part) => includes(part, range(text).first)));
    const versions = versionsOf(plan(made, { microversions: wanted }).filter(({ decided }) => !decided));
    expect(
      versions.filter((version) => !left.includes(version)),
      `seed ${seed}`,
    ).toEqual([]);
    if (left.length > 0) expect([versions[0], versions.at(-1)], `seed ${seed}`).toEqual([left[0], left.at(-1)]);
    const single = versionsOf(plan(made, { microversions: [range('2.17')] }).filter(({ decided }) => !decided));
    expect(single, `seed ${seed}`).toEqual(bound(made).filter((version) => version === '2.17'));
  }
});

test('latest is the newest microversion of the target', () => {
  for (const seed of seeds(100)) {
    const made = scenario(seed);
    const newest = formatRange(rangeOf(made.target)).split('-').at(-1);
    const cases = plan(made, { microversions: ['latest'] }).filter(({ decided }) => !decided);
    expect(versionsOf(cases), `seed ${seed}`).toEqual(bound(made).filter((version) => version === newest));
  }
});

test('cases come in the order of the clauses', () => {
  const operation = plainOperation('compute/show-thing', ['2.1-2.9', '2.10-']);
  const clauses = (['z', 'a', 'm'] as const).map((name) => clauseOf(`compute/show-thing#${name}`, [range('2.1-')]));
  const cases = planCases(clauses, [contractOf(operation)], targetWith('2.1-2.20'), everything);
  expect(cases.map(({ id }) => id)).toEqual(
    ['z', 'a', 'm'].flatMap((name) =>
      ['2.1', '2.9', '2.10', '2.20'].map((version) => `compute/show-thing#${name}@${version}`),
    ),
  );
});

const admin: readonly Identity[] = ['admin', 'reader'];
const settled: readonly { name: string; clause: Partial<Clause>; target?: Partial<Target>; expected: object }[] = [
  {
    name: 'an identity that was not given',
    clause: { identities: admin },
    target: { identities: new Set(['member', 'reader']) },
    expected: { is: 'not-attempted', reason: 'No admin identity was given.', remedy: 'Add --admin CLOUD.' },
  },
  {
    name: 'two identities that were not given',
    clause: { identities: admin },
    expected: {
      is: 'not-attempted',
      reason: 'No admin, no reader identity was given.',
      remedy: 'Add --admin CLOUD --reader CLOUD.',
    },
  },
  {
    name: 'a capability that the target lacks',
    clause: { capabilities: ['multiattach'], identities: admin },
    target: { capabilities: { multiattach: { has: false, source: 'declared' } } },
    expected: {
      is: 'not-applicable',
      reason: 'The clause needs the capability multiattach, which this target does not have (declared).',
    },
  },
  {
    name: 'a capability of which nobody told',
    clause: { capabilities: ['multiattach'] },
    expected: {
      is: 'not-applicable',
      reason: 'The clause needs the capability multiattach, which this target does not have (assumed).',
    },
  },
  {
    name: 'an operation that no suite prepares',
    clause: { unprepared: 'No suite knows yet how.', capabilities: ['multiattach'] },
    expected: { is: 'not-attempted', reason: 'No suite knows yet how.' },
  },
  {
    name: 'a range in which the operation does not exist',
    clause: { ranges: [range('2.300-'), range('2.400-')], identities: admin },
    expected: { is: 'not-applicable', reason: 'The contract has no compute/show-thing at 2.300-, 2.400-.' },
  },
  {
    name: 'a window that the target does not reach',
    clause: { ranges: [range('2.30-')], identities: admin },
    expected: { is: 'not-applicable', reason: 'The clause applies to 2.30-2.200; the target supports 2.1-2.20.' },
  },
];

test.each(settled)('$name settles a clause by one case with its reason', ({ clause, target, expected }) => {
  const operation = plainOperation('compute/show-thing', ['2.1-2.9', '2.10-2.200']);
  const made = {
    operation,
    clause: clauseOf('compute/show-thing#shows', [range('2.5-')], clause),
    target: targetWith('2.1-2.20', target),
  };
  const cases = plan(made);
  expect(cases.map(({ decided }) => decided)).toEqual([expected]);
  expect(plan(made, { cases: 'sweep' })).toEqual(cases);
});

test('what the target has and the operator gave leaves nothing settled', () => {
  const operation = plainOperation('compute/show-thing', ['2.1-']);
  const clause = clauseOf('compute/show-thing#shows', [range('2.1-')], {
    identities: admin,
    capabilities: ['multiattach'],
  });
  const target = targetWith('2.1-2.20', {
    identities: new Set(['member', 'reader', 'admin']),
    capabilities: { multiattach: { has: true, source: 'found' } },
  });
  expect(plan({ operation, clause, target }).map(({ decided }) => decided)).toEqual([undefined, undefined]);
});

test('where nothing may be made, only what reads is tried', () => {
  const operation = plainOperation('compute/show-thing', ['2.1-']);
  const planned = (more: Partial<Clause>): readonly boolean[] => {
    const clause = clauseOf('compute/show-thing#shows', [range('2.1-')], more);
    const cases = plan({ operation, clause, target: targetWith('2.1-2.20') }, { mode: 'read-only' });
    return cases.map(({ decided }) => decided === undefined);
  };
  expect(planned({ reads: true })).toEqual([true, true]);
  expect(planned({})).toEqual([false]);
});
