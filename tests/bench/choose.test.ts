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
  entry('mutation-test', { isLong: true }),
  entry('cloud', { needs: 'cloud' }),
];
const everything: Wanted = { all: true, reference: '/nova', hasCloud: true };

const choices: readonly {
  readonly name: string;
  readonly wanted: Wanted;
  readonly chosen: readonly string[];
  readonly leftOut: readonly RegExp[];
}[] = [
  {
    name: 'everything that it can',
    wanted: everything,
    chosen: ['plan', 'openapi', 'mutation-test', 'cloud'],
    leftOut: [],
  },
  {
    name: 'what takes minutes only with --all',
    wanted: { ...everything, all: false },
    chosen: ['plan', 'openapi', 'cloud'],
    leftOut: [/^Not measured: mutation-test; .*--only, or pass --all\.$/],
  },
  {
    name: 'what takes minutes also by its name, and nothing else then',
    wanted: { ...everything, all: false, only: ['mutation-test'] },
    chosen: ['mutation-test'],
    leftOut: [],
  },
  {
    name: 'not what needs something that is not there, and says so',
    wanted: { all: true, reference: undefined, hasCloud: false },
    chosen: ['plan', 'mutation-test'],
    leftOut: [/^Not measured: openapi; .*--reference DIR\.$/, /^Not measured: cloud; .*--os-cloud CLOUD\.$/],
  },
];

test.each(choices)('measures $name', ({ wanted, chosen, leftOut }) => {
  const choice = choose(entries, wanted);
  expect(choice.chosen.map(({ name }) => name)).toEqual(chosen);
  expect(choice.leftOut).toHaveLength(leftOut.length);
  leftOut.forEach((pattern, index) => expect(choice.leftOut[index]).toMatch(pattern));
});

test('refuses a name that is not an entry, and lists the entries', () => {
  expect(() => choose(entries, { ...everything, only: ['plan', 'plann'] })).toThrow(
    '--only: there is no entry "plann". Use some of plan, openapi, mutation-test, cloud.',
  );
});
