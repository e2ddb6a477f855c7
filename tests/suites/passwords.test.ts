/** With any password, a run gives the same verdicts, verify accepts it, and no file contains a distinctive password. */
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { verifyFolder } from '../../cli/verify/verify-folder.ts';
import { cloudsIn, runCli, temporaryFolder } from '../cli/run-child.ts';
import { Lab } from '../simulator/lab.ts';
import { startFront } from './front.ts';
import { readRunFolder, type Kept } from './run-folder.ts';

const front = await startFront();
const admin = await Lab.on(front.simulator).as('sim-admin');
afterAll(() => front.close());

const slice = [
  'attach-volume#replies-with-what-it-was-given',
  'attach-volume#reserves-the-volume-before-the-reply',
  'detach-volume#ends-free',
  'list-volume-attachments#root-lists-versions',
  'show-volume-attachment#shows-paused-server',
  'show-volume-attachment#reply-*',
  'attach-volume#names-the-device-*',
  'update-volume-attachment#changes-the-flag',
].flatMap((clause) => ['--include', `compute/${clause}`]);

async function runWith(password: string): Promise<Kept> {
  const listed = await admin.identity('GET', '/users');
  const { users } = listed.body as { readonly users: readonly { readonly id: string; readonly name: string }[] };
  const { 'sim-demo': own } = front.clouds.clouds;
  const id = users.find(({ name }) => name === own?.auth.username)?.id ?? '';
  expect((await admin.identity('PATCH', `/users/${id}`, { body: { user: { password } } })).status).toBe(200);
  const folder = temporaryFolder();
  const out = join(folder, 'out');
  const clouds = { clouds: { 'sim-demo': { ...own, auth: { ...own?.auth, password } } } } as typeof front.clouds;
  const run = ['run', '--os-cloud', 'sim-demo', '--once', '--output', out, ...slice];
  await runCli(run, folder, cloudsIn(folder, clouds));
  const { refused, held } = await verifyFolder(out, {});
  expect(refused).toBeUndefined();
  expect(held.join(' ')).not.toContain('cannot be checked');
  return readRunFolder(out);
}

const flavorsOf = (name: string): readonly object[] =>
  ['42', '84'].map((id) => ({ id, name: `${name}-${id}`, ram: 64, disk: 1, vcpus: 1 }));

const verdictsOf = ({ report }: Kept): readonly (readonly [string, string])[] =>
  report.cases.map(({ id, verdict }) => [id, verdict.is]);

const long = 'hT7-qu9x.Zz0_Kw4!vb3';
const usual = verdictsOf(await runWith('demo-pw'));

test.each(['compute', 'device', 'null', '1', 'os-volume_attachments', long])('the password %s', async (password) => {
  // Flavors are called like it.
  front.answer = ({ url }) => (url.includes('/flavors/detail') ? [200, { flavors: flavorsOf(password) }] : undefined);
  const kept = await runWith(password);
  expect(verdictsOf(kept)).toEqual(usual);
  expect(usual.length).toBeGreaterThan(10);
  if (password === long) expect(kept.everything).not.toContain(long);
  // Nothing was redacted in the name of the service.
  else expect(kept.everything).toContain('compute/v2.1');
});
