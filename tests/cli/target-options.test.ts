/** Options about a target: profiles beneath them, and options that would be of no use are refused. */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openProfile } from '../../cli/run/open-profile.ts';
import { readRunOptions } from '../../cli/run/run-options.ts';
import { type RawOptions } from '../../cli/run/raw-options.ts';
import { packageRoot } from '../../cli/package-root.ts';
import { runCli, temporaryFolder } from './run-child.ts';

beforeEach(() => {
  for (const name of Object.keys(process.env).filter((key) => key.startsWith('OS_'))) vi.stubEnv(name, undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

function profile(text: string): string {
  const file = join(temporaryFolder(), 'profile.yaml');
  writeFileSync(file, text);
  return file;
}

const lab = [
  'name: Lab',
  'clouds: { member: lab, admin: lab-admin }',
  'capabilities: { resize: no, multiattach: yes }',
  'fixtures: { flavor: m1.tiny, image: cirros }',
  'limits: { servers: 9 }',
].join('\n');

test('what a profile says holds where no option says otherwise', () => {
  const options = readRunOptions({ target: profile(lab), flavor: 'm1.big', capability: ['resize'], admin: 'root' });
  expect(options).toMatchObject({
    targetName: 'Lab',
    clouds: { member: 'lab', admin: 'root' },
    fixtures: { flavor: 'm1.big', image: 'cirros' },
    capabilities: { resize: true, multiattach: true },
    limits: { servers: 9, volumes: 60 },
    concurrency: 8,
  });
});

const shipped = readdirSync(join(packageRoot, 'targets')).filter((name) => name.endsWith('.yaml'));

test.each(shipped)('the shipped profile %s says nothing that is not understood', (name) => {
  expect(openProfile(join(packageRoot, 'targets', name)).name).toBeTruthy();
});

const refused: readonly (readonly [string, () => RawOptions, string])[] = [
  ['a profile that is not there', () => ({ target: 'none.yaml' }), '--target none.yaml cannot be read'],
  ['a profile without a cloud', () => ({ target: profile('name: x') }), 'says what to use and not which cloud'],
  ['a capability that no clause needs', () => ({ capability: ['flying'] }), 'no clause needs it; those that count are'],
  ['a reader without a member', () => ({ reader: 'r' }), '--reader without a member: nobody is there to ask as'],
  ['many without a member', () => ({ other: 'o', service: 's' }), '--other, --service without a member'],
  ['nobody at work', () => ({ target: profile('simulator: "2.60"\nlimits: { concurrency: 0 }') }), 'from 1 on'],
  ['fewer servers than none', () => ({ maxServers: '-1' }), 'from 0 on'],
];

test.each(refused)('%s is refused with a sentence', (_, raw, says) => {
  expect(() => readRunOptions(raw())).toThrow(says);
});

test.each(['run', 'refute', 'cleanup'])('%s refuses a reader without a member', async (verb) => {
  const run = verb === 'cleanup' ? ['somewhere'] : [];
  const { code, stderr } = await runCli([verb, ...run, '--reader', 'r'], temporaryFolder());
  expect(stderr).toContain(
    'openstack-conformance: --reader without a member: nobody is there to ask as; add --os-cloud',
  );
  expect(code).toBe(3);
});

test('a refutation on the embedded cloud refuses what speaks of another', async () => {
  const { code, stderr } = await runCli(['refute', '--max-servers', '9', '--flavor', 'x'], temporaryFolder());
  expect(stderr).toContain('--flavor, --max-servers: the refutation on the embedded cloud has no use for it');
  expect(code).toBe(3);
});

test('a run takes the shipped profile of the embedded cloud', async () => {
  const folder = temporaryFolder();
  const target = join(packageRoot, 'targets/simulator.yaml');
  const args = ['run', '--target', target, '--include', 'compute/show-volume-attachment', '--json', '--output', 'out'];
  const { code, stdout, stderr } = await runCli(args, folder);
  expect(stderr).toContain('Run folder: out');
  const report = JSON.parse(stdout) as { target: { name: string; fixtureFacts: unknown[] } };
  expect(report.target.name).toBe('embedded cloud');
  expect(report.target.fixtureFacts).toContainEqual({ kind: 'flavor', id: '42', name: 'm1.nano', told: 'given' });
  expect(code).toBe(0);
});
