/** Whole runs on clouds that differ from the usual embedded one: each is decided, and leaves nothing behind. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import type { RunReport } from '../../src/report/record.ts';
import { startSimulator, type Simulator } from '../../targets/simulator/index.ts';
import { cloudsIn, otherIdentities, runCli, temporaryFolder } from '../cli/run-child.ts';

vi.setConfig({ testTimeout: 300_000 });

let simulator: Simulator | undefined;
afterEach(() => simulator?.close());

/** Lists, isolation, the root volume, states, and what a swap needs. */
const chosen = [
  'compute/list-volume-attachments#*',
  'compute/*-volume*#hides-*',
  'compute/detach-volume#*root-volume*',
  'compute/attach-volume#*paused*',
  'compute/swap-volume#*',
  'compute/detach-volume#answers-202',
];

interface Play {
  readonly code: number | null;
  readonly stderr: string;
  readonly stdout: string;
  readonly report?: RunReport;
}

async function play(traits: readonly string[], args: readonly string[]): Promise<Play> {
  simulator = await startSimulator({ traits });
  const folder = temporaryFolder();
  const env = cloudsIn(folder, regionless(simulator.clouds));
  const only = chosen.flatMap((glob) => ['--include', glob]);
  const run = ['run', '--os-cloud', 'sim-demo', ...otherIdentities, ...only, '--capability', 'whole-api=no', '--once'];
  const ended = await runCli([...run, ...args, '--output', 'out'], folder, env);
  expect(simulator.mishaps).toEqual([]);
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
  ['zones that must agree', ['zones-must-agree'], [], { availability_zone: 'east', volume_zone: 'east' }],
  ['a zone that was given', ['zones-must-agree'], ['--availability-zone', 'west'], { volume_zone: 'west' }],
  ['no volume below 10 GB', ['large-volumes'], ['--volume-size', '10'], { volume_size: '10' }],
  ['two regions', ['two-regions'], ['--os-region-name', 'RegionTwo'], {}],
  ['the project in the endpoint of servers', ['project-in-compute'], [], {}],
] as const)('a cloud with %s is decided', async (_, traits, args, fixtures) => {
  const { code, stderr, report } = await play(traits, args);
  expect(report?.target.fixtures).toMatchObject(fixtures);
  const open = report?.cases.filter(({ verdict }) => !['pass', 'warn', 'not-applicable'].includes(verdict.is));
  expect(open).toEqual([]);
  expect(code, stderr).toBe(0);
  expect(report?.cases.length).toBeGreaterThan(30);
  expect(report?.leaks).toEqual([]);
});

test('two regions and none named: an error that lists them, and nothing was made', async () => {
  const { code, stderr } = await play(['two-regions'], []);
  expect(code).toBe(3);
  expect(stderr).toContain('names no region, and the catalogue has several: RegionOne (');
});
