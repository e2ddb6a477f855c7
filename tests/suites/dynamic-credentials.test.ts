/** Identities that an administrator makes for a run: they decide what given ones decide, and nothing of them stays. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { verifyFolder } from '../../cli/verify/verify-folder.ts';
import { Lab } from '../simulator/lab.ts';
import { cloudsIn, runCli, startCli, temporaryFolder, type Ended } from '../cli/run-child.ts';
import { startFront } from './front.ts';
import { readRunFolder } from './run-folder.ts';

vi.setConfig({ testTimeout: 240_000 });

const front = await startFront();
const lab = Lab.on(front.simulator);
const admin = await lab.as('sim-admin');
const before = await everybody();
afterAll(() => front.close());
beforeEach(() => void (front.answer = () => undefined));

/** Needs every identity. */
const slice = [
  'refuses-a-reader',
  'refuses-the-service-role',
  'hides-volumes-of-other-projects',
  'permits-an-*',
].flatMap((clause) => ['--include', `compute/detach-volume#${clause}`]);

/** Users, projects, servers and volumes, by name. */
async function everybody(): Promise<readonly string[]> {
  const lists = await Promise.all([
    admin.identity('GET', '/users'),
    admin.identity('GET', '/projects'),
    admin.compute('GET', '/servers?all_tenants=1'),
    admin.volume('GET', '/volumes?all_tenants=1'),
  ]);
  const named = lists.flatMap(({ body }) => Object.values(body as Record<string, unknown>));
  return named
    .filter((one): one is readonly { readonly name: string }[] => Array.isArray(one))
    .flatMap((things) => things.map(({ name }) => name))
    .sort();
}

/** Every password that was sent to make a user, or to change one. */
function passwords(): readonly string[] {
  return front.seen.flatMap(({ method, url, body }) => {
    if (!/^(POST|PATCH)$/.test(method) || !url.includes('/v3/users')) return [];
    return (JSON.parse(body) as { user: { password: string } }).user.password;
  });
}

/** Where only the administrator is known. */
function place(): { readonly folder: string; readonly out: string; readonly env: Readonly<Record<string, string>> } {
  const folder = temporaryFolder();
  const only = front.clouds.clouds['sim-admin'];
  if (!only) throw new Error('There is no administrator.');
  return { folder, out: join(folder, 'out'), env: cloudsIn(folder, { clouds: { 'sim-admin': only } }) };
}

const dynamic = (out: string): readonly string[] => [
  ...[
    'run',
    '--admin',
    'sim-admin',
    '--dynamic-credentials',
    '--capability',
    'service-sees-migrations',
    '--output',
    out,
  ],
];

test('they decide what given ones decide, no file holds a password, and everybody is gone afterwards', async () => {
  const { folder, out, env } = place();
  const made = await runCli([...dynamic(out), ...slice], folder, env);
  expect(made.code).toBe(0);
  expect((await verifyFolder(out, {})).refused).toBeUndefined();
  expect(await everybody()).toEqual(before);
  const others = ['--reader', 'sim-demo-reader', '--other', 'sim-alt', '--service', 'sim-demo-service'];
  const given = join(folder, 'given');
  const all = cloudsIn(temporaryFolder(), front.clouds);
  const run = ['run', '--os-cloud', 'sim-demo', '--admin', 'sim-admin', ...others, '--output', given];
  expect((await runCli([...run, '--capability', 'service-sees-migrations', ...slice], folder, all)).code).toBe(0);
  const [a, b] = [readRunFolder(out), readRunFolder(given)];
  const verdicts = ({ report }: typeof a) => report.cases.map(({ id, verdict }) => [id, verdict.is]);
  expect(verdicts(a)).toEqual(verdicts(b));
  expect(verdicts(a).length).toBeGreaterThan(6);
  expect(a.report.target.identities.filter((identity) => identity.made).map(({ role }) => role)).toEqual([
    ...['member', 'reader', 'other', 'service'],
  ]);
  expect(a.report.leaks).toEqual([]);
  const secrets = passwords();
  expect(secrets).toHaveLength(4);
  for (const secret of secrets) expect(secret.length).toBeGreaterThanOrEqual(32);
  const told = a.everything + made.stdout + made.stderr;
  expect(secrets.filter((secret) => told.includes(secret))).toEqual([]);
  expect(told).toContain('made for this run: member, reader, other, service');
});

test('those that are given are used, and only the others made', async () => {
  const { folder, out } = place();
  const count = front.seen.length;
  const env = cloudsIn(folder, front.clouds);
  const given = ['--os-cloud', 'sim-demo', '--other', 'sim-alt'];
  const { code } = await runCli([...dynamic(out), ...given, ...slice], folder, env);
  expect(code).toBe(0);
  const made = front.seen
    .slice(count)
    .filter(({ method, url }) => method === 'POST' && /v3\/(users|projects)$/.test(url));
  const names = made.map(({ body }) => /"name":"osc-[0-9a-f]+-([a-z-]+)"/.exec(body)?.[1]);
  expect(names).toEqual(['reader', 'service']);
  expect(await everybody()).toEqual(before);
});

test.each(['SIGINT', 'SIGTERM'] as const)('%s in the middle leaves nobody', async (signal) => {
  const { folder, out, env } = place();
  const run = startCli([...dynamic(out), '--include', 'compute/detach-volume#*'], folder, env);
  await run.says(' pass');
  run.signal(signal);
  expect((await run.ended).code).toBe(2);
  expect(readRunFolder(out).report).toMatchObject({ run: { ended: 'interrupted' }, leaks: [] });
  expect((await verifyFolder(out, {})).refused).toBeUndefined();
  expect(await everybody()).toEqual(before);
});

test('an interrupt while they are made leaves nobody, and no folder', async () => {
  const { folder, out, env } = place();
  let end: () => void = () => undefined;
  front.answer = ({ method, body }) => {
    if (method === 'POST' && body.includes('-reader"')) end();
    return undefined;
  };
  const run = startCli([...dynamic(out), ...slice], folder, env);
  end = () => run.signal('SIGINT');
  expect((await run.ended).code).toBe(2);
  expect(await everybody()).toEqual(before);
  expect(existsSync(out)).toBe(false);
});

test('after a kill, the administrator alone cleans everything away', async () => {
  const { folder, out, env } = place();
  const run = startCli([...dynamic(out), '--include', 'compute/detach-volume#*'], folder, env);
  await run.says(' pass');
  run.signal('SIGKILL');
  await run.ended;
  expect((await everybody()).length).toBeGreaterThan(before.length + 8);
  const nobody = await runCli(['cleanup', out, '--os-cloud', 'sim-demo'], folder, cloudsIn(folder, front.clouds));
  expect(nobody).toMatchObject({ code: 3, stdout: '' });
  expect(nobody.stderr).toContain('The run made identities, which an administrator removes; add --admin CLOUD.');
  const count = passwords().length;
  const cleaned = await runCli(['cleanup', out, '--admin', 'sim-admin'], folder, env);
  expect(cleaned.stderr).toBe('');
  expect(cleaned.code).toBe(0);
  expect(cleaned.stdout).toMatch(/^(\d+) of \1 things removed\.\n$/);
  expect(await everybody()).toEqual(before);
  expect(passwords().length).toBe(count + 2);
  const again = await runCli(['cleanup', out, '--admin', 'sim-admin'], folder, env);
  expect(again.stderr).toBe('');
  expect(again).toMatchObject({ code: 0, stdout: 'Nothing of this run is left.\n' });
});

test('after a kill while they are made, they are cleaned away, and only where they were made', async () => {
  const { folder, out, env } = place();
  let end: () => void = () => undefined;
  front.answer = ({ method, body }) => {
    if (method === 'POST' && body.includes('-other"')) end();
    return undefined;
  };
  const run = startCli([...dynamic(out), ...slice], folder, env);
  end = () => run.signal('SIGKILL');
  await run.ended;
  expect((await everybody()).length).toBeGreaterThan(before.length);
  const elsewhere = await startFront();
  const wrong = await runCli(
    ['cleanup', out, '--admin', 'sim-admin'],
    folder,
    cloudsIn(temporaryFolder(), elsewhere.clouds),
  );
  await elsewhere.close();
  expect(wrong.code).toBe(3);
  expect(wrong.stderr).toContain('nothing was removed');
  const cleaned = await runCli(['cleanup', out, '--admin', 'sim-admin'], folder, env);
  expect(cleaned).toMatchObject({ code: 0, stderr: '' });
  expect(await everybody()).toEqual(before);
});

const forbidden = [403, { error: { code: 403, message: 'no', title: 'Forbidden' } }] as const;

test('a role that is not there, or not granted, takes its identity away with a reason and a mend', async () => {
  const { folder, out, env } = place();
  let service = '';
  front.answer = ({ method, url, body }) => {
    if (url.includes('/v3/roles?name=reader')) return [200, { roles: [] }];
    if (method === 'POST' && body.includes('-service"')) service = 'asked';
    return service !== '' && method === 'PUT' && url.includes('/roles/') ? forbidden : undefined;
  };
  const { code } = await runCli([...dynamic(out), ...slice], folder, env);
  expect(code).toBe(2);
  const { report } = readRunFolder(out);
  const undecided = report.cases.flatMap(({ verdict }) => (verdict.is === 'not-attempted' ? [verdict] : []));
  expect(undecided).toContainEqual({
    is: 'not-attempted',
    reason: 'The reader could not be made: Keystone has no role reader.',
    mend: 'Create the role, or add --reader CLOUD.',
  });
  expect(undecided).toContainEqual({
    is: 'not-attempted',
    reason: 'The service that was made got no role: granting a role was answered with 403.',
    mend: 'Let cloud sim-admin grant it, or add --service CLOUD.',
  });
  expect(await everybody()).toEqual(before);
});

const refusals: readonly (readonly [string, (url: string, body: string) => boolean, string])[] = [
  ['at the first', (url) => url.endsWith('/v3/projects'), 'creating a project was answered with 403'],
  ['midway', (_, body) => body.includes('-other"'), 'creating a user was answered with 403'],
];

test.each(refusals)('creation that is refused %s is one sentence, and nothing stays', async (_, hits, says) => {
  const { folder, out, env } = place();
  front.answer = ({ method, url, body }) => (method === 'POST' && hits(url, body) ? forbidden : undefined);
  const { code, stderr, stdout }: Ended = await runCli([...dynamic(out), ...slice], folder, env);
  expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  expect(stderr).toContain(`openstack-conformance: cloud sim-admin cannot make the identities of a run: ${says}; give`);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(await everybody()).toEqual(before);
  expect(existsSync(out)).toBe(false);
});

test('doctor counts them as given and makes nobody; without an administrator nobody can', async () => {
  const { folder, env } = place();
  const count = front.seen.length;
  const args = ['doctor', '--json', '--admin', 'sim-admin', '--dynamic-credentials'];
  const { stdout, stderr } = await runCli(args, folder, env);
  expect(stderr).toBe('');
  const report = JSON.parse(stdout) as {
    identities: readonly { role: string; given: boolean }[];
    obstacles: unknown[];
  };
  expect(report.identities.filter(({ given }) => !given)).toEqual([]);
  const changing = front.seen
    .slice(count)
    .filter(({ method, url }) => method !== 'GET' && !url.endsWith('/auth/tokens'));
  expect(changing).toEqual([]);
  const nobody = await runCli(['run', '--reader', 'x', '--dynamic-credentials'], folder, env);
  expect(nobody.code).toBe(3);
});
