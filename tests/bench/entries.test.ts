import { expect, test } from 'vitest';
import { entries, growths } from '../../bench/entries.ts';
import { allVerbs } from '../../cli/verbs/index.ts';
import { refusalOf } from '../docs/command-lines.ts';

const verbs = await allVerbs();

const names = entries.map(({ name }) => name);
const commands = entries.map(({ name, args }) => ({
  name,
  args: args({ run: 'RUN', reference: 'REFERENCE', cloud: ['--os-cloud', 'CLOUD'] }),
}));

test.each(commands.filter(({ args }) => !args.some((arg) => arg === '--version' || arg === '--help')))(
  '$name is a command line that exists',
  ({ args }) => {
    expect(refusalOf(verbs, args)).toBeUndefined();
  },
);

test('no two entries have a name in common, and no two figures of an entry', () => {
  expect(names).toEqual([...new Set(names)]);
  for (const { readings } of entries) {
    const figures = readings.map(({ name }) => name);
    expect(figures).toEqual([...new Set(figures)]);
  }
});

test('an entry works on a run of one before it', () => {
  for (const [index, { worksOn }] of entries.entries())
    if (worksOn !== undefined) expect(names.slice(0, index)).toContain(worksOn);
});

test('growth is measured in figures that both entries have', () => {
  for (const { from, to, unit, of } of growths) {
    for (const name of [from, to]) {
      const figures = entries.find((entry) => entry.name === name)?.readings.map((reading) => reading.name);
      expect(figures).toEqual(expect.arrayContaining([unit, ...of]));
    }
  }
});
