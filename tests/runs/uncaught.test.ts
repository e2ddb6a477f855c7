/** An uncaught error, in a loaded module or in this program, ends a run like an interrupt. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cloudsIn, runCli, temporaryFolder } from '../cli/run-child.ts';
import { Lab } from '../simulator/lab.ts';
import { readRunFolder } from '../suites/run-folder.ts';

test('created resources are removed, and the error is reported with one sentence', async () => {
  const lab = await Lab.start({ pace: 50 });
  const folder = temporaryFolder();
  const reporter = join(folder, 'reporter.mjs');
  // Thrown during the run: as soon as the ledger has a created resource.
  writeFileSync(
    reporter,
    `import { readFileSync } from 'node:fs';
     const look = setInterval(() => {
       let text = '';
       try { text = readFileSync('out/ledger.ndjson', 'utf8'); } catch { return; }
       if (!text.includes('"created"')) return;
       clearInterval(look);
       throw new Error('a defect');
     }, 20);
     export default { id: 'broken', description: 'Breaks.', render: () => [] };`,
  );
  const args = ['run', '--os-cloud', 'sim-demo', '--include', 'compute/detach-volume#*', '--output', 'out'];
  const env = cloudsIn(folder, lab.simulator.clouds);
  const { code, stderr } = await runCli([...args, '--reporter', 'json', '--reporter', reporter], folder, env);
  expect(stderr).toContain('Internal error, please report it: a defect');
  expect(stderr).toContain('Interrupted: no further case starts; removing what was created.');
  expect(code).toBe(2);
  const { journal, ledger } = readRunFolder(join(folder, 'out'));
  expect(journal.at(-1)).toMatchObject({ line: 'end', ended: 'interrupted', leaks: [] });
  expect(ledger.filter(({ event }) => event === 'created').length).toBeGreaterThan(0);
  const admin = await lab.as('sim-admin');
  expect((await admin.compute('GET', '/servers?all_tenants=1')).body).toEqual({ servers: [] });
  await lab.close();
});
