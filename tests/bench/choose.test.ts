import { expect, test } from 'vitest';
import { choose, type Wanted } from '../../bench/choose.ts';
import type { Entry } from '../../bench/entries.ts';

const entry = (name: string, more: Partial<Entry> = {}): Entry => ({
  ...{ name, about: '', args: () => [], readings: [] },
  ...more,
});
const entries = [
  entry('plan'),
  entry('openapi', { needs: 'reference' }),
  entry('refute', { isLong: true }),
  entry('cloud', { needs: 'cloud' }),
];
const everything: Wanted = { all: true, reference: '/nova', hasCloud: true };

const choices: readonly {
  readonly name: string;
  readonly wanted: Wanted;
  readonly chosen: readonly string[];
  readonly told: readonly RegExp[];
}[] = [
  {
    name: 'everything that it can',
    wanted: everything,
    chosen: ['plan', 'openapi', 'refute', 'cloud'],
    told: [],
  },
  {
    name: 'what takes minutes only with --all',
    wanted: { ...everything, all: false },
    chosen: ['plan', 'openapi', 'cloud'],
    told: [/^Not measured: refute; .*--only, or give --all\.$/],
  },
  {
    name: 'what takes minutes also by its name, and nothing else then',
    wanted: { ...everything, all: false, only: ['refute'] },
    chosen: ['refute'],
    told: [],
  },
  {
    name: 'not what needs something that is not there, and says so',
    wanted: { all: true, reference: undefined, hasCloud: false },
    chosen: ['plan', 'refute'],
    told: [/^Not measured: openapi; .*--reference DIR\.$/, /^Not measured: cloud; .*--os-cloud CLOUD\.$/],
  },
];

test.each(choices)('measures $name', ({ wanted, chosen, told }) => {
  const choice = choose(entries, wanted);
  expect(choice.chosen.map(({ name }) => name)).toEqual(chosen);
  expect(choice.leftOut).toHaveLength(told.length);
  told.forEach((pattern, index) => expect(choice.leftOut[index]).toMatch(pattern));
});

test('refuses a name that is no entry, and tells those that are', () => {
  expect(() => choose(entries, { ...everything, only: ['plan', 'plann'] })).toThrow(
    'There is no entry "plann"; there are plan, openapi, refute, cloud.',
  );
});
