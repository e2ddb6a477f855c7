/** Finds credentials: by options, by `OS_*` variables, and in the files of the openstack client. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { findCredentials, type CredentialsByIdentity } from '../../cli/run/find-credentials.ts';
import { addSignInOptions, readSignInOptions } from '../../cli/run/sign-in-options.ts';
import { temporaryFolder } from './run-child.ts';

let home = '';
beforeEach(() => {
  home = temporaryFolder();
  for (const name of Object.keys(process.env).filter((key) => key.startsWith('OS_'))) vi.stubEnv(name, undefined);
  vi.stubEnv('XDG_CONFIG_HOME', home);
  vi.spyOn(process, 'cwd').mockReturnValue(join(home, 'work'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const entry = (user: string): object => ({
  auth: { auth_url: 'http://keystone.test/v3', username: user, password: `${user}-secret` },
  regions: ['north', 'south'],
});

function write(path: string, clouds: object): string {
  const file = join(home, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ clouds }));
  return file;
}

function find(args: readonly string[], names: Parameters<typeof findCredentials>[0] = {}): CredentialsByIdentity {
  const command = addSignInOptions(new Command('run')).parse(args, { from: 'user' });
  return findCredentials(names, readSignInOptions(command.opts()));
}

test('the working folder takes precedence over the configuration folder', () => {
  write('work/clouds.yaml', { demo: entry('near') });
  write('openstack/clouds.yaml', { demo: entry('far') });
  expect(find([], { member: 'demo' }).member?.auth).toMatchObject({ user: { name: 'near' } });
});

test('a file named by a variable takes precedence, and must exist', () => {
  write('work/clouds.yaml', { demo: entry('near') });
  vi.stubEnv('OS_CLIENT_CONFIG_FILE', write('mine.yaml', { demo: entry('mine') }));
  expect(find([], { member: 'demo' }).member?.auth).toMatchObject({ user: { name: 'mine' } });
  vi.stubEnv('OS_CLIENT_CONFIG_FILE', '/nowhere/clouds.yaml');
  expect(() => find([], { member: 'demo' })).toThrow(
    'OS_CLIENT_CONFIG_FILE names /nowhere/clouds.yaml, which does not exist. Correct or unset it.',
  );
});

test('OS_CLOUD names the member, unless an option does', () => {
  write('work/clouds.yaml', { demo: entry('ada'), other: entry('bob') });
  vi.stubEnv('OS_CLOUD', 'other');
  expect(find([]).member?.from).toBe('cloud other');
  expect(find([], { member: 'demo' }).member?.from).toBe('cloud demo');
});

test('the only cloud of a file is not guessed', () => {
  write('work/clouds.yaml', { demo: entry('ada') });
  expect(() => find([])).toThrow(
    'needs a member identity. Pass --os-cloud CLOUD, or set OS_CLOUD, or OS_AUTH_URL and the other OS_* variables.',
  );
});

test('options change the member; of other identities only the region', () => {
  write('work/clouds.yaml', { demo: entry('ada'), other: entry('bob') });
  const args = ['--os-project-name', 'web', '--os-region-name', 'south', '--insecure', '--os-cacert', '/ca.pem'];
  const found = find(args, { member: 'demo', other: 'other' });
  expect(found.member).toMatchObject({
    region: 'south',
    auth: { scope: { project: { name: 'web' } } },
    tls: { insecure: true, caFile: '/ca.pem' },
  });
  expect(found.other).toMatchObject({
    region: 'south',
    auth: { scope: { kind: 'unscoped' } },
    tls: { insecure: false },
  });
});

test('options and variables define a member without any file', () => {
  vi.stubEnv('OS_PASSWORD', 'lovelace');
  const found = find(['--os-auth-url', 'http://keystone.test', '--os-username', 'ada', '--os-interface', 'adminURL']);
  expect(found.member).toMatchObject({ auth: { type: 'password', password: 'lovelace' }, interfaces: ['admin'] });
});

test.each([
  ['--os-password', 'OS_PASSWORD'],
  ['--os-token', 'OS_TOKEN'],
  ['--os-application-credential-secret', 'OS_APPLICATION_CREDENTIAL_SECRET'],
])('%s is refused without repeating its value', (option, variable) => {
  const refusal = catchError(() => find([option, 'lovelace']));
  expect(refusal).toMatch(`${option} is not accepted, because every user of this machine can read a command line`);
  expect(refusal).toMatch(`Set ${variable}, or write it into secure.yaml.`);
  expect(refusal).not.toContain('lovelace');
});

function catchError(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return String(error);
  }
  return '';
}
