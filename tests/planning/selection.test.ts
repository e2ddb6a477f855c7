/** Which clauses and microversions options select. */
import { expect, test } from 'vitest';
import type { Statement } from '../../src/clauses/clause.ts';
import type { ApiResource } from '../../src/planning/api-resource.ts';
import {
  everything,
  matchesGlob,
  parseMicroversionList,
  selects,
  type Selection,
} from '../../src/planning/selection.ts';
import { range } from '../../src/microversion.ts';
import { clauseOf } from '../execution/tiny-contract.ts';

const globs: readonly (readonly [string, string, boolean])[] = [
  ['compute/attach-volume', 'compute/attach-volume', true],
  ['compute/attach', 'compute/attach-volume', false],
  ['attach-volume', 'compute/attach-volume', false],
  ['*/attach-*', 'compute/attach-volume', true],
  ['*', 'compute/attach-volume#echoes-tag', true],
  ['*#echoes-*', 'compute/attach-volume#echoes-tag', true],
  ['compute/*#echoes-tag', 'compute/attach-volume#echoes-tag', true],
  ['compute/attach-volume#echoes-tag@2.70', 'compute/attach-volume#echoes-tag', true],
  ['compute.attach-volume', 'compute/attach-volume', false],
  ['compute/[a-z]+-volume', 'compute/attach-volume', false],
  ['', 'compute/attach-volume', false],
];

test.each(globs)('the glob %s and the name %s: %s', (glob, name, expected) => {
  expect(matchesGlob(glob, name)).toBe(expected);
});

const things: ApiResource = { id: 'things', operations: ['compute/show-thing', 'compute/list-things'] };
const others: ApiResource = { id: 'others', operations: ['compute/other'] };

const choices: readonly (readonly [string, Partial<Selection>, boolean])[] = [
  ['nothing', {}, true],
  ['its operation', { include: ['compute/show-thing'] }, true],
  ['its id', { include: ['compute/other', 'compute/show-thing#shows'] }, true],
  ['another operation', { include: ['compute/other'] }, false],
  ['its resource', { resources: [things, others] }, true],
  ['another resource', { resources: [others] }, false],
  ['its resource, and another operation', { resources: [things], include: ['compute/other'] }, false],
  ['all, and its id to leave out', { exclude: ['*#shows'] }, false],
  ['its operation, and its id to leave out', { include: ['compute/show-thing'], exclude: ['*#shows'] }, false],
];

test.each(choices)('a clause when the options name %s', (_, selection, expected) => {
  const clause = clauseOf('compute/show-thing#shows', [range('2.1-')]);
  expect(selects({ ...everything, ...selection }, clause)).toBe(expected);
});

const levels: readonly (readonly [Statement, readonly Selection['level'][]])[] = [
  ['A thing MUST be shown.', ['must', 'should', 'may']],
  ['A thing MUST NOT be hidden, though it SHOULD be small.', ['must', 'should', 'may']],
  ['A thing SHOULD be shown.', ['should', 'may']],
  ['A thing SHOULD NOT be hidden.', ['should', 'may']],
  ['A thing MAY be shown.', ['may']],
];

test.each(levels)('"%s" is run at the levels %s', (statement, expected) => {
  const clause = clauseOf('compute/show-thing#shows', [range('2.1-')], { statement });
  const run = (['must', 'should', 'may'] as const).filter((level) => selects({ ...everything, level }, clause));
  expect(run).toEqual(expected);
});

test.each([
  ['2.1', { list: [range('2.1')] }],
  ['2.1, 2.60-2.79 ,latest', { list: [range('2.1'), range('2.60-2.79'), 'latest'] }],
  ['2.90-', { list: [range('2.90-')] }],
  ['2.1,newest', { error: 'newest' }],
  ['2.79-2.60', { error: '2.79-2.60' }],
  ['2.1,,2.3', { error: '' }],
  ['2', { error: '2' }],
])('the list %s of microversions', (text, expected) => {
  expect(parseMicroversionList(text)).toEqual(expected);
});
