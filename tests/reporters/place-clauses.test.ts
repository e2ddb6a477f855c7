/** Where the clauses of a run stand in the outline of the reference: once in full each. */
import { expect, test } from 'vitest';
import { answeringParameter, placeClauses } from '../../reporters/html/place-clauses.ts';
import type { Outline, OutlineOperation, OutlineParameter, OutlineSentence } from '../../src/report/outline.ts';
import type { RunReport } from '../../src/report/record.ts';
import { fixedRecord } from './fixed-record.ts';

const [first, second, third] = fixedRecord.report.clauses.filter(
  ({ operation }) => operation === fixedRecord.report.clauses[0]?.operation,
);
const operation = first?.operation ?? 'compute/none';
const [a, b] = [first?.id ?? 'a', second?.id ?? 'b'];
const sentence = (text: string, by: readonly string[]): OutlineSentence => ({ kind: 'prose', text, line: 1, by });
const said = sentence('It says so.', [a]);
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
  ...{ source: { file: 'f', line: 1, section: 's' }, sentences: [said], codes: [code], parameters: [parameter] },
  samples: [],
};
const common = sentence('Of all.', [a, 'compute/unknown#clause']);
const outline: Outline = { common: [{ title: 'All', file: 'f', sentences: [common] }], operations: [entry] };
const report: RunReport = { ...fixedRecord.report, outline };

test('a clause stands in full at the sentence, and as a reference at code, parameter and what all share', () => {
  const { isHome } = placeClauses(report);
  expect([said, code, parameter, common].map((place) => isHome(place, a))).toEqual([true, false, false, false]);
});

test('a parameter holds the clauses of what is said about it', () => {
  const { isHome } = placeClauses(report);
  expect(answeringParameter(parameter)).toEqual([a, b]);
  expect(isHome(parameter, b)).toBe(true);
});

test('what the outline does not name stands further below, and what the run does not have nowhere', () => {
  const { further, clause, isHome } = placeClauses(report);
  expect(further(operation).map(({ id }) => id)).toEqual(third ? expect.arrayContaining([third.id]) : []);
  expect(further(operation).some(({ id }) => id === a || id === b)).toBe(false);
  expect(clause('compute/unknown#clause')).toBeUndefined();
  expect(isHome(common, 'compute/unknown#clause')).toBe(false);
});

test('without an outline every clause stands below its operation', () => {
  const bare: RunReport = fixedRecord.report;
  const { further } = placeClauses(bare);
  expect(further(operation)).toEqual(report.clauses.filter((one) => one.operation === operation));
});
