import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Entry } from '../../bench/entries.ts';
import { BenchError } from '../../bench/errors.ts';
import { time, type Reading } from '../../bench/figures.ts';
import type { Command } from '../../bench/measure.ts';
import { runEntries, type BenchOptions } from '../../bench/run-entries.ts';
import { temporaryFolder } from '../cli/run-child.ts';

const entry = (name: string, more: Partial<Entry> = {}): Entry => ({
  ...{ name, about: '', args: () => [name], readings: [time()] },
  ...more,
});

interface TestBench extends BenchOptions {
  readonly commands: readonly Command[];
  readonly logged: readonly string[];
}

/** The n-th command takes n seconds; `broken` fails. */
function benchOf(entries: readonly Entry[], more: Partial<BenchOptions> = {}): TestBench {
  const commands: Command[] = [];
  const logged: string[] = [];
  return {
    ...{ entries, known: entries, runs: 2, folder: temporaryFolder(), reference: '', cloud: [] },
    env: { PATH: '/bin', OS_CLOUD: 'production', OS_TOKEN: 'secret' },
    measure: async (command) => {
      commands.push(command);
      if (command.args.includes('broken')) throw new BenchError('it ended with 3');
      mkdirSync(join(command.folder, 'run'), { recursive: true });
      return { wallMs: 1000 * commands.length, cpuMs: 0, peakBytes: 0, output: '' };
    },
    ...{ log: (line) => void logged.push(line), isStopped: () => false },
    ...more,
    ...{ commands, logged },
  };
}

const ran = ({ commands }: TestBench): readonly string[] => commands.map(({ args }) => args.join(' '));

test('goes in rounds, and keeps a value of each round', async () => {
  const bench = benchOf([entry('plan'), entry('doctor')]);
  const { values, failed } = await runEntries(bench);
  expect(ran(bench)).toEqual(['plan', 'doctor', 'plan', 'doctor']);
  expect([...values]).toEqual([
    ['plan', [[1, 3]]],
    ['doctor', [[2, 4]]],
  ]);
  expect(failed.size).toBe(0);
});

test('reports an entry whose command fails, skips it from then on, and measures the others', async () => {
  const bench = benchOf([entry('broken'), entry('plan')]);
  const { values, failed } = await runEntries(bench);
  expect([...failed]).toEqual([['broken', 'it ended with 3']]);
  expect([...values.keys()]).toEqual(['plan']);
  expect(ran(bench)).toEqual(['broken', 'plan', 'plan']);
  expect(bench.logged[0]).toBe('broken: it ended with 3');
});

test('an entry that fails in a later round has no figures of the earlier ones', async () => {
  let rounds = 0;
  const late: Reading = {
    ...{ name: 'late', unit: '' },
    read: () => {
      if (++rounds > 1) throw new BenchError('the run was interrupted');
      return 1;
    },
  };
  const { values, failed } = await runEntries(benchOf([entry('run', { readings: [late] })]));
  expect([...values]).toEqual([]);
  expect([...failed]).toEqual([['run', 'the run was interrupted']]);
});

const run = entry('run', { args: ({ run: folder }) => ['run', folder] });
const page = entry('page', { worksOn: 'run', args: ({ run: folder }) => ['page', folder] });

test('runs the entry that another one works on first, once, where it is not measured itself', async () => {
  const bench = benchOf([page], { known: [run, page] });
  const { values } = await runEntries(bench);
  const folder = join(bench.folder, 'run/run');
  expect(ran(bench)).toEqual([`run ${folder}`, `page ${folder}`, `page ${folder}`]);
  expect([...values]).toEqual([['page', [[2, 3]]]]);
});

test('does not run it again where it is measured', async () => {
  const bench = benchOf([run, page], { runs: 1 });
  await runEntries(bench);
  expect(ran(bench)).toHaveLength(2);
});

test('sends nothing to a cloud that the environment names, but for the entry of a real one', async () => {
  const real = entry('cloud', { needs: 'cloud', args: ({ cloud }) => ['run', ...cloud] });
  const embedded = entry('run', { args: ({ cloud }) => ['run', ...cloud] });
  const bench = benchOf([embedded, real], { runs: 1, cloud: ['--os-cloud', 'acme'] });
  await runEntries(bench);
  expect(ran(bench)).toEqual(['run', 'run --os-cloud acme']);
  expect(bench.commands.map(({ env }) => env)).toEqual([{ PATH: '/bin' }, bench.env]);
});

test('has no results when it was stopped', async () => {
  await expect(runEntries(benchOf([entry('plan')], { isStopped: () => true }))).rejects.toThrow(
    'Stopped before all entries were measured',
  );
});
