/** The clauses of a run in the outline of the reference: each once in full. */
import { expect, test } from 'vitest';
import { parameterClauses, placeClauses } from '../../reporters/html/place-clauses.ts';
import type { Outline, OutlineOperation, OutlineParameter, OutlineSentence } from '../../src/records/outline.ts';
import type { RunReport } from '../../src/records/report.ts';
import { fixedRecord } from './fixed-record.ts';

const [first, second, third] = fixedRecord.report.clauses.filter(
  ({ operation }) => operation === fixedRecord.report.clauses[0]?.operation,
);
const operation = first?.operation ?? 'compute/none';
const [a, b] = [first?.id ?? 'a', second?.id ?? 'b'];
const sentence = (text: string, by: readonly string[]): OutlineSentence => ({ kind: 'prose', text, line: 1, by });
const statement = sentence('It says so.', [a]);
const code = { status: 200, of: 'success', range: '2.1-', line: 2, by: [a] } as const;
const about = sentence('The name.', [b]);
const parameter: OutlineParameter = {
  side: 'request',
  place: 'body',
  name: '/name',
  type: 'string',
  required: 'always',
  range: '2.1-',
  line: 3,
  by: [a],
  sentences: [about],
};
const entry: OutlineOperation = {
  ...{ id: operation, title: 'Do it', method: 'GET', path: '/', range: '2.1-', revisions: ['2.1-'] },
  ...{ source: { file: 'f', line: 1, section: 's' }, sentences: [statement], codes: [code], parameters: [parameter] },
  samples: [],
};
const common = sentence('Of all.', [a, 'compute/unknown#clause']);
const outline: Outline = {
  common: [{ service: 'compute', title: 'All', file: 'f', sentences: [common] }],
  operations: [entry],
};
const report: RunReport = { ...fixedRecord.report, outline };

test('a clause is in full at the sentence, and a reference at code, parameter and common sentence', () => {
  const { isMainEntry } = placeClauses(report);
  expect([statement, code, parameter, common].map((one) => isMainEntry(one, a))).toEqual([true, false, false, false]);
});

test('a parameter has the clauses of the sentences about it', () => {
  const { isMainEntry } = placeClauses(report);
  expect(parameterClauses(parameter)).toEqual([a, b]);
  expect(isMainEntry(parameter, b)).toBe(true);
});

test('a clause without an entry in the outline is unplaced, and a clause that the run does not have is left out', () => {
  const { unplaced, clause, isMainEntry } = placeClauses(report);
  expect(unplaced(operation).map(({ id }) => id)).toEqual(third ? expect.arrayContaining([third.id]) : []);
  expect(unplaced(operation).some(({ id }) => id === a || id === b)).toBe(false);
  expect(clause('compute/unknown#clause')).toBeUndefined();
  expect(isMainEntry(common, 'compute/unknown#clause')).toBe(false);
});

test('without an outline every clause of an operation is unplaced', () => {
  const bare: RunReport = fixedRecord.report;
  const { unplaced } = placeClauses(bare);
  expect(unplaced(operation)).toEqual(report.clauses.filter((one) => one.operation === operation));
});
