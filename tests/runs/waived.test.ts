/** A cloud with a known failure and a waiver for it: accepted until its last day, and shown in every format. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { verifyFolder } from '../../cli/verify/verify-folder.ts';
import type { RunReport } from '../../src/records/report.ts';
import { runCli, temporaryFolder, type Ended } from '../cli/run-child.ts';
import { cloudProcess, freePort } from './cloud-process.ts';

const failing = 'compute/list-volume-attachments#tags-are-the-given-ones';
const holding = 'compute/list-volume-attachments#lists-the-root-volume';
const reason = 'The list forgets tags until the next release';
const place = temporaryFolder();
const seen: Record<'waived' | 'expired', Ended | undefined> = { waived: undefined, expired: undefined };

const entry = (expires: string): string => `- clause: ${failing}
  target: "*"
  reason: ${reason}
  link: https://bugs.example/7
  owner: Ada
  expires: ${expires}
`;

beforeAll(async () => {
  const { env, stop } = await cloudProcess(place, await freePort(), ['compute:list-drops-tag']);
  for (const [name, expires] of [
    ['waived', '2099-12-31'],
    ['expired', '2020-12-31'],
  ] as const) {
    writeFileSync(join(place, `${name}.yaml`), entry(expires));
    const include = [failing, holding].flatMap((id) => ['--include', id]);
    const options = ['--os-cloud', 'sim-demo', '--waivers', `${name}.yaml`, '--output', name];
    seen[name] = await runCli(['run', ...include, ...options], place, { ...env, GITHUB_ACTIONS: 'true' });
  }
  await stop();
});

const textIn = (folder: string, file: string): string => readFileSync(join(place, folder, file), 'utf8');
const kindsIn = (folder: string): readonly string[] => {
  const { cases } = JSON.parse(textIn(folder, 'report.json')) as RunReport;
  return [...new Set(cases.filter(({ clause }) => clause === failing).map(({ verdict: { is } }) => is))];
};

test('a listed failure is waived, and the run passes', async () => {
  expect(seen.waived?.code, seen.waived?.stderr).toBe(0);
  expect(kindsIn('waived')).toEqual(['waived']);
  expect(seen.waived?.stdout).toContain('waived');
  const { refused, held } = await verifyFolder(join(place, 'waived'), {});
  expect(refused).toBeUndefined();
  expect(held.at(-1)).toBe('The run passed, exit code 0.');
});

test('every format shows the failure as waived, with its reason', async () => {
  await runCli(['report', 'waived', '--reporter', 'allure'], place);
  for (const file of ['report.html', 'report.md', 'summary.md', 'junit.xml', 'report.sarif', 'report.json']) {
    expect(textIn('waived', file), file).toContain(reason);
    expect(textIn('waived', file), file).toMatch(/waive/i);
  }
  expect(textIn('waived', 'junit.xml')).not.toContain('<failure');
  expect(textIn('waived', 'report.sarif')).toContain('"suppressions"');
  const results = readdirSync(join(place, 'waived/allure-results'))
    .filter((name) => name.endsWith('-result.json'))
    .map((name) => textIn('waived', `allure-results/${name}`));
  const mine = results.filter((text) => text.includes(failing));
  expect(mine.length).toBeGreaterThan(0);
  for (const text of mine) expect(text).toContain(reason);
});

test('after its last day the failure counts again, and the report states why', () => {
  expect(seen.expired?.code, seen.expired?.stderr).toBe(1);
  expect(kindsIn('expired')).toEqual(['fail']);
  expect(seen.expired?.stdout.replace(/\s+/g, ' ')).toContain('failed, and the waiver has expired');
  expect(textIn('expired', 'junit.xml')).toContain('<failure');
});
