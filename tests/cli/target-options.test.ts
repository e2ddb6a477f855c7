/** Options of a target: profiles, and refused combinations of options. */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openProfile } from '../../cli/run/open-profile.ts';
import { limitsFor } from '../../cli/run/resource-limits.ts';
import { readRunOptions } from '../../cli/run/run-options.ts';
import { type RawOptions } from '../../cli/run/raw-options.ts';
import { resourceKinds } from '../../suites/resources.ts';
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

test('the settings of a profile apply unless an option overrides them', () => {
  const options = readRunOptions({ target: profile(lab), flavor: 'm1.big', capability: ['resize'], admin: 'root' });
  expect(options).toMatchObject({
    targetName: 'Lab',
    clouds: { member: 'lab', admin: 'root' },
    fixtures: { flavor: 'm1.big', image: 'cirros' },
    capabilities: { resize: true, multiattach: true },
    concurrency: 8,
  });
  expect(limitsFor(options.limits, resourceKinds).resources).toMatchObject({ server: 9, volume: 60 });
});

test('the last limit of a resource type applies, and an option overrides the profile', () => {
  const raw = { target: profile(lab), maxServers: '5', limit: ['volume=7', 'server-group=2', 'server=4'] };
  const { resources, remedies } = limitsFor(readRunOptions(raw).limits, resourceKinds);
  expect(resources).toEqual({ server: 4, volume: 7, 'server-group': 2 });
  expect(remedies.server).toBe('Allow more by --limit server=NUMBER.');
});

test.each([
  [
    'a misspelt type',
    { limit: ['sever=4'] },
    /^--limit sever=4: sever is not .* limited\. Nearest: server\. Use one of/,
  ],
  ['a type of a profile', { target: '' }, /profile\.yaml:2: sevrers is not .* limited\. Nearest: .*servers?/],
])('%s is refused where it is given, with the nearest names', (_, raw, says) => {
  const target = 'target' in raw ? profile('simulator: "2.60"\nlimits: { sevrers: 4 }') : undefined;
  const { limits } = readRunOptions({ ...raw, ...(target === undefined ? {} : { target }) });
  expect(() => limitsFor(limits, resourceKinds)).toThrow(says);
});

const shipped = readdirSync(join(packageRoot, 'targets')).filter((name) => name.endsWith('.yaml'));

test.each(shipped)('the shipped profile %s has only known settings', (name) => {
  expect(openProfile(join(packageRoot, 'targets', name)).name).toBeTruthy();
});

const refused: readonly (readonly [string, () => RawOptions, string])[] = [
  ['a missing profile', () => ({ target: 'none.yaml' }), '--target none.yaml cannot be read'],
  ['a profile without a cloud', () => ({ target: profile('name: x') }), 'does not name a cloud'],
  [
    'a capability that no clause needs',
    () => ({ capability: ['flying'] }),
    'no clause needs this capability. Pass one of',
  ],
  ['a reader without a member', () => ({ reader: 'r' }), '--reader needs a member identity. Pass --os-cloud'],
  [
    'several identities without a member',
    () => ({ other: 'o', service: 's' }),
    '--other, --service need a member identity',
  ],
  ['no concurrency', () => ({ target: profile('simulator: "2.60"\nlimits: { concurrency: 0 }') }), 'at least 1'],
  ['a negative number of servers', () => ({ maxServers: '-1' }), 'at least 0'],
  ['a limit without a number', () => ({ limit: ['server'] }), 'Write TYPE=NUMBER, such as server=24'],
  ['a limit that is no number', () => ({ limit: ['server=many'] }), '--limit server= many is not a whole number'],
];

test.each(refused)('%s is refused with one sentence', (_, raw, says) => {
  expect(() => readRunOptions(raw())).toThrow(says);
});

test.each(['run', 'mutation-test', 'cleanup'])('%s refuses a reader without a member', async (verb) => {
  const run = verb === 'cleanup' ? ['somewhere'] : [];
  const { code, stderr } = await runCli([verb, ...run, '--reader', 'r'], temporaryFolder());
  expect(stderr).toContain('openstack-conformance: --reader needs a member identity. Pass --os-cloud');
  expect(code).toBe(3);
});

test('a mutation test on the embedded cloud refuses options of other targets', async () => {
  const { code, stderr } = await runCli(['mutation-test', '--max-servers', '9', '--flavor', 'x'], temporaryFolder());
  expect(stderr).toContain('--flavor, --max-servers: not applicable to the embedded cloud');
  expect(code).toBe(3);
});

test('a run accepts the shipped profile of the embedded cloud', async () => {
  const folder = temporaryFolder();
  const target = join(packageRoot, 'targets/simulator.yaml');
  const args = ['run', '--target', target, '--include', 'compute/show-volume-attachment', '--json', '--output', 'out'];
  const { code, stdout, stderr } = await runCli(args, folder);
  expect(stderr).toContain('Run folder: out');
  const report = JSON.parse(stdout) as { target: { name: string; fixtureFacts: unknown[] } };
  expect(report.target.name).toBe('embedded cloud');
  expect(report.target.fixtureFacts).toContainEqual({ kind: 'flavor', id: '42', name: 'm1.nano', source: 'given' });
  expect(code).toBe(0);
});
