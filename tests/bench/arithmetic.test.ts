import { expect, test } from 'vitest';
import { changeOf, figuresOf, grownBy, median, ratioTo } from '../../bench/arithmetic.ts';
import { cpu, memory, time } from '../../bench/figures.ts';
import { figure } from './figure.ts';

test.each([
  { name: 'one value', values: [3], expected: 3 },
  { name: 'an odd number of them, in any order', values: [9, 1, 4], expected: 4 },
  { name: 'an even number of them', values: [10, 1, 3, 2], expected: 2.5 },
  { name: 'numbers that sort otherwise as texts', values: [10, 9, 100], expected: 10 },
])('takes the median of $name', ({ values, expected }) => {
  expect(median(values)).toBe(expected);
});

test.each([
  { name: 'half of what is allowed', budget: { atMost: 6 }, value: 3, expected: 0.5 },
  { name: 'more than is allowed', budget: { atMost: 6 }, value: 9, expected: 1.5 },
  { name: 'less than is asked for', budget: { atLeast: 80 }, value: 40, expected: 2 },
  { name: 'more than is asked for', budget: { atLeast: 80 }, value: 100, expected: 0.8 },
])('a ratio over 1 means that the budget is missed: $name', ({ budget, value, expected }) => {
  expect(ratioTo(budget, value)).toBe(expected);
});

const entry = { name: 'run', about: '', args: () => [], readings: [time({ atMost: 6 }), cpu, memory()] };

test('keeps every value with its median, least and most, and the ratio where there is a budget', () => {
  expect(figuresOf(entry, [[7, 3, 9], [5, 5, 5], [200]])).toEqual([
    {
      ...{ entry: 'run', figure: 'time', unit: 's', values: [7, 3, 9], median: 7, least: 3, most: 9 },
      ...{ budget: { atMost: 6 }, ratio: 7 / 6 },
    },
    { entry: 'run', figure: 'CPU', unit: 's', values: [5, 5, 5], median: 5, least: 5, most: 5 },
    { entry: 'run', figure: 'memory', unit: 'MB', values: [200], median: 200, least: 200, most: 200 },
  ]);
});

test('an entry that was not measured has no figures', () => {
  expect(figuresOf(entry, [])).toEqual([]);
});

const growth = { from: 'few', to: 'many', unit: 'cases', of: ['CPU'] };
const figures = [
  figure('few', 'cases', '', 100),
  figure('few', 'CPU', 's', 3),
  figure('many', 'cases', '', 400),
  figure('many', 'CPU', 's', 9),
];

test('growth is relative to the size, with the cost of each added unit', () => {
  expect(grownBy(growth, figures)).toEqual([
    { ...{ from: 'few', to: 'many', unit: 'cases', figure: 'CPU', units: 4, times: 3, perUnit: 0.75 }, each },
  ]);
});

const each = { value: 6 / 300, unit: 's' };

test.each([0, 1, 2, 3])('there is no growth without figure %i', (index) => {
  expect(grownBy(growth, figures.toSpliced(index, 1))).toEqual([]);
});

test.each([
  { name: 'apart, below', now: [1, 2, 3], before: [4, 5, 6], expected: { ratio: 0.4, isApart: true } },
  { name: 'apart, above', now: [8, 10, 12], before: [4, 5, 6], expected: { ratio: 2, isApart: true } },
  { name: 'one run only', now: [1], before: [4, 5, 6], expected: { ratio: 0.2, isApart: false } },
  { name: 'overlapping', now: [4, 5, 6], before: [6, 10, 12], expected: { ratio: 0.5, isApart: false } },
])('compares with an earlier bench: $name', ({ now, before, expected }) => {
  expect(changeOf(figure('run', 'time', 's', ...now), figure('run', 'time', 's', ...before))).toEqual(expected);
});
