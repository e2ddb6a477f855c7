/** Usage errors: exit code 3, one sentence, and nothing is run. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { executeRun } from '../../cli/run/execute-run.ts';
import { readRunOptions } from '../../cli/run/run-options.ts';
import { type RawOptions } from '../../cli/run/raw-options.ts';
import { runCli, temporaryFolder } from './run-child.ts';

beforeEach(() => {
  for (const name of Object.keys(process.env).filter((key) => key.startsWith('OS_'))) vi.stubEnv(name, undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const defaults: RawOptions = { level: 'may', concurrency: '8', maxServers: '24', maxVolumes: '60' };

const rows: readonly (readonly [string, Partial<RawOptions>, string])[] = [
  ['an unknown level', { level: 'most' }, '--level most is unknown. Pass must, should or may.'],
  [
    'a word that is not a microversion',
    { microversions: '2.1,newest' },
    '--microversions: "newest" is not a microversion. Write 2.1, 2.60-2.79 or latest.',
  ],
  ['no concurrency', { concurrency: '0' }, '--concurrency 0 is not a whole number of at least 1.'],
  ['a fraction of a server', { maxServers: '3.5' }, '--max-servers 3.5 is not a whole number of at least 0.'],
  ['a negative number of volumes', { maxVolumes: '-1' }, '--max-volumes -1 is not a whole number of at least 0.'],
  [
    'no timeout factor',
    { timeoutFactor: '0' },
    '--timeout-factor 0 is not a number above 0 and up to 20, such as 3 or 0.5.',
  ],
  [
    'a capability without a name',
    { capability: ['=no'] },
    '--capability =no is not valid. Write NAME, NAME=yes or NAME=no.',
  ],
  [
    'a capability with an unknown value',
    { capability: ['x=perhaps'] },
    '--capability x=perhaps is not valid. Write NAME, NAME=yes or NAME=no.',
  ],
  ['an unknown reporter', { reporter: ['pdf'] }, '--reporter pdf is unknown. Pass a module, or one of '],
  [
    'an unknown release',
    { simulatorMaximum: '2.99' },
    'The simulator has no release with maximum microversion 2.99. Pass one of 2.60, 2.93, 2.100, 2.104.',
  ],
  [
    'an operation without clauses',
    { include: ['compute/no-such-operation'] },
    '--include compute/no-such-operation matches no operation and no clause.',
  ],
  [
    'a misspelt operation',
    { include: ['compute/atach-volume'] },
    '--include compute/atach-volume matches no operation and no clause. Nearest: compute/attach-volume, ',
  ],
  [
    'a misspelt clause to exclude',
    { exclude: ['compute/attach-volume#answer-200'] },
    '--exclude compute/attach-volume#answer-200 matches no operation and no clause. Nearest: compute/attach-volume#answers-200',
  ],
  [
    'one of two globs that matches nothing',
    { include: ['compute/attach-volume', 'compute/x*'] },
    '--include compute/x* matches no operation and no clause.',
  ],
  [
    'no target where one is required',
    { requireTarget: true },
    '--require-target: no target is named, so the embedded cloud would be tested.',
  ],
  [
    'the embedded cloud where a target is required',
    { requireTarget: true, simulatorMaximum: '2.104' },
    '--require-target: no target is named, so the embedded cloud would be tested.',
  ],
  [
    'a microversion that the target does not have',
    { microversions: '3.7', include: ['compute/show-volume-attachment'] },
    'No clause matches --include, --exclude, --level and --microversions.',
  ],
  ['an unknown cloud', { osCloud: 'prod' }, 'Cloud "prod" is not in '],
  [
    'an administrator without a member',
    { admin: 'root' },
    '--admin needs a member identity. Pass --os-cloud CLOUD or a profile by --target, or set OS_CLOUD, or OS_AUTH_URL and the other OS_* variables.',
  ],
  ['a cloud that does not respond', { osCloud: 'root' }, 'failed: 127.0.0.1 refused the connection'],
  ['a cloud without a password', { osCloud: 'mute' }, 'cloud mute: auth type password needs password; '],
];

test.each(rows)('%s is refused with one sentence before anything is run', async (_, raw, says) => {
  const folder = temporaryFolder();
  const auth = { auth_url: 'http://127.0.0.1:9/v3', username: 'ada' };
  const clouds = { root: { auth: { ...auth, password: 'lovelace' } }, mute: { auth } };
  writeFileSync(join(folder, 'clouds.yaml'), JSON.stringify({ clouds }));
  vi.stubEnv('OS_CLIENT_CONFIG_FILE', join(folder, 'clouds.yaml'));
  const error = await attempt({ ...defaults, output: join(folder, 'out'), ...raw });
  expect(error.message).toContain(says);
  expect(error.message).not.toContain('\n');
  expect(error).toHaveProperty('code', expect.stringMatching(/^(usage|credentials|sign-in)$/));
  expect(existsSync(join(folder, 'out'))).toBe(false);
});

test.each(['OS_CLOUD', 'OS_AUTH_URL', 'OS_PASSWORD', 'OS_PROJECT_NAME'])(
  'an empty %s is refused instead of testing the embedded cloud',
  async (name) => {
    for (const value of ['', '  ']) {
      vi.stubEnv(name, value);
      const error = await attempt({ ...defaults, output: join(temporaryFolder(), 'out') });
      expect(error.message).toBe(
        `${name} is set and empty. Set ${name} to a value, or unset it to test the embedded cloud.`,
      );
    }
  },
);

test('a folder that already contains a run is refused and not changed', async () => {
  const output = temporaryFolder();
  writeFileSync(join(output, 'journal.ndjson'), 'before');
  const error = await attempt({ ...defaults, output });
  expect(error.message).toBe(`${output} already contains a run. Pass another folder by --output, or remove it.`);
  expect(readFileSync(join(output, 'journal.ndjson'), 'utf8')).toBe('before');
  expect(existsSync(join(output, 'ledger.ndjson'))).toBe(false);
});

async function attempt(raw: RawOptions): Promise<Error> {
  try {
    await executeRun(readRunOptions(raw), []);
  } catch (error) {
    return error as Error;
  }
  throw new Error('The run was not refused');
}

test('a usage error is one line on stderr, nothing on stdout, and exit code 3', async () => {
  const ended = await runCli(['run', '--level', 'most'], temporaryFolder());
  expect(ended).toEqual({
    code: 3,
    stdout: '',
    stderr: 'openstack-conformance: --level most is unknown. Pass must, should or may.\n',
  });
});

test('an unknown verb is refused with its name', async () => {
  const { code, stderr } = await runCli(['walk'], temporaryFolder());
  expect(stderr).toContain("error: unknown command 'walk'");
  expect(code).toBe(3);
});

test('the help of a verb lists its options', async () => {
  const { code, stdout } = await runCli(['run', '--help'], temporaryFolder());
  expect(stdout).toMatch(/^Usage: openstack-conformance run/);
  expect(stdout).toContain('--microversions <list>');
  expect(code).toBe(0);
});
