/** `--resource` selects a resource as a whole: its complete scope is conformant, and `verify` counts the same. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ListedClause } from '../../src/records/clauses.ts';
import { readRunFolder } from '../suites/run-folder.ts';
import { runCli, temporaryFolder } from './run-child.ts';

const groups = ['--resource', 'server-groups'];

test('a run of every clause of one resource is conformant, and verify accepts it', async () => {
  const folder = temporaryFolder();
  const run = await runCli(['run', ...groups, '--reporter', 'json', '--output', 'out'], folder);
  expect(run.code, run.stderr).toBe(0);
  const { report } = readRunFolder(join(folder, 'out'));
  expect(report).toMatchObject({ verdict: 'conformant', scope: { complete: true, resources: ['server-groups'] } });
  expect(report.clauses.every(({ operation }) => operation.includes('server-group'))).toBe(true);
  expect(await runCli(['verify', 'out'], folder)).toMatchObject({ code: 0, stderr: '' });
});

test('the clauses of one resource can be listed', async () => {
  const { stdout } = await runCli(['clauses', ...groups, '--json'], temporaryFolder());
  const operations = new Set((JSON.parse(stdout) as readonly ListedClause[]).map(({ operation }) => operation));
  expect([...operations].sort()).toEqual([
    'compute/create-server-group',
    'compute/delete-server-group',
    'compute/list-server-groups',
    'compute/show-server-group-details',
  ]);
});

test.each(['run', 'plan', 'doctor', 'clauses'])(
  '%s refuses a misspelt resource with the nearest name',
  async (verb) => {
    const { code, stderr } = await runCli([verb, '--resource', 'volume-atachments'], temporaryFolder());
    expect(code).toBe(3);
    expect(stderr).toContain('--resource volume-atachments: no resource of this name has a complete suite.');
    expect(stderr).toContain('Nearest: volume-attachments. Use one of volume-attachments, server-groups');
  },
);
