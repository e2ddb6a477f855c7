import { expect, it } from 'vitest';
import { renderDiffPage } from '../../../reporters/run-diff/markdown.ts';
import { renderDiff } from '../../../reporters/run-diff/terminal.ts';
import type { Verdict } from '../../../src/clauses/verdict.ts';
import { notComparable } from '../../../src/report/run-diff/comparable.ts';
import { compareRuns } from '../../../src/report/run-diff/compare-runs.ts';
import { regressionCode } from '../../../src/report/run-diff/gate.ts';
import type { Change, RunDiff } from '../../../src/records/diff.ts';
import type { RunRecord } from '../../../src/report/record.ts';
import { errorsIn, publishedSchema } from '../../records/published-schema.ts';
import { runLine } from '../../reporters/fixed-record.ts';
import { broken, noAdmin, noServer, pass, sketched, status, tooOld, waived, warn } from './two-runs.ts';

const rows: readonly (readonly [Verdict | undefined, Verdict | undefined, Change])[] = [
  [pass, pass, 'unchanged'],
  [pass, status(500), 'regressed'],
  [pass, warn, 'regressed'],
  [warn, status(500), 'regressed'],
  [waived, status(500), 'regressed'],
  [status(500), pass, 'fixed'],
  [waived, pass, 'fixed'],
  [status(500), status(500, 'x99'), 'unchanged'],
  [status(500), status(404), 'changed'],
  [pass, waived, 'changed'],
  [status(500), waived, 'changed'],
  [pass, noServer, 'regressed'],
  [waived, broken, 'regressed'],
  [status(500), noServer, 'regressed'],
  [pass, tooOld, 'regressed'],
  [broken, pass, 'changed'],
  [noServer, { ...noServer, reason: 'No server osc-bbbbbb-server-7.' } as Verdict, 'unchanged'],
  [noAdmin, pass, 'added'],
  [tooOld, status(500), 'added'],
  [undefined, pass, 'added'],
  [pass, undefined, 'removed'],
  [pass, noAdmin, 'regressed'],
  [undefined, noAdmin, 'unchanged'],
  [tooOld, noAdmin, 'unchanged'],
];

function compareOne(before: Verdict | undefined, after: Verdict | undefined): RunDiff {
  const run = (verdict: Verdict | undefined): RunRecord =>
    sketched({ hold: { '2.1': pass }, limit: { '2.1': pass, ...(verdict && { '2.60': verdict }) } });
  return compareRuns(run(before), run(after));
}

it.each(rows)('a case that was %j and is %j is %s', (before, after, change) => {
  const { counts, clauses } = compareOne(before, after);
  expect(counts.cases[change]).toBe(change === 'unchanged' ? 3 : 1);
  expect(clauses.map(({ change: kind }) => kind)).toEqual(change === 'unchanged' ? [] : [change]);
});

it('gives a clause the most severe change of its cases, and lists the cases that changed', () => {
  const before = sketched({ act: { '2.1': pass, '2.60': status(500), '2.70': pass, '2.79': pass } });
  const after = sketched({ act: { '2.1': status(409), '2.60': pass, '2.70': pass } });
  const { clauses, counts } = compareRuns(before, after);
  expect(clauses).toMatchObject([
    { id: 'compute/attach-volume#act', change: 'regressed', before: 'fail', after: 'fail' },
  ]);
  expect(clauses[0]?.cases.map(({ microversion, change }) => `${microversion} ${change}`)).toEqual([
    '2.1 regressed',
    '2.60 fixed',
    '2.79 removed',
  ]);
  expect(counts.cases).toMatchObject({ regressed: 1, fixed: 1, removed: 1, unchanged: 1 });
});

const supporting = (microversions: string) => ({ compute: { endpoint: 'http://127.0.0.1:8774/v2.1', microversions } });

const absent: readonly (readonly [string, Parameters<typeof sketched>, string])[] = [
  [
    'a clause that was not planned',
    [{ hold: { '2.1': pass } }],
    'The run did not select the clause, or does not know it.',
  ],
  [
    'a microversion that the target did not have',
    [{ act: { '2.1': pass, '2.60': pass } }, { target: { ...runLine.target, services: supporting('2.1-2.60') } }],
    'The target supports 2.1-2.60 only.',
  ],
  [
    'an identity that was not given',
    [{ hold: { '2.1': pass }, act: { '2.1': noAdmin } }],
    'No admin identity was given.',
  ],
  ['another choice of microversions', [{ act: { '2.1': pass } }], 'The run tested the clause at other microversions.'],
];

it.each(absent)('an added case is explained by %s', (_, before, because) => {
  const after = sketched({ hold: { '2.1': pass }, act: { '2.104': pass } });
  const { clauses } = compareRuns(sketched(...before), after);
  const added = clauses
    .find(({ id }) => id.endsWith('#act'))
    ?.cases.find(({ microversion }) => microversion === '2.104');
  expect(added).toMatchObject({ change: 'added', before: { is: 'absent', because: [because] } });
});

it('does not compare the cases of a reworded clause, and shows both statements', () => {
  const before = sketched({ act: { '2.1': pass } });
  const after = sketched({ act: { '2.1': status(500) } });
  const [clause] = after.report.clauses;
  if (!clause) throw new Error('no clause');
  const report = { ...after.report, clauses: [{ ...clause, statement: 'It MUST NOT act.' }] };
  const { clauses, counts } = compareRuns(before, { ...after, report });
  expect(clauses).toMatchObject([{ change: 'reworded', statementBefore: 'It MUST act.', cases: [] }]);
  expect(counts.cases).toMatchObject({ reworded: 1, regressed: 0 });
});

it('lists what else differs: target, range, identities, capabilities, reference, how it ended', () => {
  const target = {
    ...runLine.target,
    services: supporting('2.1-2.100'),
    identities: [{ role: 'reader', given: true, option: '--reader CLOUD' }],
    capabilities: [{ id: 'multiattach', has: false, source: 'declared' as const }],
  };
  const contracts = runLine.contracts.map((one) => ({
    ...one,
    origin: { ...one.origin, revision: '2027-01' },
    digest: 'ab'.repeat(32),
  }));
  const { differences } = compareRuns(
    sketched({ act: { '2.1': pass } }),
    sketched({ act: { '2.1': pass } }, { target, contracts }),
  );
  expect(differences.map(({ fact, before, after }) => `${fact}: ${before} -> ${after}`)).toEqual([
    'microversions: 2.1-2.104 -> 2.1-2.100',
    'reference: Compute API, 2026-08 -> Compute API, 2027-01',
    'contract: 4f4f4f4f4f4f -> abababababab',
    'member: given -> none',
    'reader: not given -> given',
    'capability multiattach: yes -> no',
  ]);
});

it('refuses in one sentence what cannot be compared', () => {
  const run = { from: 'a', report: sketched({ act: { '2.1': pass } }).report };
  const contracts = runLine.contracts.map((one) => ({ ...one, service: 'volume' }));
  const other = sketched({ act: { '2.1': pass } }, { contracts }).report;
  expect(notComparable(run, run)).toBeUndefined();
  expect(notComparable(run, { from: 'b', report: other })).toMatch(/^a tests compute and b tests volume\. .*\.$/);
  expect(notComparable(run, { from: 'b', report: sketched({ act: { '2.1': noAdmin } }).report })).toMatch(
    /^b tried no case/,
  );
  expect(notComparable(run, { from: 'b', report: sketched({ rest: { '2.1': pass } }).report })).toMatch(
    /^a and b have no case in common: .*\.$/,
  );
});

it('stops a gate for a regression, and for a run that proves nothing', () => {
  expect(regressionCode(compareOne(pass, status(500)))).toBe(1);
  expect(regressionCode(compareOne(status(404), status(500)))).toBe(0);
  expect(regressionCode(compareOne(pass, noServer))).toBe(1);
  expect(regressionCode(compareOne(pass, undefined))).toBe(0);
  const unplanned = compareRuns(
    sketched({ act: { '2.1': pass }, hold: { '2.1': pass } }),
    sketched({ act: { '2.1': pass } }),
  );
  expect(regressionCode(unplanned)).toBe(1);
  const vacuous = compareRuns(sketched({ act: { '2.1': noServer } }), sketched({ act: { '2.1': broken } }));
  expect(regressionCode(vacuous)).toBe(2);
});

const mixed = compareRuns(
  sketched({
    hold: { '2.1': pass },
    act: { '2.1': pass, '2.60': status(500) },
    rest: { '2.1': status(404) },
    old: { '2.1': pass },
  }),
  sketched(
    {
      hold: { '2.1': pass },
      act: { '2.1': status(500), '2.60': pass },
      rest: { '2.1': status(409) },
      fresh: { '2.1': pass },
    },
    { run: { ...runLine.run, name: 'osc-bbbbbb' } },
  ),
);

it('is rendered for a terminal', async () => {
  await expect(renderDiff(mixed, { width: 90, colours: false })).toMatchFileSnapshot('../../golden/reporters/diff.txt');
});

it('is rendered as a page', async () => {
  await expect(renderDiffPage(mixed)).toMatchFileSnapshot('../../golden/reporters/diff.md');
});

it('matches its schema', () => {
  const validate = publishedSchema('diff');
  for (const diff of [mixed, ...rows.map(([before, after]) => compareOne(before, after))])
    expect(errorsIn(validate, diff)).toEqual([]);
  expect(validate({ ...mixed, clauses: [{}] })).toBe(false);
});

it('a page of a difference stays within its bytes, and says where the rest is', () => {
  const page = renderDiffPage(mixed, 600);
  expect(Buffer.byteLength(page)).toBeLessThan(800);
  expect(page).toMatch(/parts of this page did not fit into a step summary; see the JSON/);
});
