/** A run of whole resources on a cloud in a separate process, with slow block storage: reported, signed, bundled and verified. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { evidenceIn } from '../../cli/run/evidence-file.ts';
import type { RunReport } from '../../src/records/report.ts';
import { otherIdentities, runCli, temporaryFolder, type Ended } from '../cli/run-child.ts';
import { cloudProcess, freePort } from './cloud-process.ts';
import { slowVolumes } from './slow-volumes.ts';

const place = temporaryFolder();
const folder = join(place, 'out');
let ran: Ended;

beforeAll(async () => {
  const port = await freePort();
  const cloud = await cloudProcess(place, port);
  const front = await slowVolumes(`http://127.0.0.1:${port}`, 30);
  const known = readFileSync(cloud.env.OS_CLIENT_CONFIG_FILE ?? '', 'utf8');
  const clouds = join(place, 'slow.yaml');
  writeFileSync(clouds, known.replaceAll(`http://127.0.0.1:${port}`, front.url));
  const env = { OS_CLIENT_CONFIG_FILE: clouds };
  const resources = ['volume-attachments', 'server-groups', 'server-tags'].flatMap((name) => ['--resource', name]);
  const args = ['run', '--os-cloud', 'sim-demo', ...otherIdentities, ...resources, '--output', folder];
  ran = await runCli(args, place, env);
  front.close();
  await cloud.stop();
});

const reportOf = (): RunReport => JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as RunReport;

test('the run decides every case, one as not applicable while a volume was still being created', () => {
  expect(ran.code, ran.stderr.slice(-2000) + ran.stdout.slice(-2000)).toBe(0);
  const { cases } = reportOf();
  expect(cases.length).toBeGreaterThan(1000);
  const cut = cases.find(({ id }) => id === 'compute/attach-volume#works-on-soft-deleted-server@2.1');
  expect(cut?.verdict.is).toBe('not-applicable');
  const [act] = Object.values(evidenceIn(folder)(cut?.id ?? '', cut?.evidence ?? '').transcript.shared);
  expect(act?.inputs.map(({ is }) => is)).toEqual(['failure']);
});

test('the run can be verified, reported again, signed and bundled', async () => {
  const verified = await runCli(['verify', folder], place);
  expect(verified.stdout).toContain('have the same verdicts when they are evaluated again from their evidence');
  expect(verified.code, verified.stdout).toBe(0);
  expect((await runCli(['report', folder], place)).code).toBe(0);
  const key = join(place, 'key');
  spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'acme', '-f', key]);
  expect((await runCli(['sign', folder, '--key', key], place)).code).toBe(0);
  const signers = join(place, 'signers');
  writeFileSync(signers, `acme@example.org ${readFileSync(`${key}.pub`, 'utf8')}`);
  const product = join(place, 'product.yaml');
  writeFileSync(product, 'name: Acme\nversion: "7"\nvendor: Acme\ncontact: a@acme.example\nreproduce: npm start\n');
  const bundle = join(place, 'acme.tar.gz');
  expect((await runCli(['bundle', folder, '--product', product, '--output', bundle], place)).code).toBe(0);
  const taken = await runCli(['verify', bundle, '--allowed-signers', signers], place);
  expect(taken.stdout).toContain('Signed by acme@example.org');
  expect(taken.code, taken.stdout).toBe(0);
});
