/** What the commands print and write on the embedded cloud conforms to the published schemas. */
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { runCli, temporaryFolder, type Ended } from '../cli/run-child.ts';
import { errorsIn, publishedSchema } from './published-schema.ts';

const folder = temporaryFolder();
const part = ['--include', 'compute/detach-volume', '--microversions', '2.60'];
const run = join(folder, 'run');
const root = join(import.meta.dirname, '../..');
const specs = join(root, 'specs/compute');
const otherSpecs = join(root, 'tests/fixtures/second-service/block-storage');
const tagsClause = 'compute/list-volume-attachments#tags-are-the-given-ones';
const wrongTree = join(root, 'tests/fixtures/damaged/cut-off/tree');

beforeAll(async () => {
  await ended(['run', ...part, '--output', run], [0]);
  cpSync(otherSpecs, join(folder, 'block-storage'), { recursive: true });
});

async function ended(args: readonly string[], codes: readonly number[]): Promise<Ended> {
  const result = await runCli(args, folder);
  expect(codes, result.stderr).toContain(result.code);
  return result;
}

const printed: readonly (readonly [schema: string, args: readonly string[], codes: readonly number[]])[] = [
  ['diff', ['diff', run, run, '--json'], [0]],
  ['doctor', ['doctor', '--json', ...part], [0, 2]],
  ['plan', ['plan', '--json', ...part, '--shard', '1/2'], [0]],
  ['verification', ['verify', run, '--json'], [0]],
  ['clauses', ['clauses', '--json'], [0]],
  ['clause-check', ['clauses', '--check', '--json'], [0, 1]],
  ['coverage', ['clauses', '--coverage', run, '--json'], [0]],
  ['generated', ['schemas', '--check', '--json', '--service', 'compute'], [0, 1]],
  ['lint', ['reference', 'lint', wrongTree, '--json'], [0, 1]],
  ['lint-codes', ['reference', 'lint', '--codes', '--json'], [0]],
  ['reference-diff', ['reference', 'diff', specs, otherSpecs, '--json'], [0]],
  [
    'reference-import',
    ['reference', 'import', otherSpecs, '--specs', folder, '--service', 'block-storage', '--json'],
    [0],
  ],
  [
    'mutation-test',
    ['mutation-test', '--fault', 'compute:list-drops-tag', '--clause', tagsClause, '--named', '--json'],
    [0, 1],
  ],
];

test.each(printed)('what a command prints as %s conforms to its schema', async (schema, args, codes) => {
  const { stdout } = await ended(args, codes);
  expect(errorsIn(publishedSchema(schema), JSON.parse(stdout))).toEqual([]);
});

const files: readonly (readonly [schema: string, pattern: RegExp])[] = [
  ['journal-line', /^journal\.ndjson$/],
  ['evidence-line', /^evidence\/.*\.ndjson$/],
  ['ledger-line', /^ledger\.ndjson$/],
];

test.each(files)('each %s of a run folder conforms to its schema', (schema, pattern) => {
  const validate = publishedSchema(schema);
  const names = readdirSync(run, { recursive: true, encoding: 'utf8' }).filter((name) => pattern.test(name));
  const lines = names.flatMap((name) => readFileSync(join(run, name), 'utf8').trimEnd().split('\n'));
  expect(lines.length).toBeGreaterThan(1);
  expect(lines.map((line) => errorsIn(validate, JSON.parse(line))).flat()).toEqual([]);
});

test.each(['report', 'manifest', 'statement'])('the %s of a run folder conforms to its schema', (name) => {
  const value: unknown = JSON.parse(readFileSync(join(run, `${name}.json`), 'utf8'));
  expect(errorsIn(publishedSchema(name), value)).toEqual([]);
});
