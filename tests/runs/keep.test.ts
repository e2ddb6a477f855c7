/** `--keep`: the resources of failed cases stay until `cleanup`, so that the requests of a failure can be repeated. */
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { startSimulator } from '../../targets/simulator/index.ts';
import { cloudsIn, runCli, temporaryFolder } from '../cli/run-child.ts';
import { Lab } from '../simulator/lab.ts';
import { readRunFolder } from '../suites/run-folder.ts';

const lab = await Lab.start({ faults: ['compute/list-volume-attachments:shift-range:field.id:never-ends'] });
afterAll(() => lab.close());
const slice = ['--include', 'compute/list-volume-attachments#reply-lacks-id', '--microversions', '2.89,2.104'];

test.each([
  ['given identities', ['--os-cloud', 'sim-demo', '--os-interface', 'public,internal']],
  ['identities created for the run', ['--admin', 'sim-admin', '--dynamic-credentials']],
] as const)('with %s the failing request can be repeated, and cleanup removes everything', async (_, who) => {
  const folder = temporaryFolder();
  const out = join(folder, 'out');
  const env = cloudsIn(folder, lab.simulator.clouds);
  const run = await runCli(['run', ...who, ...slice, '--keep', '--output', out], folder, env);
  expect(run.code).toBe(1);
  const { report } = readRunFolder(out);
  expect(report).toMatchObject({ verdict: 'non-conformant', leaks: [], run: { ended: 'completed' } });
  const kept = report.kept ?? [];
  const [failed] = report.cases.filter(({ attempts }) => attempts !== undefined);
  expect(new Set(kept.map((thing) => thing.case))).toEqual(new Set([failed?.id]));
  expect(kept.filter(({ type }) => type === 'server')).toHaveLength(1);
  const things = kept.filter(({ type }) => type === 'server' || type === 'volume').map(({ id }) => id);
  expect(await idsOf()).toEqual(things.toSorted());
  const server = kept.find(({ type }) => type === 'server');
  const admin = await lab.as('sim-admin');
  const again = await admin.compute('GET', `/servers/${server?.id}/os-volume_attachments`, { version: '2.89' });
  expect(JSON.stringify(again.body)).toContain('"id"');
  expect(run.stdout).toContain(`Kept resources (${kept.length})`);
  const options = who[0] === '--os-cloud' ? '--os-cloud sim-demo --os-interface public' : '--os-cloud sim-admin';
  expect(run.stderr).toContain(`export OS_TOKEN=$(openstack ${options} token issue -f value -c id)`);
  const region = who[0] === '--os-cloud' ? '' : ' --os-region-name RegionOne';
  for (const { type, id, command, variables } of kept) {
    if (type !== 'server' && type !== 'volume') continue;
    expect(command).toBe(`openstack ${options}${region} ${type} delete ${id}`);
    expect(variables).toEqual(['OS_CLIENT_CONFIG_FILE']);
  }
  const words = /To remove what was kept: openstack-conformance (.*)/.exec(run.stderr)?.[1]?.split(' ') ?? [];
  expect(await runCli(['verify', out], folder)).toMatchObject({ code: 0, stderr: '' });
  const cleaned = await runCli(words, folder, env);
  expect(cleaned).toMatchObject({ code: 0, stderr: '' });
  expect(await idsOf()).toEqual([]);
});

test('without a failure nothing is kept', async () => {
  const simulator = await startSimulator();
  const folder = temporaryFolder();
  const args = ['run', '--os-cloud', 'sim-demo', ...slice, '--keep', '--output', 'out'];
  const { code, stderr } = await runCli(args, folder, cloudsIn(folder, simulator.clouds));
  await simulator.close();
  expect(code).toBe(0);
  expect(stderr).not.toContain('Kept');
  expect(readRunFolder(join(folder, 'out')).report.kept).toBeUndefined();
});

/** Servers and volumes of every project, sorted. */
async function idsOf(): Promise<readonly string[]> {
  const admin = await lab.as('sim-admin');
  const responses = [
    await admin.compute('GET', '/servers?all_tenants=1'),
    await admin.volume('GET', '/volumes?all_tenants=1'),
  ];
  const lists = responses.flatMap(({ body }) => Object.values(body as Record<string, { id: string }[]>));
  return lists
    .flat()
    .map(({ id }) => id)
    .toSorted();
}
