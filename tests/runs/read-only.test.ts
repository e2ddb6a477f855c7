/** A read-only run on a cloud with existing attachments: reported as read-only, and verified. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cloudsIn, runCli, temporaryFolder } from '../cli/run-child.ts';
import { Lab } from '../simulator/lab.ts';
import { readRunFolder } from '../suites/run-folder.ts';

test.each([
  ['an empty project', false],
  ['a project with two attachments', true],
] as const)('a read-only run of %s can be verified and is reported as such', async (_, isFilled) => {
  const lab = await Lab.start();
  const folder = temporaryFolder();
  const out = join(folder, 'out');
  if (isFilled) {
    const server = await lab.server();
    for (const tag of ['a tag', undefined]) {
      const demo = await lab.as('sim-demo');
      const volumeAttachment = { volumeId: await lab.volume(), ...(tag === undefined ? {} : { tag }) };
      const sending = { version: '2.49', body: { volumeAttachment } };
      expect((await demo.compute('POST', `/servers/${server}/os-volume_attachments`, sending)).status).toBe(200);
    }
  }
  const args = ['run', '--os-cloud', 'sim-demo', '--mode', 'read-only', '--once', '--output', out];
  const { code } = await runCli(args, folder, cloudsIn(folder, lab.simulator.clouds));
  await lab.close();
  const { report, ledger } = readRunFolder(out);
  expect(ledger).toEqual([]);
  expect(report.scope?.leftOut.map(({ kind }) => kind)).toContain('read-only');
  // Only lists that belong to no resource, and what releases no longer have, need nothing that exists.
  const journal = readFileSync(join(out, 'journal.ndjson'), 'utf8');
  const passed = [...journal.matchAll(/"id":"([^"]+)","verdict":\{"is":"pass"/g)].map(([, id = '']) => id);
  expect(passed.length).toBeGreaterThan(0);
  expect(
    passed.every((id) =>
      /^compute\/(list-(server-groups|servers|servers-detailed|migrations-in-os-migrations)#|.*#is-removed@)/.test(id),
    ),
  ).toBe(!isFilled);
  expect(code).toBe(2);
  const verified = await runCli(['verify', out], folder);
  expect(verified.stdout + verified.stderr).not.toContain('Refused');
  expect(verified.code).toBe(0);
});
