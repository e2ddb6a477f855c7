import { expect, it } from 'vitest';
import { buildReport } from '../../../src/report/build-report.ts';
import { formatJournalLine, type Journal } from '../../../src/report/journal.ts';
import { parseJournal } from '../../../src/report/parse-journal.ts';
import { mergeShards } from '../../../src/report/parts/merge-shards.ts';
import { partOf } from '../../../src/report/parts/part-of.ts';
import { planDigest } from '../../../src/report/parts/plan-digest.ts';
import { refuseShards, type NamedJournal } from '../../../src/report/parts/refuse-shards.ts';
import { fixedJournal, runLine } from '../../reporters/fixed-record.ts';

const plan = planDigest(runLine);

/** Every n-th case of the run that holds every verdict. */
function shard(index: number, total: number, more: Partial<Journal['header']> = {}): NamedJournal {
  const ids = new Set(runLine.cases.filter((_, at) => at % total === index - 1).map(({ id }) => id));
  const command = ['run', '--shard', `${index}/${total}`, '--output', `s${index}`, '--os-cloud', 'devstack'];
  const run = { ...runLine.run, name: `osc-00000${index}`, command, shard: { index, total }, plan };
  const results = fixedJournal.results.filter(({ id }) => ids.has(id));
  return {
    from: `s${index}`,
    journal: { ...fixedJournal, header: { ...partOf(runLine, ids), run, ...more }, results },
  };
}

function merged(shards: readonly NamedJournal[]): Journal {
  const text = mergeShards(shards, 'osc-whole0', 'whole').map(formatJournalLine).join('');
  const { journal, diagnostics } = parseJournal(text);
  expect(diagnostics).toEqual([]);
  if (!journal) throw new Error('the whole is no journal');
  return journal;
}

it.each([1, 2, 3, 5])('%i shards make up the same clauses and cases with the same verdicts as one run', (total) => {
  const shards = Array.from({ length: total }, (_, index) => shard(total - index, total));
  expect(refuseShards(shards)).toBeUndefined();
  const whole = buildReport(merged(shards));
  const one = buildReport(fixedJournal);
  const verdicts = (report: typeof one) => report.cases.map(({ id, verdict }) => `${id} ${verdict.is}`);
  expect(verdicts(whole)).toEqual(verdicts(one));
  expect(whole.clauses).toEqual(one.clauses);
  expect(whole.counts).toEqual(one.counts);
  expect(whole.verdict).toBe(one.verdict);
  expect(whole.errata).toEqual(one.errata);
});

it('names its parts, drops what was theirs alone, and adds up what they cost and left', () => {
  const { header, footer, results } = merged([shard(2, 2), shard(1, 2)]);
  expect(header.run).toMatchObject({
    name: 'osc-whole0',
    command: ['run', '--os-cloud', 'devstack', '--output', 'whole'],
  });
  expect(header.run.shard).toBeUndefined();
  expect(header.run.parts?.map(({ name }) => name)).toEqual(['osc-000001', 'osc-000002']);
  expect(footer?.cost.exchanges).toBe(2 * (fixedJournal.footer?.cost.exchanges ?? 0));
  expect(footer?.cost.created).toEqual({ server: 8, volume: 24 });
  expect(footer?.leaks).toHaveLength(2);
  const exchanges = results.flatMap(({ verdict }) => ('findings' in verdict ? verdict.findings : []));
  expect(exchanges.every(({ exchange }) => /^osc-00000[12]-x\d+$/.test(exchange))).toBe(true);
});

it.each([
  ['completed', 'completed', 'completed'],
  ['completed', 'interrupted', 'interrupted'],
  ['deadline', 'interrupted', 'deadline'],
  [undefined, 'deadline', 'crashed'],
] as const)('shards that ended %s and %s make a run that ended %s', (first, second, ended) => {
  const shards = [first, second].map((end, at) => {
    const { from, journal } = shard(at + 1, 2);
    const { footer, ...rest } = journal;
    return { from, journal: end && footer ? { ...rest, footer: { ...footer, ended: end } } : rest };
  });
  expect(buildReport(merged(shards)).run.ended).toBe(ended);
});

const target = runLine.target;
const { compute = { endpoint: '' } } = target.services;
const otherContracts = runLine.contracts.map((one) => ({ ...one, digest: 'ab' }));

const refusals: readonly (readonly [string, readonly NamedJournal[], string])[] = [
  ['a lost shard', [shard(1, 3), shard(3, 3)], 'Shard 2 of 3 is missing: 1, 3 were given.'],
  ['two lost shards', [shard(2, 3)], 'Shards 1, 3 of 3 are missing: 2 was given.'],
  ['a shard given twice', [shard(1, 2), shard(1, 2), shard(2, 2)], 'Shard 1 of 2 was given twice: s1 and s1.'],
  [
    'shards of another count',
    [shard(1, 2), shard(2, 3)],
    's1 is a shard of 2 and s2 one of 3. Pass the shards of one run.',
  ],
  [
    'a run that is not a shard',
    [{ from: 'r', journal: fixedJournal }, shard(1, 2)],
    'r is not a shard. Pass the folders of runs that were started with --shard.',
  ],
  [
    'another target',
    [shard(1, 2), shard(2, 2, { target: { ...target, name: 'prod' } })],
    's1 and s2 are not shards of one run: one is on devstack, the other on prod.',
  ],
  [
    'another range',
    [
      shard(1, 2),
      shard(2, 2, {
        target: { ...target, services: { ...target.services, compute: { ...compute, microversions: '2.1-2.60' } } },
      }),
    ],
    's1 and s2 are not shards of one run: the target supported 2.1-2.104 in one and 2.1-2.60 in the other.',
  ],
  [
    'another contract',
    [shard(1, 2), shard(2, 2, { contracts: otherContracts })],
    's1 and s2 are not shards of one run: their contracts differ.',
  ],
  [
    'another endpoint',
    [
      shard(1, 2),
      shard(2, 2, {
        target: { ...target, services: { ...target.services, compute: { ...compute, endpoint: 'http://b/' } } },
      }),
    ],
    's1 and s2 are not shards of one run: the compute endpoint of one is ',
  ],
  [
    'other options',
    [shard(1, 2), shard(2, 2, { run: { ...shard(2, 2).journal.header.run, plan: 'other' } })],
    's1 and s2 are not shards of one run: they planned different cases, so their options differed.',
  ],
];

it.each(refusals)('%s is refused in one sentence', (_, shards, says) => {
  expect(refuseShards(shards)).toContain(says);
});

it('has one number per plan: by target, contract, identities, capabilities and cases, not by run or order', () => {
  const { identities, capabilities } = target;
  expect(
    planDigest({ ...runLine, run: { ...runLine.run, name: 'osc-other0' }, cases: [...runLine.cases].reverse() }),
  ).toBe(plan);
  const others = [
    { ...runLine, cases: runLine.cases.slice(1) },
    { ...runLine, contracts: otherContracts },
    { ...runLine, target: { ...target, name: 'other' } },
    { ...runLine, target: { ...target, identities: identities.map((one) => ({ ...one, given: true })) } },
    { ...runLine, target: { ...target, capabilities: capabilities.map((one) => ({ ...one, has: false })) } },
    { ...runLine, target: { ...target, release: '2.104' } },
  ];
  expect(new Set([plan, ...others.map(planDigest)]).size).toBe(others.length + 1);
  const [one, other] = ['1', '2'].map((port) =>
    planDigest({
      ...runLine,
      target: { ...target, release: '2.104', services: { compute: { endpoint: `http://127.0.0.1:${port}/` } } },
    }),
  );
  expect(one).toBe(other);
});
