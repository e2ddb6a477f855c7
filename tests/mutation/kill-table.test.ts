/** The table of kills: as it is written, and what is told when it differs from the committed one. */
import { expect, test } from 'vitest';
import {
  figuresOf,
  lostKills,
  readKillTable,
  unlikeFaults,
  writeKillTable,
} from '../../cli/mutation-test/kill-table.ts';
import type { MutationReport } from '../../src/mutation/account.ts';

const nothing: MutationReport = {
  clauses: 4,
  faults: 4,
  kills: 4,
  proven: 4,
  killed: 4,
  unsound: [],
  deviating: [],
  missed: [],
  unknown: [],
  unproven: [],
  survivors: [],
  equivalents: [],
  mistaken: [],
};
const drops = 'derived:drops-member:compute/show-volume-attachment:/volumeAttachment/tag:2.70-';
const status = 'derived:status-neighbour:compute/attach-volume:200 as 202:2.1-2.48';
const kills = {
  'compute:a': ['compute/attach-volume#one', 'compute/attach-volume#two', 'compute/detach-volume#one'],
  'compute:b': [],
  [drops]: ['compute/show-volume-attachment#reply-has-tag'],
  [status]: ['compute/attach-volume#answers-200'],
};

function tableOf(some: Readonly<Record<string, readonly string[]>>, account = nothing): string {
  return writeKillTable({ account, kills: new Map(Object.entries(some)) });
}

test('each fault has a line, and an operation stands once before its clauses', () => {
  expect(linesOf(tableOf(kills))).toEqual([
    'compute:a: compute/attach-volume #one #two, compute/detach-volume #one',
    'compute:b:',
    `${drops}: compute/show-volume-attachment #reply-has-tag`,
    `${status}: compute/attach-volume #answers-200`,
  ]);
});

test('a table that was written reads as the same kills', () => {
  expect(Object.fromEntries(readKillTable(tableOf(kills)))).toEqual(kills);
  const equivalents = [{ fault: 'compute:b', why: 'Nobody asks, so nobody sees #it.' }];
  expect(readKillTable(tableOf(kills, { ...nothing, equivalents })).get('compute:b')).toEqual([]);
});

test('a fault that no client can tell has its reason in place of clauses', () => {
  const equivalents = [{ fault: 'compute:b', why: 'Nobody asks, so nobody sees #it.' }];
  const table = tableOf(kills, { ...nothing, equivalents });
  expect(table).toContain('\ncompute:b: equivalent. Nobody asks, so nobody sees #it.\n');
  expect(lostKills(tableOf(kills), table)).toEqual([]);
  expect(unlikeFaults(tableOf(kills), table)).toEqual([]);
});

test('the figures leave out what no client can tell', () => {
  const equivalents = [{ fault: 'compute:a', why: 'So.' }];
  expect(figuresOf({ ...nothing, proven: 1, killed: 2, equivalents })).toBe(
    '# 1 of 4 clauses proven; 2 of 3 faults killed, 1 equivalent.',
  );
});

const changes: readonly (readonly [string, Readonly<Record<string, readonly string[]>>, readonly string[]])[] = [
  ['the same', kills, []],
  ['one kill more', { ...kills, 'compute:b': ['compute/attach-volume#one'] }, []],
  [
    'one kill less',
    { ...kills, 'compute:a': ['compute/attach-volume#one', 'compute/detach-volume#one'] },
    ['compute:a: compute/attach-volume#two'],
  ],
  [
    'another clause',
    { ...kills, [drops]: ['compute/show-volume-attachment#x'] },
    [`${drops}: compute/show-volume-attachment#reply-has-tag`],
  ],
  ['the only kill less', { ...kills, [status]: [] }, [`${status}: compute/attach-volume#answers-200`]],
  ['a round of some faults only', { [drops]: kills[drops] ?? [] }, []],
];

test.each(changes)('%s: what was proven before and is not now is told', (_, now, lost) => {
  expect(lostKills(tableOf(kills), tableOf(now))).toEqual(lost);
});

test('faults that only one of the tables has are told', () => {
  const { 'compute:b': gone, ...rest } = kills;
  expect(gone).toEqual([]);
  expect(unlikeFaults(tableOf(kills), tableOf({ ...rest, 'compute:c': [] }))).toEqual(['compute:b', 'compute:c']);
  expect(unlikeFaults(tableOf(kills), tableOf(kills))).toEqual([]);
});

test('the figures and the words before the table are no part of what is compared', () => {
  const table = tableOf(kills);
  const other = table.replace(/^#.*$/gm, '# other words: compute/attach-volume #three');
  expect(lostKills(other, table)).toEqual([]);
  expect(unlikeFaults(other, table)).toEqual([]);
});

function linesOf(table: string): readonly string[] {
  return table.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}
