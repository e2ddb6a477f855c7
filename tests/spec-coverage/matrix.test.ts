import { expect, test } from 'vitest';
import { matrixOf } from '../../src/spec-coverage/matrix.ts';
import { matrixPage } from '../../src/spec-coverage/matrix-page.ts';
import type { Statement } from '../../src/clauses/clause.ts';
import type { Topic } from '../../src/contract/topic.ts';
import type { Verdict } from '../../src/clauses/verdict.ts';
import { range } from '../../src/microversion.ts';
import type { CaseReport, RunReport } from '../../src/records/report.ts';
import { fixedRecord } from '../reporters/fixed-record.ts';
import { clauseOf, contractOf, plainOperation } from '../execution/tiny-contract.ts';

const pause = 'compute/pause-thing';
const other = 'compute/drop-thing';
const contract = contractOf(plainOperation(pause, ['2.1-']), plainOperation(other, ['2.1-']));

function clause(id: string, statement: Statement, about: Topic, at = '2.1-') {
  return clauseOf(`${pause}#${id}`, [range(at)], { statement, about: [about] });
}

const clauses = [
  clause('permits-a-member', 'A pause by a member MUST be accepted.', 'role member'),
  clause('refuses-a-reader', 'A pause by a reader MUST be answered with 403.', 'role reader'),
  clause('hides-things', 'A pause by a stranger MUST be answered with 403 or 404.', 'role other'),
  clause('works-on-stopped', 'A pause of a stopped thing MUST be accepted.', 'state stopped', '2.9-'),
  clause('refuses-stopped', 'A pause of a stopped thing MUST be answered with 409.', 'state stopped', '2.1-2.8'),
  clauseOf(`${other}#refuses-a-reader`, [range('2.1-')], {
    statement: 'A drop by a reader MUST be answered with 403.',
    about: ['role reader'],
  }),
];

function caseOf(id: string, verdict: Verdict, exchanges = 1): CaseReport {
  return {
    ...{ id: `${pause}#${id}@2.9`, clause: `${pause}#${id}`, operation: pause, microversion: '2.9', identities: [] },
    ...{ verdict, durationMs: 1, exchanges },
  };
}

const report: RunReport = {
  ...fixedRecord.report,
  clauses: clauses
    .filter(({ operation }) => operation === pause)
    .map(({ id, operation, statement, source, kind }) => ({
      ...{ id, operation, statement, source, kind },
      ...{ level: 'MUST', range: '2.1-', verdict: 'pass', cases: [], errata: [] },
    })),
  cases: [
    caseOf('permits-a-member', { is: 'pass' }),
    caseOf('refuses-a-reader', { is: 'not-attempted', reason: 'No reader was given.' }),
    caseOf('hides-things', { is: 'pass' }, 0),
    caseOf('works-on-stopped', {
      is: 'warn',
      findings: [{ kind: 'status', exchange: 'x1', expected: [202], seen: 409 }],
    }),
  ],
};

const roles = matrixOf('role', [contract], clauses, report);

test('an outcome is decided by a case with an exchange, and an open one has its reason', () => {
  expect(roles).toEqual({
    columns: ['member', 'reader', 'other'],
    rows: [
      {
        operation: pause,
        cells: [
          [
            {
              clause: `${pause}#permits-a-member`,
              refusals: [],
              cell: { is: 'decided', cases: [`${pause}#permits-a-member@2.9`] },
            },
          ],
          [
            {
              clause: `${pause}#refuses-a-reader`,
              refusals: [403],
              cell: { is: 'open', reason: 'not-attempted: No reader was given.' },
            },
          ],
          [
            {
              clause: `${pause}#hides-things`,
              refusals: [403, 404],
              cell: { is: 'open', reason: 'The run has no case of the clause.' },
            },
          ],
        ],
      },
    ],
  });
});

test('an outcome at a part of the microversions names them', () => {
  const { columns, rows } = matrixOf('state', [contract], clauses, report);
  expect(columns).toEqual(['stopped']);
  expect(rows[0]?.cells[0]).toMatchObject([
    { refusals: [], range: '2.9-', cell: { is: 'decided' } },
    { refusals: [409], range: '2.1-2.8', cell: { is: 'open' } },
  ]);
});

test('the page counts outcomes and numbers the reasons', () => {
  expect(matrixPage('roles', roles).split('\n')).toEqual([
    '1 operations and 3 roles: 1 of 3 outcomes decided; 0 cells without a clause.',
    '',
    '| operation | member | reader | other |',
    '|---|---|---|---|',
    `| ${pause} | yes | 403 (1) | 403/404 (2) |`,
    '',
    '1. not-attempted: No reader was given.',
    '2. The run has no case of the clause.',
    '',
  ]);
});
