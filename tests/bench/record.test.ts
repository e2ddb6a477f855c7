import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readRecord } from '../../bench/record.ts';
import { temporaryFolder } from '../cli/run-child.ts';

const file = join(temporaryFolder(), 'bench.json');

test.each([
  { name: 'no JSON', text: '| run | 6 s |', told: 'cannot be read as JSON' },
  {
    name: 'the record of a run',
    text: '{"format":"openstack-conformance/report","formatVersion":1}',
    told: 'is no record',
  },
  {
    name: 'one of another time',
    text: '{"format":"openstack-conformance/bench","formatVersion":2}',
    told: 'is no record',
  },
])('is not compared with $name', ({ text, told }) => {
  writeFileSync(file, text);
  expect(() => readRecord(file)).toThrow(told);
});

test('is not compared with a file that is not there', () => {
  expect(() => readRecord(`${file}.gone`)).toThrow('cannot be read');
});
