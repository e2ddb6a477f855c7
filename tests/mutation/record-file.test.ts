/** The file of results of one API resource: as it is written and read, and what is reported when results differ. */
import { expect, test } from 'vitest';
import {
  figuresOf,
  killsIn,
  lostKills,
  readRecord,
  writeRecord,
  type ResultRecord,
} from '../../cli/mutation-test/records/record-file.ts';

const drops = 'derived:drops-member:compute/show-volume-attachment:/volumeAttachment/tag:2.70-';
const status = 'derived:status-neighbour:compute/attach-volume:200 as 202:2.1-2.48';
const kills = {
  'compute:a': ['compute/attach-volume#one', 'compute/attach-volume#two', 'compute/detach-volume#one'],
  'compute:b': [],
  [drops]: ['compute/show-volume-attachment#reply-has-tag'],
  [status]: ['compute/attach-volume#answers-200'],
};
const record: ResultRecord = {
  clauses: 5,
  common: '00ff',
  requests: ['POST /compute/v2.1/servers', 'GET /compute/'],
  groups: new Map([
    ['targets/simulator/faults/order', '22'],
    ['suites/compute/rules/odd-ids on suites/compute/volume-attachments/operations', '11'],
  ]),
  kills: new Map(Object.entries(kills)),
  equivalents: new Map([['compute:b', 'Nobody asks, so nobody sees #it.']]),
};
const text = writeRecord('compute/volume-attachments', record);

test('each fault, group and request has a line, in order; an operation stands once before its clauses', () => {
  expect(text.split('\n').filter((line) => !/^(#|checksum)/.test(line))).toEqual([
    'common 00ff',
    'group 11 suites/compute/rules/odd-ids on suites/compute/volume-attachments/operations',
    'group 22 targets/simulator/faults/order',
    'request GET /compute/',
    'request POST /compute/v2.1/servers',
    '',
    'compute:a: compute/attach-volume #one #two, compute/detach-volume #one',
    'compute:b: equivalent. Nobody asks, so nobody sees #it.',
    `${drops}: compute/show-volume-attachment #reply-has-tag`,
    `${status}: compute/attach-volume #answers-200`,
    '',
  ]);
});

test('what was written reads as the same results', () => {
  const read = readRecord(text);
  expect(read).toEqual({ ...record, requests: [...record.requests].sort(), isIntact: true });
  expect(Object.fromEntries(read.kills)).toEqual(kills);
});

const edits: readonly (readonly [string, string])[] = [
  ['a digest of another branch', text.replace('group 22', 'group 23')],
  ['a kill less', text.replace(' #two', '')],
  ['a fault less', text.replace(/^compute:a.*\n/m, '')],
  [
    'the markers of a conflict',
    text.replace('common 00ff', '<<<<<<< ours\ncommon 00ff\n=======\ncommon 00fe\n>>>>>>> theirs'),
  ],
  ['no checksum', text.replace(/^checksum.*\n/m, '')],
  ['nothing', ''],
];

test.each(edits)('a file with %s is not intact', (_, edited) => {
  expect(edited).not.toBe(text);
  expect(readRecord(edited).isIntact).toBe(false);
});

test('the comments are no part of what is checked', () => {
  expect(readRecord(text.replace(/^# Written.*$/m, '# Other words.')).isIntact).toBe(true);
});

test('kills of an edited file are still read', () => {
  expect(readRecord(text.replace(' #two', '')).kills.get('compute:a')).toEqual([
    'compute/attach-volume#one',
    'compute/detach-volume#one',
  ]);
});

test('the figures leave out what no client can detect, and count a fault of two resources once', () => {
  expect(figuresOf([record])).toBe('5 of 5 clauses proven; 3 of 3 faults killed, 1 equivalent.');
  const other = {
    clauses: 2,
    kills: new Map([['compute:a', ['compute/show-group#one']]]),
    equivalents: record.equivalents,
  };
  expect(figuresOf([record, other])).toBe('6 of 7 clauses proven; 3 of 3 faults killed, 1 equivalent.');
  expect(text).toContain('\n# 5 of 5 clauses proven; 3 of 3 faults killed, 1 equivalent.\n');
});

test('the kills of several resources are joined by fault', () => {
  const other = { kills: new Map([['compute:a', ['compute/show-group#one']]]) };
  expect(killsIn([record, other]).get('compute:a')).toEqual([...kills['compute:a'], 'compute/show-group#one']);
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
  ['some faults only', { [drops]: kills[drops] ?? [] }, []],
];

test.each(changes)('%s: what was killed before and is not now is reported', (_, now, lost) => {
  expect(lostKills(record.kills, new Map(Object.entries(now)))).toEqual(lost);
});
