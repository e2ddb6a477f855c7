import { expect, test } from 'vitest';
import { responseWith, boundaries, findOperation, revisionAt } from '../../src/contract/questions.ts';
import { printJson } from '../../src/contract/print-json.ts';
import { formatMicroversion, formatRange, microversion } from '../../src/microversion.ts';
import { assembleOwn, operationIn } from '../assembly/compute-specs.ts';

const own = assembleOwn();
const attach = operationIn(own, 'compute/attach-volume');

test.each([
  ['2.1', '2.1-2.48', [200]],
  ['2.48', '2.1-2.48', [200]],
  ['2.49', '2.49-2.69', [200]],
  ['2.100', '2.79-2.100', [200]],
  ['2.101', '2.101', [202]],
  ['2.104', '2.102-', [202]],
])('attaching at %s is the revision %s and answers %j', (version, range, statuses) => {
  const revision = revisionAt(attach, microversion(version));
  expect(revision && formatRange(revision.range)).toBe(range);
  expect(revision?.responses.map(({ status }) => status)).toEqual(statuses);
});

test('updating does not exist before 2.85', () => {
  expect(revisionAt(operationIn(own, 'compute/update-volume-attachment'), microversion('2.84'))).toBeUndefined();
});

test('the reply is empty from 2.101 on', () => {
  const revision = revisionAt(attach, microversion('2.101'));
  expect(revision && responseWith(revision, 202)?.body.kind).toBe('none');
  expect(revision && responseWith(revision, 200)).toBeUndefined();
});

test('an operation that is not there is not found', () => {
  expect(findOperation(own.contract, 'compute/nothing')).toBeUndefined();
});

test('the boundaries of volume attachments', () => {
  const versions = boundaries(own.contract.operations.filter(({ path }) => path.includes('os-volume_attachments'))).map(
    formatMicroversion,
  );
  expect(versions).toEqual(['2.1', '2.49', '2.70', '2.75', '2.79', '2.85', '2.89', '2.101', '2.102']);
});

const long = Array.from({ length: 40 }, (_, index) => `word-${index}`);

test('printed JSON keeps every value, and short things on one line', () => {
  const value = { a: [], b: {}, c: [1, { d: null }], long, deep: { members: [{ name: 'x', long }] } };
  const text = printJson(value);
  expect(JSON.parse(text)).toEqual(value);
  expect(text).toContain('\n  "c": [1, { "d": null }],\n');
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
});
