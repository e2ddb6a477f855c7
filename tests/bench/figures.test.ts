import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  busyShare,
  calls,
  cases,
  cpuPerExchange,
  exchanges,
  memory,
  ownTime,
  plannedCases,
  sizeOf,
  targetTime,
  time,
  type Measured,
  type Reading,
} from '../../bench/figures.ts';
import type { RunReport } from '../../src/records/report.ts';
import { temporaryFolder } from '../cli/run-child.ts';
import { fixedRecord } from '../reporters/fixed-record.ts';

const folder = temporaryFolder();
const { report: fixed } = fixedRecord;
const report: RunReport = {
  ...fixed,
  run: { ...fixed.run, ended: 'completed', durationMs: 4000 },
  cost: { ...fixed.cost, exchanges: 100, targetBusyMs: 3000 },
};
const tried = report.cases.filter(({ verdict }) => !verdict.is.startsWith('not-')).length;

function runOf(name: string, written?: RunReport): string {
  const run = join(folder, name);
  mkdirSync(run);
  if (written) writeFileSync(join(run, 'report.json'), JSON.stringify(written));
  return run;
}

const measured: Measured = {
  ...{ wallMs: 5000, cpuMs: 250, peakBytes: 123_000_000, output: '' },
  run: runOf('whole', report),
};
writeFileSync(join(measured.run, 'report.html'), 'x'.repeat(2_500_000));

test.each<{ readonly reading: Reading; readonly expected: number }>([
  { reading: time(), expected: 5 },
  { reading: memory(), expected: 123 },
  { reading: cases, expected: tried },
  { reading: exchanges, expected: 100 },
  { reading: cpuPerExchange({ atMost: 2 }), expected: 2.5 },
  { reading: ownTime({ atMost: 5 }), expected: 2000 / tried },
  { reading: busyShare({ atLeast: 85 }), expected: 75 },
  { reading: targetTime, expected: 3 },
  { reading: sizeOf('report.html'), expected: 2.5 },
])('reads $reading.name', ({ reading, expected }) => {
  expect(reading.read(measured)).toBe(expected);
});

test('cases that were not tried do not count: some of the fixed run were not', () => {
  expect(tried).toBeGreaterThan(0);
  expect(tried).toBeLessThan(report.cases.length);
});

test('counts the cases of a plan and the calls of a document', () => {
  const paths = { '/a': { get: {}, put: {}, parameters: [] }, '/b': { delete: {} } };
  expect(plannedCases.read({ ...measured, output: JSON.stringify({ cases: ['a@2.1', 'a@2.2'] }) })).toBe(2);
  expect(calls.read({ ...measured, output: JSON.stringify({ paths }) })).toBe(3);
});

const interrupted: RunReport = { ...report, run: { ...report.run, ended: 'interrupted' } };
const silent: RunReport = { ...report, cost: { ...report.cost, exchanges: 0 } };

test.each([
  {
    name: 'a run that was interrupted',
    reading: cases,
    run: runOf('interrupted', interrupted),
    message: 'interrupted',
  },
  { name: 'a run without exchanges', reading: exchanges, run: runOf('silent', silent), message: 'had no exchange' },
  { name: 'a run without a report', reading: cases, run: runOf('empty'), message: 'did not write' },
])('reads nothing from $name', ({ reading, run, message }) => {
  expect(() => reading.read({ ...measured, run })).toThrow(message);
});

test('reads nothing from a plan without cases', () => {
  expect(() => plannedCases.read({ ...measured, output: '{"cases":[]}' })).toThrow('had no case');
});
