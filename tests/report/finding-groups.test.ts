/** The titles under which reports group failures: one phrase for each kind of finding. */
import { expect, test } from 'vitest';
import type { Finding } from '../../src/clauses/verdict.ts';
import { groupFindings } from '../../src/report/finding-groups.ts';
import type { CaseReport } from '../../src/records/report.ts';

function caseWith(clause: string, finding: Finding): CaseReport {
  return {
    id: `compute/list-servers#${clause}@2.1`,
    clause: `compute/list-servers#${clause}`,
    operation: 'compute/list-servers',
    microversion: '2.1',
    identities: ['member'],
    verdict: { is: 'fail', findings: [finding] },
    durationMs: 1,
    exchanges: 1,
  };
}

const schema = { kind: 'schema', exchange: 'x1', pointer: '/servers/0/id', seen: 1, clause: 'c#d' } as const;

test.each<readonly [string, Finding]>([
  ['unexpected member "id"', { ...schema, keyword: 'additionalProperties', expected: 'no member "id"' }],
  ['missing: a member "id"', { ...schema, keyword: 'required', expected: 'a member "id"' }],
  ['member "id" is not a UUID', { ...schema, keyword: 'format', expected: 'a UUID' }],
  ['status 404 instead of 200', { kind: 'status', exchange: 'x1', expected: [200], seen: 404 }],
  ['member "id" is missing', { kind: 'value', exchange: 'x1', pointer: '/servers/3/id', expected: 'a' }],
])('%s', (title, finding) => {
  const groups = groupFindings([caseWith('a', finding), caseWith('b', finding)]);
  expect(groups.map((group) => [group.title, group.clauses.length])).toEqual([[title, 2]]);
});
