/** With the built command: the two cheapest lines that it has. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { BenchError } from '../../bench/errors.ts';
import { measure } from '../../bench/measure.ts';
import { toolVersion } from '../../cli/tool-version.ts';
import { temporaryFolder } from '../cli/run-child.ts';

const command = { env: { PATH: process.env.PATH }, folder: join(temporaryFolder(), 'measured'), exitCodes: [0] };

test('measures a command: its time, its CPU, its own memory, what it printed', async () => {
  const usage = await measure({ ...command, args: ['--version'] });
  expect(usage.output).toBe(`${toolVersion}\n`);
  expect(usage.wallMs).toBeGreaterThan(0);
  expect(usage.cpuMs).toBeGreaterThan(0);
  expect(usage.peakBytes).toBeGreaterThan(10e6);
  expect(usage.peakBytes).toBeLessThan(1e9);
});

test('a command that fails is not measured; the error names the command, its exit code and its output', async () => {
  const failed = measure({ ...command, args: ['plan', '--inclood', 'x'] });
  await expect(failed).rejects.toThrow(BenchError);
  await expect(failed).rejects.toThrow(
    /^openstack-conformance plan --inclood x exited with 3 instead of 0: .*unknown option '--inclood'/,
  );
});
