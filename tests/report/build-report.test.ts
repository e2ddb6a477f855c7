import { describe, expect, it } from 'vitest';
import { verdictKinds, type Level, type Verdict, type VerdictKind } from '../../src/clauses/verdict.ts';
import type { OperationId } from '../../src/contract/model.ts';
import { buildReport } from '../../src/report/build-report.ts';
import type { EndLine, PlannedCase, PlannedClause } from '../../src/records/journal.ts';
import type { Journal } from '../../src/report/journal.ts';
import type { RunReport } from '../../src/records/report.ts';
import { exitCode } from '../../src/report/run-verdict.ts';
import { endLine, runLine } from '../reporters/fixed-record.ts';

const finding = { kind: 'status', exchange: 'x1', expected: [200], seen: 500 } as const;

const verdicts: Readonly<Record<VerdictKind, Verdict>> = {
  pass: { is: 'pass' },
  fail: { is: 'fail', findings: [finding] },
  warn: { is: 'warn', findings: [finding] },
  waived: { is: 'waived', findings: [finding], waiver: 'known' },
  error: { is: 'error', reason: 'The network broke' },
  unstable: { is: 'unstable', findings: [finding], reason: 'Failed once' },
  inconclusive: { is: 'inconclusive', reason: 'No server', cause: 'server ACTIVE' },
  'not-attempted': { is: 'not-attempted', reason: 'No reader given', remedy: 'Give --os-reader-cloud' },
  'not-applicable': { is: 'not-applicable', reason: 'Too old' },
};

interface Trial {
  readonly kinds: readonly VerdictKind[];
  readonly level?: Level;
  readonly operation?: OperationId;
}

/** One clause per trial, one case per verdict. */
function report(trials: readonly Trial[], end: Partial<EndLine> = {}, more: Partial<Journal> = {}): RunReport {
  const clauses = trials.map(({ level = 'MUST', operation = 'compute/a' }, index): PlannedClause => {
    const source = { file: 'a.inc', section: 'A', line: 1 };
    const id = `${operation}#c${index}`;
    const statement = `It ${level} hold.`;
    return { id, operation, statement, level, kind: 'derived', source, range: '2.1-', errata: [] };
  });
  const cases = trials.flatMap(({ kinds, operation = 'compute/a' }, clause) =>
    kinds.map((kind, index): { planned: PlannedCase; verdict: Verdict } => {
      const id = `${operation}#c${clause}`;
      const planned = { id: `${id}@2.${index}`, clause: id, operation, microversion: `2.${index}`, identities: [] };
      return { planned, verdict: verdicts[kind] };
    }),
  );
  return buildReport({
    header: { ...runLine, operations: ['compute/a', 'compute/b'], clauses, cases: cases.map(({ planned }) => planned) },
    results: cases.map(({ planned, verdict }) => ({
      line: 'case',
      id: planned.id,
      verdict,
      finishedAt: endLine.finishedAt,
      durationMs: 1,
      exchanges: 1,
    })),
    footer: { ...endLine, leaks: [], ...end },
    lostLines: 0,
    ...more,
  });
}

function subsets<T>(items: readonly T[]): readonly (readonly T[])[] {
  return items.reduce<readonly (readonly T[])[]>((all, item) => [...all, ...all.map((set) => [...set, item])], [[]]);
}

describe('a clause', () => {
  it('is as bad as the worst of its decided cases, for every set of verdicts', () => {
    const order = [
      'fail',
      'warn',
      'waived',
      'pass',
      'error',
      'unstable',
      'inconclusive',
      'not-attempted',
      'not-applicable',
    ] as const;
    for (const kinds of subsets(verdictKinds).filter((set) => set.length > 0)) {
      const folded = report([{ kinds, level: 'SHOULD' }]).clauses[0]?.verdict;
      expect(folded, kinds.join()).toBe(order.find((kind) => kinds.includes(kind)));
    }
  });

  it('without cases was not attempted', () => {
    expect(report([{ kinds: [] }]).clauses[0]?.verdict).toBe('not-attempted');
  });

  it.each(['MUST', 'MUST NOT'] as const)('with %s cannot warn: it fails', (level) => {
    expect(report([{ kinds: ['warn'], level }]).counts.cases).toMatchObject({ warn: 0, fail: 1 });
  });
});

describe('a run', () => {
  it('is conformant when every MUST passed or does not apply, and passed when one is waived, for every set of verdicts', () => {
    for (const kinds of subsets(verdictKinds)) {
      const judged = report([{ kinds: ['pass'] }, { kinds }]);
      const failed = kinds.includes('fail') || kinds.includes('warn');
      const open = (['unstable', 'error', 'inconclusive', 'not-attempted'] as const).some((kind) =>
        kinds.includes(kind),
      );
      const expected = failed
        ? (['non-conformant', 1] as const)
        : open
          ? (['partial', 2] as const)
          : kinds.includes('waived')
            ? (['passed', 0] as const)
            : (['conformant', 0] as const);
      expect([judged.verdict, exitCode(judged)], kinds.join()).toEqual(expected);
      expect(judged.reasons.length > 0, kinds.join()).toBe(judged.verdict !== 'conformant');
    }
  });

  it('is judged by its MUST clauses alone, unless a clause failed', () => {
    for (const kinds of subsets(verdictKinds)) {
      const judged = report([{ kinds: ['pass'] }, { kinds, level: 'SHOULD' }]);
      const clean = kinds.includes('waived') ? 'passed' : 'conformant';
      expect(judged.verdict, kinds.join()).toBe(kinds.includes('fail') ? 'non-conformant' : clean);
    }
  });

  it('is partial when it left something behind', () => {
    const leaks = [{ type: 'volume', id: '1', name: 'osc-1', command: 'openstack volume delete 1' }];
    const judged = report([{ kinds: ['pass'] }], { leaks });
    expect(judged.verdict).toBe('partial');
    expect(judged.reasons).toEqual(['The run left 1 resource behind: volume osc-1.']);
  });

  it.each(['interrupted', 'deadline', 'crashed'] as const)(
    'is partial when it ended as %s, even with every case passed',
    (ended) => {
      expect(report([{ kinds: ['pass'] }], { ended }).verdict).toBe('partial');
    },
  );

  it('lists a cause once, with its count and its remedy', () => {
    const judged = report([{ kinds: ['pass'] }, { kinds: ['inconclusive', 'inconclusive', 'not-attempted'] }]);
    expect(judged.reasons).toEqual([
      '2 cases are inconclusive, blocked by server ACTIVE: No server.',
      '1 case was not attempted: No reader given. Give --os-reader-cloud.',
    ]);
  });

  it('names the microversions at which a clause failed', () => {
    expect(report([{ kinds: ['pass', 'fail', 'fail'] }]).reasons).toEqual([
      'compute/a#c0 failed at 2.1, 2.2: It MUST hold.',
    ]);
  });
});

describe('a vacuous run', () => {
  const rows: readonly (readonly [string, readonly Trial[], string])[] = [
    ['without cases', [], 'no case was selected'],
    ['to which nothing applies', [{ kinds: ['not-applicable'] }], 'none of the selected cases applies'],
    ['that decided nothing', [{ kinds: ['error', 'inconclusive'] }], 'none of its 2 cases was decided'],
    ['in which no MUST passed', [{ kinds: ['waived'] }, { kinds: ['pass'], level: 'SHOULD' }], 'no case of a MUST'],
    ['that decided too little', [{ kinds: ['pass', ...Array<VerdictKind>(10).fill('error')] }], 'only 1 were decided'],
    [
      'that left out an operation',
      [{ kinds: ['pass'] }, { kinds: ['not-attempted', 'not-applicable'], operation: 'compute/b' }],
      'nothing about compute/b',
    ],
  ];

  it.each(rows)('is one %s', (_, trials, words) => {
    const judged = report(trials);
    expect(judged.vacuous).toContain(words);
    expect(judged.verdict).toBe('partial');
    expect(exitCode(judged)).toBe(2);
  });

  it('is none in which an operation does not apply at all', () => {
    expect(
      report([{ kinds: ['pass'] }, { kinds: ['not-applicable'], operation: 'compute/b' }]).vacuous,
    ).toBeUndefined();
  });

  it('still fails when a clause failed', () => {
    const judged = report([{ kinds: ['fail'] }]);
    expect(judged.vacuous).toBeDefined();
    expect(judged.verdict).toBe('non-conformant');
  });
});

describe('a run that cannot list what it left behind', () => {
  const trials: readonly Trial[] = [{ kinds: Array<VerdictKind>(12).fill('pass') }];
  const all: Trial[] = [...trials, { kinds: ['pass'], operation: 'compute/b' }];
  const listed = { identity: 'member', type: 'server', count: 0 } as const;
  const failed = { identity: 'member', type: 'volume', failed: 'the reply was 500' } as const;
  const before = { line: 'inventory', run: 'osc-7f3a91', when: 'before', lists: [listed] } as const;
  const after = { ...before, when: 'after', changes: [], more: 0 } as const;

  it('is conformant when every list succeeded', () => {
    expect(report(all, {}, { inventories: [before, after] }).verdict).toBe('conformant');
  });

  it.each([
    ['before', [{ ...before, lists: [listed, failed] }, after]],
    ['after', [before, { ...after, lists: [listed, failed] }]],
  ] as const)('is partial when a list failed %s it, and says which and why', (_, inventories) => {
    const judged = report(all, {}, { inventories });
    expect(judged.verdict).toBe('partial');
    expect(judged.reasons).toEqual([
      'The volumes of member could not be listed: the reply was 500. The run may have left resources there.',
    ]);
  });

  it('is partial when its target became unreachable, and lists what was not attempted', () => {
    const [first] = all;
    const lost = report([first ?? { kinds: [] }, { kinds: ['pass'], operation: 'compute/b' }], {
      ended: 'lost-target',
    });
    expect(lost.run.ended).toBe('lost-target');
    expect(lost.verdict).toBe('partial');
    expect(exitCode(lost)).toBe(2);
    expect(lost.reasons.join()).toContain('became unreachable');
  });
});

describe('a report', () => {
  it('sorts operations as the contract does, then clauses by id, then cases by microversion', () => {
    const kinds = Array<VerdictKind>(12).fill('pass');
    const built = report([{ kinds: ['pass'], operation: 'compute/b' }, { kinds }, { kinds: ['pass'] }]);
    expect(built.clauses.map(({ id }) => id)).toEqual(['compute/a#c1', 'compute/a#c2', 'compute/b#c0']);
    expect(built.cases.slice(0, 12).map(({ microversion }) => microversion)).toEqual(kinds.map((_, i) => `2.${i}`));
  });

  it('takes what the plan knows, unless there is a result', () => {
    const source = report([{ kinds: ['pass', 'pass'] }]);
    const cases = source.cases.map(({ id, clause, operation, microversion, identities }): PlannedCase => {
      return { id, clause, operation, microversion, identities, verdict: verdicts['not-applicable'] };
    });
    const [first] = cases;
    const line = {
      line: 'case',
      id: first?.id ?? '',
      verdict: verdicts.pass,
      finishedAt: '',
      durationMs: 1,
      exchanges: 1,
    } as const;
    const header = { ...runLine, clauses: source.clauses, cases };
    const built = buildReport({ header, results: [line], footer: endLine, lostLines: 0 });
    expect(built.cases.map(({ verdict }) => verdict.is)).toEqual(['pass', 'not-applicable']);
  });

  it('of a killed run uses leaks and cost from ledger and evidence', () => {
    const leaks = [{ type: 'server', id: '1', name: 'osc-1', command: 'openstack server delete 1' }];
    const cost = { ...endLine.cost, exchanges: 7 };
    const killed = buildReport({ header: runLine, results: [], lostLines: 0 }, { leaks, cost });
    expect(killed).toMatchObject({ leaks, cost, verdict: 'partial', run: { ended: 'crashed' } });
  });
});
