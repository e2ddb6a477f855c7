/** The script that starts a real OpenStack: its help, and the errors that it reports before it changes anything. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const home = join(import.meta.dirname, '../../targets/openstack-aio');
const root = mkdtempSync(join(tmpdir(), 'osc-aio-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const aio = (...args: readonly string[]): { code: number | null; stdout: string; stderr: string } => {
  const { status, stdout, stderr } = spawnSync(join(home, 'aio'), [...args], { encoding: 'utf8' });
  return { code: status, stdout, stderr };
};

test.each(['aio', ...readdirSync(join(home, 'lib')).map((name) => `lib/${name}`)])(
  '%s has valid shell syntax',
  (file) => {
    expect(spawnSync('bash', ['-n', join(home, file)], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  },
);

test('help lists every verb', () => {
  const { code, stdout } = aio('help');
  expect(code).toBe(0);
  for (const verb of ['up', 'run', 'status', 'down', 'logs', 'env']) expect(stdout).toContain(`\n  ${verb} `);
});

test.each([
  [['dance'], 'aio: Unknown verb: dance.'],
  [['up', '--sweet'], 'aio: Unknown option: --sweet.'],
  [['up', '--suite', 'potato'], 'aio: Unknown suite: potato. Choose bookworm, trixie or sid.'],
  [['up', '--computes', '3'], 'aio: Unknown number of compute hosts: 3. Choose 1 or 2.'],
] as const)('%j is refused', (args, sentence) => {
  const { code, stderr } = aio(...args, '--root', root);
  expect(code).toBe(1);
  expect(stderr).toContain(sentence);
});

test('a folder with one release is not used for another', () => {
  writeFileSync(join(root, 'settings'), 'trixie 11000\n');
  expect(aio('status', '--suite', 'sid', '--root', root)).toMatchObject({
    code: 1,
    stderr: `aio: ${root} contains trixie, not sid. Choose another --root, or leave out --suite.\n`,
  });
});

test('the suite does not run against a cloud that does not respond', () => {
  // No service has this port.
  const { code, stderr } = aio('run', '--suite', 'sid', '--root', join(root, 'none'), '--offset', '31');
  expect(code).toBe(1);
  expect(stderr).toContain('aio: sid does not respond. Start it with: aio up --suite sid');
});
