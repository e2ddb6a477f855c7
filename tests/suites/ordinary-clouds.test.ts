/** Runs on clouds with traits: all cases are decided, and nothing is left. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { RunReport } from '../../src/records/report.ts';
import { startSimulator, type Simulator } from '../../targets/simulator/index.ts';
import { cloudsIn, otherIdentities, runCli, temporaryFolder } from '../cli/run-child.ts';

let simulator: Simulator | undefined;
afterEach(() => simulator?.close());

/** Lists, isolation, the root volume, states, and swaps. */
const chosen = [
  'compute/list-volume-attachments#*',
  'compute/*-volume*#hides-*',
  'compute/detach-volume#*root-volume*',
  'compute/attach-volume#*paused*',
  'compute/swap-volume#*',
  'compute/detach-volume#answers-202',
];

interface Outcome {
  readonly code: number | null;
  readonly stderr: string;
  readonly stdout: string;
  readonly report?: RunReport;
}

async function runOn(traits: readonly string[], args: readonly string[]): Promise<Outcome> {
  simulator = await startSimulator({ traits });
  const folder = temporaryFolder();
  const env = cloudsIn(folder, regionless(simulator.clouds));
  const only = chosen.flatMap((glob) => ['--include', glob]);
  const run = ['run', '--os-cloud', 'sim-demo', ...otherIdentities, ...only, '--capability', 'whole-api=no', '--once'];
  const ended = await runCli([...run, ...args, '--output', 'out'], folder, env);
  expect(simulator.internalErrors).toEqual([]);
  if (ended.code === 3) return ended;
  return { ...ended, report: JSON.parse(readFileSync(join(folder, 'out/report.json'), 'utf8')) as RunReport };
}

function regionless({ clouds }: Simulator['clouds']): Simulator['clouds'] {
  const entries = Object.entries(clouds).map(([name, entry]) => [name, { ...entry, region_name: '' }] as const);
  return { clouds: Object.fromEntries(entries) };
}

test.each([
  ['no flavor with a disk', ['no-flavor-disk'], [], { boot_from: 'volume' }],
  ['no flavor with a disk and an image of 3 GB', ['large-image', 'no-flavor-disk'], [], { image_volume_size: '3' }],
  ['an image of 3 GB', ['large-image'], [], { image_volume_size: '3' }],
  ['zones that must match', ['zones-must-agree'], [], { availability_zone: 'east', volume_zone: 'east' }],
  ['a chosen zone', ['zones-must-agree'], ['--availability-zone', 'west'], { volume_zone: 'west' }],
  ['no volume below 10 GB', ['large-volumes'], ['--volume-size', '10'], { volume_size: '10' }],
  ['two regions', ['two-regions'], ['--os-region-name', 'RegionTwo'], {}],
  ['the project in the compute endpoint', ['project-in-compute'], [], {}],
] as const)('a run on a cloud with %s decides its cases', async (_, traits, args, fixtures) => {
  const { code, stderr, report } = await runOn(traits, args);
  expect(report?.target.fixtures).toMatchObject(fixtures);
  const open = report?.cases.filter(({ verdict }) => !['pass', 'warn', 'not-applicable'].includes(verdict.is));
  expect(open).toEqual([]);
  expect(code, stderr).toBe(0);
  expect(report?.cases.length).toBeGreaterThan(30);
  expect(report?.leaks).toEqual([]);
});

test('two regions without a chosen one are an error that lists them, and nothing is created', async () => {
  const { code, stderr } = await runOn(['two-regions'], []);
  expect(code).toBe(3);
  expect(stderr).toContain('names no region, and the catalogue has several: RegionOne (');
});
