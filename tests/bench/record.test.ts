import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readRecord } from '../../bench/record.ts';
import { temporaryFolder } from '../cli/run-child.ts';

const file = join(temporaryFolder(), 'bench.json');

test.each([
  { name: 'no JSON', text: '| run | 6 s |', message: 'cannot be read as JSON' },
  {
    name: 'the record of a run',
    text: '{"format":"openstack-conformance/report","formatVersion":1}',
    message: 'is not the result of a bench',
  },
  {
    name: 'one of another time',
    text: '{"format":"openstack-conformance/bench","formatVersion":2}',
    message: 'is not the result of a bench',
  },
])('is not compared with $name', ({ text, message }) => {
  writeFileSync(file, text);
  expect(() => readRecord(file)).toThrow(message);
});

test('is not compared with a file that is not there', () => {
  expect(() => readRecord(`${file}.missing`)).toThrow('cannot be read');
});
