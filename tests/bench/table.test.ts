import { describe, expect, test } from 'vitest';
import type { BenchRecord } from '../../bench/record.ts';
import { digits, formatTables } from '../../bench/table.ts';
import { figure } from './figure.ts';

const record: BenchRecord = {
  format: 'openstack-conformance/bench',
  formatVersion: 1,
  startedAt: '2026-11-22T12:00:00.000Z',
  machine: { node: 'v20.20.2', processor: 'Slide rule', processors: 2, load: 0.04 },
  runs: 3,
  figures: [
    { ...figure('run', 'time', 's', 6.6, 7.5, 7.25), budget: { atMost: 6 }, ratio: 7.25 / 6 },
    figure('run', 'cases', '', 1484),
    { ...figure('cloud', 'target busy', '%', 90), budget: { atLeast: 85 }, ratio: 85 / 90 },
  ],
  growths: [
    {
      ...{ from: 'run-half', to: 'run', unit: 'cases', figure: 'CPU', units: 1.987, times: 2.1, perUnit: 1.057 },
      each: { value: 0.0081, unit: 's' },
    },
  ],
  leftOut: ['Not measured: mutation-test; it takes minutes.'],
  failed: ['Failed: plan; it ended with 3.'],
};

test('shows each figure with its budget, then growth, and says what was not measured', () => {
  expect(formatTables(record)).toBe(`2 × Slide rule, Node v20.20.2, load 0.0 before; median of 3, minimum to maximum

| entry | figure      | median | range   | budget | ratio |
| ----- | ----------- | ------ | ------- | ------ | ----- |
| run   | time        | 7.25 s | 6.6–7.5 | ≤ 6 s  | 1.21  |
| run   | cases       | 1484   |         |        |       |
| cloud | target busy | 90 %   |         | ≥ 85 % | 0.94  |

| growth          | size         | figure | times | ratio | per unit        |
| --------------- | ------------ | ------ | ----- | ----- | --------------- |
| run-half to run | cases × 1.99 | CPU    | × 2.1 | 1.06  | 8.1 s per 1,000 |

Not measured: mutation-test; it takes minutes.
Failed: plan; it ended with 3.

1 of 2 figures miss their budget (a ratio over 1.00).
1 of 1 grow faster than the size (a ratio over 1.00).
`);
});

describe('against an earlier bench', () => {
  const before = { ...record, figures: [figure('run', 'time', 's', 10, 11), figure('run', 'cases', '', 1484)] };
  const rows = (now: BenchRecord): readonly string[] => formatTables(now, before).split('\n').slice(4, 7);

  test('shows the ratio to the same figure there, and nothing for other figures', () => {
    expect(
      rows(record).map((row) =>
        row
          .split('|')
          .slice(-3, -1)
          .map((cell) => cell.trim()),
      ),
    ).toEqual([
      ['10.5 s', '0.69'],
      ['1484', '1.00'],
      ['', ''],
    ]);
  });

  test('marks a ratio that runs of now and before do not bear out', () => {
    const [row] = rows({ ...record, figures: [figure('run', 'time', 's', 9, 10.2)] });
    expect(row).toMatch(/\| 10\.5 s \| ~0\.91 +\|$/);
  });
});

test.each([
  { load: 0.4, warns: false },
  { load: 1.6, warns: true },
])('warns of times that were taken beside other work: load $load', ({ load, warns }) => {
  expect(formatTables({ ...record, machine: { ...record.machine, load } }).includes('machine was busy')).toBe(warns);
});

test('says nothing of budgets where no figure has one', () => {
  expect(formatTables({ ...record, figures: [], growths: [], leftOut: [], failed: [] })).toBe(
    '2 × Slide rule, Node v20.20.2, load 0.0 before; median of 3, minimum to maximum\n',
  );
});

test.each([
  [1484, '1484'],
  [0.01234, '0.0123'],
  [7.256, '7.26'],
  [279.28, '279'],
  [29969.4, '29969'],
  [-0.5, '-0.5'],
])('writes %d as %s', (value, expected) => {
  expect(digits(value)).toBe(expected);
});
