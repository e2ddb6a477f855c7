/** Every error outside the program is one sentence on stderr, for every verb, in a separate process. */
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCli, temporaryFolder } from './run-child.ts';

const stack = /^\s+at |^\w*Error:|node:internal/m;

function place(): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'run/journal.ndjson'), { recursive: true });
  mkdirSync(join(folder, 'empty'));
  writeFileSync(join(folder, 'broken.yaml'), 'clouds: [');
  writeFileSync(join(folder, 'text'), 'text');
  return folder;
}

test.each([
  ['run', '--os-cloud', ''],
  ['run', '--os-cloud', ' '],
  ['run', '--admin', ''],
  ['run', '--include', ''],
  ['run', '--output', ''],
  ['run', '--target', 'missing.yaml'],
  ['run', '--target', 'broken.yaml'],
  ['run', '--target', '.'],
  ['run', '--waivers', 'missing.yaml'],
  ['run', '--waivers', '.'],
  ['run', '--suite', '.'],
  ['run', '--failed-in', 'run'],
  ['run', '--baseline', 'empty'],
  ['run', '--output', 'text/below'],
  ['plan', '--from', 'run'],
  ['report', ''],
  ['report', 'missing'],
  ['report', 'run'],
  ['diff', 'run', 'empty'],
  ['verify', 'run'],
  ['verify', 'text'],
  ['sign', 'empty', '--key', 'text'],
  ['bundle', 'empty', '--product', 'broken.yaml', '--output', 'b.tar.gz'],
  ['cleanup', 'run'],
  ['replay', 'compute/attach-volume#answers-202@2.1', '--run', 'run'],
  ['clauses', '--coverage', 'run'],
  ['reference', 'lint', 'missing'],
  ['reference', 'diff', 'missing', 'text'],
  ['simulator', '--port', '99999'],
  ['simulator', '--fault', 'compute:list-drop-tag'],
])('%s %s %s', async (...args) => {
  const { code, stdout, stderr } = await runCli(args, place());
  expect(stderr).not.toMatch(stack);
  // verify prints its refusal on stdout.
  expect(`${stderr}${stdout}`.trim()).not.toBe('');
  expect(code).toBeGreaterThan(0);
});

test('an unknown fault is refused with the nearest names, and all faults can be listed', async () => {
  const folder = temporaryFolder();
  const { code, stderr } = await runCli(['simulator', '--fault', 'compute:list-drop-tag'], folder);
  expect([code, stderr]).toEqual([
    3,
    expect.stringMatching(
      /^openstack-conformance: --fault compute:list-drop-tag is not a fault of the simulator\. Nearest: compute:list-drops-tag.* List all faults by: simulator --list-faults\n$/,
    ),
  ]);
  const listed = await runCli(['simulator', '--list-faults', '--json'], folder);
  const faults = JSON.parse(listed.stdout) as readonly { readonly id: string; readonly summary: string }[];
  expect(faults.find(({ id }) => id === 'compute:list-drops-tag')?.summary).toMatch(/\w/);
  expect((await runCli(['simulator', '--list-faults'], folder)).stdout).toContain('compute:list-drops-tag\n');
});

test('a port in use is one sentence', async () => {
  const server = createServer();
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
  });
  const { code, stderr } = await runCli(['simulator', '--port', String(port)], temporaryFolder());
  server.close();
  expect(code).toBe(3);
  expect(stderr).toBe(
    `openstack-conformance: 127.0.0.1:${port}: the port is in use; pass another port, or 0 for a free one (EADDRINUSE).\n`,
  );
});

test('an unreadable file is one sentence', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'profile.yaml');
  writeFileSync(file, 'name: x\n');
  chmodSync(file, 0);
  const { code, stderr } = await runCli(['run', '--target', file], folder);
  expect(stderr).not.toMatch(stack);
  expect(code).toBe(3);
});

test.each([['clauses'], ['simulator', '--list-faults'], ['run', '--help']])(
  'a closed pipe ends %s without a message',
  async (...args) => {
    const main = join(import.meta.dirname, '../../dist/cli/main.js');
    const line = `"${process.execPath}" "${main}" ${args.join(' ')} | head -1; exit "\${PIPESTATUS[0]}"`;
    const child = spawn('bash', ['-c', line], { cwd: temporaryFolder(), stdio: ['ignore', 'pipe', 'pipe'] });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.stdout.resume();
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    expect([code, stderr]).toEqual([0, '']);
  },
);

test('a write error on stdout is reported, and the exit code is not 0', async () => {
  const main = join(import.meta.dirname, '../../dist/cli/main.js');
  const child = spawn('bash', ['-c', `"${process.execPath}" "${main}" clauses --json > /dev/full`], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  expect(stderr).toBe('openstack-conformance: stdout: no space is left on the device.\n');
  expect(code).toBe(3);
});
