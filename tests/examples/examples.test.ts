/** The examples of an external suite, reporter and target work. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { beforeAll, expect, test } from 'vitest';
import { targetFixtureKinds } from '../../suites/capabilities.ts';
import { knownCapabilities } from '../../suites/services.ts';
import { identities } from '../../src/clauses/identity.ts';
import type { RunReport } from '../../src/records/report.ts';
import { readProfile } from '../../src/target/profile.ts';
import { runCli, temporaryFolder, type Ended } from '../cli/run-child.ts';

const root = join(import.meta.dirname, '../..');
const example = (name: string): string => join(root, 'examples/acme', name);
const folder = temporaryFolder();
const run = join(folder, 'run');

let ended: Ended;
beforeAll(async () => {
  const clauses = [
    'acme/*#is-listed-soon',
    'acme/*#names-its-request',
    'acme/*#answers-200',
    'compute/detach-volume#answers-202',
  ];
  const args = ['run', '--suite', example('suite.mjs'), '--microversions', 'latest', '--output', run];
  const reporters = ['json', 'junit', 'markdown', example('reporter.mjs')].flatMap((name) => ['--reporter', name]);
  ended = await runCli([...args, ...clauses.flatMap((glob) => ['--include', glob]), ...reporters], folder);
});

test('the modules keep to the types that the package exports', () => {
  const files = ['suite.mjs', 'reporter.mjs'].map(example);
  const options: ts.CompilerOptions = {
    ...{ allowJs: true, checkJs: true, strict: true, noEmit: true, skipLibCheck: true, types: ['node'] },
    ...{ target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.NodeNext, noImplicitAny: true },
  };
  const found = ts.getPreEmitDiagnostics(ts.createProgram(files, options));
  expect(found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))).toEqual([]);
});

test('the clauses of the vendor are tried beside ours and counted apart', () => {
  const report = JSON.parse(readFileSync(join(run, 'report.json'), 'utf8')) as RunReport;
  expect(ended.code, ended.stderr).toBe(0);
  expect(report.counts.clauses.pass).toBe(1);
  expect(report.suites?.map(({ name, verdict, counts }) => [name, verdict, counts.clauses.pass])).toEqual([
    ['acme', 'passed', 3],
  ]);
  expect(report.clauses.filter(({ suite }) => suite === 'acme').every(({ id }) => id.startsWith('acme/'))).toBe(true);
});

test.each(['junit.xml', 'report.md'])('%s shows them as those of the vendor', (name) => {
  const text = readFileSync(join(run, name), 'utf8');
  expect(text).toContain('acme/compute/attach-volume');
  expect(text).not.toMatch(/[^/]compute\/attach-volume/);
});

test('the reporter writes its file', () => {
  expect(readFileSync(join(run, 'deviations.csv'), 'utf8')).toBe('verdict,operation,microversion,case\n');
});

test('verify refuses to judge clauses that it does not have, and judges those of a suite that is named', async () => {
  const without = await runCli(['verify', run], folder);
  expect(without.code).toBe(1);
  expect(without.stdout.trim().split('\n').at(-1)).toBe(
    'Refused: The run has clauses of the suite acme, which this package cannot evaluate. Pass the module of that suite by --suite FILE.',
  );
  const judged = await runCli(['verify', run, '--suite', example('suite.mjs')], folder);
  expect(judged.stdout).toContain('4 cases have the same verdicts');
  expect(judged.code).toBe(0);
});

test('the profile of a target can be read', () => {
  const capabilities = knownCapabilities.map(({ id }) => id);
  const words = { identities, capabilities, fixtures: targetFixtureKinds };
  const { profile, diagnostics } = readProfile(readFileSync(example('target.yaml'), 'utf8'), 'target.yaml', words);
  expect(diagnostics).toEqual([]);
  expect(profile?.name).toBe('Acme Cloud 7');
});
