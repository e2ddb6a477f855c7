import { expect, test } from 'vitest';
import { decidedPage } from '../../src/spec-coverage/decided-page.ts';
import { decidedTable } from '../../src/spec-coverage/decided-table.ts';
import type { Verdict } from '../../src/clauses/verdict.ts';
import { microversion } from '../../src/microversion.ts';
import type { CaseReport, RunReport } from '../../src/records/report.ts';
import { fixedRecord } from '../reporters/fixed-record.ts';
import { clauses, contract, untestedIn } from './tiny-account.ts';

const operation = 'compute/show-thing';

function caseAt(clause: string, version: string, verdict: Verdict, exchanges = 1): CaseReport {
  const id = `${operation}#${clause}`;
  return {
    id: `${id}@${version}`,
    clause: id,
    operation,
    microversion: version,
    identities: [],
    verdict,
    durationMs: 1,
    exchanges,
  };
}

const lacking: Verdict = { is: 'not-attempted', reason: 'No reader was given.' };

const report: RunReport = {
  ...fixedRecord.report,
  clauses: clauses.map(({ id, statement, source, kind }) => ({
    ...{ id, operation, statement, source, kind, level: 'MUST', range: '2.1-', verdict: 'pass', cases: [], errata: [] },
  })),
  cases: [
    caseAt('shows', '2.1', { is: 'pass' }),
    caseAt('shows', '2.10', { is: 'pass' }, 0),
    caseAt('refuses-unknown', '2.1', lacking),
    caseAt('shows-sample', '2.10', { is: 'pass' }),
  ],
};

const versions = ['2.1', '2.10', '3.1'].map(microversion);
const table = decidedTable([contract], report, versions, []);

test('a cell is decided by an exchange at that microversion, for a clause that says the code', () => {
  expect(table.rows.map(({ statuses }) => statuses)).toEqual([[200], [404]]);
  expect(table.rows[0]?.cells).toEqual([
    { is: 'decided', cases: ['compute/show-thing#shows@2.1'] },
    { is: 'open', reason: 'No case was planned at this microversion.' },
    { is: 'open', reason: 'No case was planned at this microversion.' },
  ]);
});

test('an open cell has the reason of its case', () => {
  expect(table.rows[1]?.cells[0]).toEqual({ is: 'open', reason: 'not-attempted: No reader was given.' });
});

test('an open cell has the reason of the list of what is not tested', () => {
  const entry =
    '- code: compute/show-thing 404\n  reason: left-open\n  why: Who knows.\n  link: x\n  review: 2027-01-01\n';
  const { rows } = decidedTable([contract], { ...report, cases: [] }, versions, untestedIn(entry));
  expect(rows[1]?.cells[0]).toEqual({ is: 'open', reason: 'Who knows.' });
});

test('the page counts and numbers the reasons', () => {
  const page = decidedPage(table);
  expect(page).toContain('2 pairs of call and documented code at 3 microversions: 1 of 6 cells decided.');
  expect(page).toContain('| compute/show-thing | 200 | ✓ | 1 | 1 |');
  expect(page).toContain('2. not-attempted: No reader was given.');
});
