/** Identities that an administrator creates for a run: the same verdicts as with existing ones, and nothing is left. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { verifyFolder } from '../../cli/verify/verify-folder.ts';
import { Lab } from '../simulator/lab.ts';
import { cloudsIn, runCli, startCli, temporaryFolder, type Ended } from '../cli/run-child.ts';
import { startFront } from './front.ts';
import { readRunFolder } from './run-folder.ts';

const front = await startFront();
const lab = Lab.on(front.simulator);
const admin = await lab.as('sim-admin');
const before = await namesInCloud();
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
async function namesInCloud(): Promise<readonly string[]> {
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

/** Every password in a request that creates or updates a user. */
function passwords(): readonly string[] {
  return front.seen.flatMap(({ method, url, body }) => {
    if (!/^(POST|PATCH)$/.test(method) || !url.includes('/v3/users')) return [];
    return (JSON.parse(body) as { user: { password: string } }).user.password;
  });
}

/** A folder whose clouds.yaml contains only the administrator. */
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

test('the verdicts are those of existing identities, no file has a password, and all are removed', async () => {
  const { folder, out, env } = place();
  const made = await runCli([...dynamic(out), ...slice], folder, env);
  expect(made.code).toBe(0);
  expect((await verifyFolder(out, {})).refused).toBeUndefined();
  expect(await namesInCloud()).toEqual(before);
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
  const texts = a.everything + made.stdout + made.stderr;
  expect(secrets.filter((secret) => texts.includes(secret))).toEqual([]);
  expect(texts).toContain('created for this run: member, reader, other, service');
});

test('existing identities are used, and only the missing ones are created', async () => {
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
  expect(await namesInCloud()).toEqual(before);
});

test.each(['SIGINT', 'SIGTERM'] as const)('%s during a run leaves no identities', async (signal) => {
  const { folder, out, env } = place();
  const run = startCli([...dynamic(out), '--include', 'compute/detach-volume#*'], folder, env);
  await run.says(' pass');
  run.signal(signal);
  expect((await run.ended).code).toBe(2);
  expect(readRunFolder(out).report).toMatchObject({ run: { ended: 'interrupted' }, leaks: [] });
  expect((await verifyFolder(out, {})).refused).toBeUndefined();
  expect(await namesInCloud()).toEqual(before);
});

test('an interrupt during their creation leaves no identities and no folder', async () => {
  const { folder, out, env } = place();
  let end: () => void = () => undefined;
  front.answer = ({ method, body }) => {
    if (method === 'POST' && body.includes('-reader"')) end();
    return undefined;
  };
  const run = startCli([...dynamic(out), ...slice], folder, env);
  end = () => run.signal('SIGINT');
  expect((await run.ended).code).toBe(2);
  expect(await namesInCloud()).toEqual(before);
  expect(existsSync(out)).toBe(false);
});

test('after a kill, the administrator alone can remove everything', async () => {
  const { folder, out, env } = place();
  const run = startCli([...dynamic(out), '--include', 'compute/detach-volume#*'], folder, env);
  await run.says(' pass');
  run.signal('SIGKILL');
  await run.ended;
  expect((await namesInCloud()).length).toBeGreaterThan(before.length + 8);
  const refused = await runCli(['cleanup', out, '--os-cloud', 'sim-demo'], folder, cloudsIn(folder, front.clouds));
  expect(refused).toMatchObject({ code: 3, stdout: '' });
  expect(refused.stderr).toContain(
    'The run created identities, which only an administrator can remove. Pass --admin CLOUD.',
  );
  const count = passwords().length;
  const cleaned = await runCli(['cleanup', out, '--admin', 'sim-admin'], folder, env);
  expect(cleaned.stderr).toBe('');
  expect(cleaned.code).toBe(0);
  expect(cleaned.stdout).toMatch(/^(\d+) of \1 resources removed\.\n$/);
  expect(await namesInCloud()).toEqual(before);
  expect(passwords().length).toBe(count + 2);
  const again = await runCli(['cleanup', out, '--admin', 'sim-admin'], folder, env);
  expect(again.stderr).toBe('');
  expect(again).toMatchObject({ code: 0, stdout: 'Nothing of this run is left.\n' });
});

test('after a kill during their creation, they can be removed, but only from their own cloud', async () => {
  const { folder, out, env } = place();
  let end: () => void = () => undefined;
  front.answer = ({ method, body }) => {
    if (method === 'POST' && body.includes('-other"')) end();
    return undefined;
  };
  const run = startCli([...dynamic(out), ...slice], folder, env);
  end = () => run.signal('SIGKILL');
  await run.ended;
  expect((await namesInCloud()).length).toBeGreaterThan(before.length);
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
  expect(await namesInCloud()).toEqual(before);
});

const forbidden = [403, { error: { code: 403, message: 'no', title: 'Forbidden' } }] as const;

test('a role that is missing or not granted excludes its identity, with a reason and a remedy', async () => {
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
    reason: 'The reader could not be created: Keystone has no role reader.',
    remedy: 'Create the role, or add --reader CLOUD.',
  });
  expect(undecided).toContainEqual({
    is: 'not-attempted',
    reason: 'The created service got no role: granting a role got status 403.',
    remedy: 'Let cloud sim-admin grant it, or add --service CLOUD.',
  });
  expect(await namesInCloud()).toEqual(before);
});

const refusals: readonly (readonly [string, (url: string, body: string) => boolean, string])[] = [
  ['at the first request', (url) => url.endsWith('/v3/projects'), 'creating a project got status 403'],
  ['midway', (_, body) => body.includes('-other"'), 'creating a user got status 403'],
];

test.each(refusals)(
  'a creation that is refused %s is reported with one sentence, and nothing is left',
  async (_, hits, says) => {
    const { folder, out, env } = place();
    front.answer = ({ method, url, body }) => (method === 'POST' && hits(url, body) ? forbidden : undefined);
    const { code, stderr, stdout }: Ended = await runCli([...dynamic(out), ...slice], folder, env);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toContain(
      `openstack-conformance: cloud sim-admin cannot create the identities of a run: ${says}. Pass`,
    );
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(await namesInCloud()).toEqual(before);
    expect(existsSync(out)).toBe(false);
  },
);

test('doctor counts them as available and creates none; without an administrator it refuses', async () => {
  const { folder, env } = place();
  const count = front.seen.length;
  const args = ['doctor', '--json', '--admin', 'sim-admin', '--dynamic-credentials'];
  const { stdout, stderr } = await runCli(args, folder, env);
  expect(stderr).toBe('');
  const report = JSON.parse(stdout) as {
    identities: readonly { role: string; given: boolean }[];
    blockers: unknown[];
  };
  expect(report.identities.filter(({ given }) => !given)).toEqual([]);
  const changing = front.seen
    .slice(count)
    .filter(({ method, url }) => method !== 'GET' && !url.endsWith('/auth/tokens'));
  expect(changing).toEqual([]);
  const refused = await runCli(['run', '--reader', 'x', '--dynamic-credentials'], folder, env);
  expect(refused.code).toBe(3);
});
