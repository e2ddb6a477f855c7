/** The script that brings up a real OpenStack: what it refuses before it touches anything. */
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

test.each(['aio', ...readdirSync(join(home, 'lib')).map((name) => `lib/${name}`)])('%s is sound shell', (file) => {
  expect(spawnSync('bash', ['-n', join(home, file)], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
});

test('help names every verb that it has', () => {
  const { code, stdout } = aio('help');
  expect(code).toBe(0);
  for (const verb of ['up', 'hold', 'status', 'down', 'logs', 'env']) expect(stdout).toContain(`\n  ${verb} `);
});

test.each([
  [['dance'], 'aio: unknown verb dance'],
  [['up', '--sweet'], 'aio: unknown option --sweet'],
  [['up', '--suite', 'potato'], 'aio: unknown suite potato (bookworm, trixie or sid)'],
] as const)('%j is refused', (args, sentence) => {
  const { code, stderr } = aio(...args, '--root', root);
  expect(code).toBe(1);
  expect(stderr).toContain(sentence);
});

test('a folder that holds one release is not taken for another', () => {
  writeFileSync(join(root, 'settings'), 'trixie 11000\n');
  expect(aio('status', '--suite', 'sid', '--root', root)).toMatchObject({
    code: 1,
    stderr: `aio: ${root} holds trixie, not sid\n`,
  });
});

test('the suite is not held to a cloud that does not answer', () => {
  // No service has this port.
  const { code, stderr } = aio('hold', '--suite', 'sid', '--root', join(root, 'none'), '--offset', '31');
  expect(code).toBe(1);
  expect(stderr).toContain('aio: sid does not answer: aio up --suite sid');
});
