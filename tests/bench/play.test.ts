import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Entry } from '../../bench/entries.ts';
import { BenchError } from '../../bench/errors.ts';
import { time, type Reading } from '../../bench/figures.ts';
import type { Command } from '../../bench/measure.ts';
import { playAll, type Play } from '../../bench/play.ts';
import { temporaryFolder } from '../cli/run-child.ts';

const entry = (name: string, more: Partial<Entry> = {}): Entry => ({
  ...{ name, about: '', args: () => [name], readings: [time()] },
  ...more,
});

interface Stage extends Play {
  readonly commands: readonly Command[];
  readonly told: readonly string[];
}

/** The n-th command takes n seconds; `broken` fails. */
function stage(entries: readonly Entry[], more: Partial<Play> = {}): Stage {
  const commands: Command[] = [];
  const told: string[] = [];
  return {
    ...{ entries, known: entries, runs: 2, folder: temporaryFolder(), reference: '', cloud: [] },
    env: { PATH: '/bin', OS_CLOUD: 'production', OS_TOKEN: 'secret' },
    measure: async (command) => {
      commands.push(command);
      if (command.args.includes('broken')) throw new BenchError('it ended with 3');
      mkdirSync(join(command.folder, 'run'), { recursive: true });
      return { wallMs: 1000 * commands.length, cpuMs: 0, peakBytes: 0, output: '' };
    },
    ...{ tell: (line) => void told.push(line), isStopped: () => false },
    ...more,
    ...{ commands, told },
  };
}

const ran = ({ commands }: Stage): readonly string[] => commands.map(({ args }) => args.join(' '));

test('goes in rounds, and keeps a value of each round', async () => {
  const play = stage([entry('plan'), entry('doctor')]);
  const { values, failed } = await playAll(play);
  expect(ran(play)).toEqual(['plan', 'doctor', 'plan', 'doctor']);
  expect([...values]).toEqual([
    ['plan', [[1, 3]]],
    ['doctor', [[2, 4]]],
  ]);
  expect(failed.size).toBe(0);
});

test('tells an entry whose command fails, tries it no more, and measures the others', async () => {
  const play = stage([entry('broken'), entry('plan')]);
  const { values, failed } = await playAll(play);
  expect([...failed]).toEqual([['broken', 'it ended with 3']]);
  expect([...values.keys()]).toEqual(['plan']);
  expect(ran(play)).toEqual(['broken', 'plan', 'plan']);
  expect(play.told[0]).toBe('broken: it ended with 3');
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
  const { values, failed } = await playAll(stage([entry('run', { readings: [late] })]));
  expect([...values]).toEqual([]);
  expect([...failed]).toEqual([['run', 'the run was interrupted']]);
});

const run = entry('run', { args: ({ run: folder }) => ['run', folder] });
const page = entry('page', { worksOn: 'run', args: ({ run: folder }) => ['page', folder] });

test('makes what an entry works on first, once, where it is not measured itself', async () => {
  const play = stage([page], { known: [run, page] });
  const { values } = await playAll(play);
  const folder = join(play.folder, 'run/run');
  expect(ran(play)).toEqual([`run ${folder}`, `page ${folder}`, `page ${folder}`]);
  expect([...values]).toEqual([['page', [[2, 3]]]]);
});

test('does not make it again where it is measured', async () => {
  const play = stage([run, page], { runs: 1 });
  await playAll(play);
  expect(ran(play)).toHaveLength(2);
});

test('sends nothing to a cloud that the environment names, but for the entry of a real one', async () => {
  const real = entry('cloud', { needs: 'cloud', args: ({ cloud }) => ['run', ...cloud] });
  const embedded = entry('run', { args: ({ cloud }) => ['run', ...cloud] });
  const play = stage([embedded, real], { runs: 1, cloud: ['--os-cloud', 'acme'] });
  await playAll(play);
  expect(ran(play)).toEqual(['run', 'run --os-cloud acme']);
  expect(play.commands.map(({ env }) => env)).toEqual([{ PATH: '/bin' }, play.env]);
});

test('tells nothing when it was stopped', async () => {
  await expect(playAll(stage([entry('plan')], { isStopped: () => true }))).rejects.toThrow(
    'It was stopped before its end',
  );
});
