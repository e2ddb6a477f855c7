/**
 * The whole of Nova's reference, twice, and a copy that went through a web page: counts as surveyed by hand.
 *
 * The trees lie beside the repository where it is developed; elsewhere these tests are skipped.
 */
import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { formatDiagnostic } from '../../src/diagnostic.ts';
import { formatRange } from '../../src/microversion.ts';
import { loadTree } from '../../src/reference/load-tree.ts';
import type { Reference, ReferenceOperation } from '../../src/reference/model.ts';
import { readReference } from '../../src/reference/read-reference.ts';

const shared = new URL('../../../shared/', import.meta.url);
const place = (name: string): string => new URL(name, shared).pathname;
const here = existsSync(shared);
const reason = here ? '' : ' (skipped: ../shared is not here)';

const countBy = (words: readonly string[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
};

const statuses = ({ codes }: ReferenceOperation, kind: 'success' | 'error'): string =>
  codes.flatMap((code) => (code.kind === kind ? [code.status] : [])).join(', ');

const told = ({ diagnostics }: Reference): readonly string[] =>
  diagnostics.map(
    ({ at, severity, code }) => `${at.file.replace('api-ref/source/', '')}:${at.line} ${severity} ${code}`,
  );

describe.skipIf(!here)(`Nova's reference of August 2026${reason}`, () => {
  const reference = here ? readReference(loadTree(place('reference/nova-2026-08'))) : undefined;
  const operations = reference?.operations ?? [];
  const uses = operations.flatMap(({ parameters }) => parameters);
  const samples = operations.flatMap((operation) => operation.samples);
  const definitions = reference?.parameterFiles.flatMap((file) => file.definitions) ?? [];

  test('has 251 operations under 203 methods and paths', () => {
    expect(countBy(operations.map(({ method }) => method))).toEqual({ GET: 109, POST: 83, DELETE: 32, PUT: 27 });
    expect(new Set(operations.map(({ method, path }) => `${method} ${path}`)).size).toBe(203);
    expect(new Set(operations.map(({ title, at }) => `${at.file} ${title}`)).size).toBe(251);
    expect(operations.filter(({ maxVersion }) => maxVersion)).toHaveLength(8);
    // Two operations state theirs by a bare versionadded.
    expect(operations.filter(({ minVersion }) => minVersion)).toHaveLength(2);
  });

  test('has 949 definitions with their microversions', () => {
    expect(countBy(definitions.map((definition) => definition.in))).toEqual({
      header: 6,
      path: 45,
      query: 102,
      body: 796,
    });
    expect(countBy(definitions.map(({ type }) => type))).toEqual({
      string: 511,
      integer: 180,
      object: 108,
      array: 83,
      boolean: 35,
      none: 21,
      float: 8,
      list: 2,
      dict: 1,
    });
    expect(definitions.filter(({ required }) => required)).toHaveLength(632);
    expect(definitions.filter(({ minVersion }) => minVersion)).toHaveLength(169);
    expect(definitions.filter(({ maxVersion }) => maxVersion)).toHaveLength(73);
    expect(definitions.filter(({ format }) => format !== undefined)).toHaveLength(4);
    expect(definitions.every(({ description }) => description !== '')).toBe(true);
  });

  test('refers to definitions 2195 times in 382 blocks, and each is defined', () => {
    expect(uses).toHaveLength(2195);
    expect(countBy(uses.map(({ definition }) => definition?.in ?? 'none'))).toEqual({
      body: 1778,
      path: 211,
      query: 201,
      header: 5,
    });
    const blocks = operations.flatMap(({ parameters }) => [
      ...new Set(parameters.map(({ side, block }) => `${side} ${block}`)),
    ]);
    expect(countBy(blocks.map((block) => block.split(' ')[0] ?? ''))).toEqual({ request: 226, response: 156 });
    expect(operations.filter(({ parameters }) => parameters.length === 0)).toHaveLength(9);
    expect(new Set(uses.map(({ name }) => name)).size).toBe(568);
  });

  test('states success codes as surveyed', () => {
    expect(countBy(operations.map((operation) => statuses(operation, 'success')))).toEqual({
      '': 1,
      '200': 169,
      '200, 201': 1,
      '200, 202': 1,
      '200, 207': 1,
      '201': 1,
      '201, 204': 1,
      '202': 62,
      '202, 204': 1,
      '204': 13,
    });
    const ranged = operations.flatMap(({ codes }) => codes.flatMap(({ range }) => (range ? [formatRange(range)] : [])));
    // The first in the line of codes, the others in a note below it.
    expect(ranged).toEqual(['2.0-2.100', '2.101-', '2.0-2.1', '2.2-', '2.0-2.1', '2.2-']);
  });

  test('states error codes as surveyed', () => {
    expect(operations.filter((operation) => statuses(operation, 'error') === '')).toHaveLength(3);
    const codes = operations.flatMap((operation) => operation.codes.filter(({ kind }) => kind === 'error'));
    expect(countBy(codes.map(({ status }) => String(status)))).toEqual({
      '400': 129,
      '401': 244,
      '403': 246,
      '404': 182,
      '409': 74,
      '410': 47,
      '500': 1,
      '501': 49,
      '503': 3,
    });
    expect(codes.every(({ name }) => name)).toBe(true);
  });

  test('shows 341 samples, all of them JSON, 127 with a version in the path', () => {
    expect(samples).toHaveLength(341);
    expect(samples.every(({ sample }) => sample)).toBe(true);
    expect(samples.filter(({ version }) => version)).toHaveLength(127);
    expect(samples.filter(({ caption }) => caption === undefined)).toHaveLength(7);
    const number = operations.map((operation) => Math.min(operation.samples.length, 3));
    expect(countBy(number.map(String))).toEqual({ '0': 40, '1': 126, '2': 68, '3': 17 });
  });

  test('has 70 notes in 56 operations, and four more above a rest_method', () => {
    expect(operations.flatMap(({ notes }) => notes)).toHaveLength(74);
    expect(operations.filter(({ notes }) => notes.length > 0)).toHaveLength(60);
    const all = [...operations, ...(reference?.fragments ?? [])].flatMap(({ notes }) => notes.map(({ kind }) => kind));
    expect(countBy(all)).toEqual({ note: 55, warning: 47, important: 2, versionadded: 2 });
  });

  test('has sixteen slips, each of them true', () => {
    expect(reference && told(reference)).toEqual([
      'index.rst:66 info included-twice',
      'index.rst:68 info included-twice',
      'os-cells.inc:35 warning path-parameter-surplus',
      'os-flavor-extra-specs.inc:133 warning missing-comma',
      'parameters.yaml:3870 info missing-required',
      'parameters.yaml:3876 info missing-required',
      'parameters.yaml:5735 info missing-required',
      'parameters.yaml:5749 info missing-required',
      'parameters.yaml:6650 info unusual-type',
      'parameters.yaml:6667 info unusual-type',
      'parameters.yaml:6691 info unusual-type',
      'servers-admin-action.inc:86 warning missing-comma',
      'servers-admin-action.inc:148 warning missing-comma',
      'servers.inc:475 warning no-codes',
      'versions.inc:28 info no-error-codes',
      'versions.inc:66 info no-error-codes',
    ]);
  });

  test.each(['api-ref', 'api-ref/source'])('is the same when %s is given', (folder) => {
    expect(readReference(loadTree(place(`reference/nova-2026-08/${folder}`)))).toEqual(reference);
  });

  test('gives one fragment when one file is given', () => {
    const one = readReference(loadTree(place('reference/nova-2026-08/api-ref/source/os-volume-attachments.inc')));
    expect(one.fragments).toHaveLength(1);
    expect(one.operations).toEqual(operations.filter(({ at }) => at.file.endsWith('/os-volume-attachments.inc')));
  });
});

describe.skipIf(!here)(`Nova's reference of January 2018${reason}`, () => {
  const reference = here ? readReference(loadTree(place('reference/nova-2018-01'))) : undefined;

  test('reads whole', () => {
    expect(reference?.operations).toHaveLength(244);
    expect(reference?.parameterFiles.map(({ definitions }) => definitions.length)).toEqual([823]);
    const uses = reference?.operations.flatMap(({ parameters }) => parameters) ?? [];
    expect(uses).toHaveLength(2009);
    expect(uses.every(({ definition }) => definition)).toBe(true);
    const samples = reference?.operations.flatMap((operation) => operation.samples) ?? [];
    expect(samples).toHaveLength(286);
    expect(samples.every(({ sample }) => sample)).toBe(true);
  });

  test('has eleven slips, each of them true', () => {
    expect(reference && told(reference)).toEqual([
      'os-cells.inc:36 warning path-parameter-surplus',
      'os-cells.inc:66 warning no-success-codes',
      'os-cells.inc:153 warning path-parameter-unlisted',
      'os-cells.inc:168 warning path-parameter-unlisted',
      'os-cells.inc:186 warning status-kind',
      'os-flavor-extra-specs.inc:134 warning missing-comma',
      'servers-admin-action.inc:75 warning missing-comma',
      'servers-admin-action.inc:133 warning missing-comma',
      'servers.inc:375 warning no-codes',
      'versions.inc:28 info no-error-codes',
      'versions.inc:66 info no-error-codes',
    ]);
  });
});

describe.skipIf(!here)(`a copy without indentation and blank lines${reason}`, () => {
  const base = here ? loadTree(place('reference/nova-2018-01')) : undefined;
  const reference = base && readReference(loadTree(place('seed')), { base });

  test('has five operations with everything that belongs to them', () => {
    expect(reference?.operations.map((operation) => statuses(operation, 'success'))).toEqual([
      '200',
      '200',
      '200',
      '202',
      '202',
    ]);
    expect(reference?.operations.map(({ parameters }) => parameters.length)).toEqual([8, 10, 7, 4, 2]);
    expect(reference?.operations.map(({ samples }) => samples.length)).toEqual([1, 3, 1, 1, 0]);
    expect(reference?.operations.map(({ notes }) => notes.length)).toEqual([0, 2, 0, 1, 1]);
    expect(reference?.operations.flatMap(({ notes }) => notes.map(({ text }) => text.split(' ').at(-1)))).toEqual([
      'allowed.',
      'instance.',
      'returned.',
      'allowed.',
    ]);
  });

  test('says the same as the original, file and lines aside', () => {
    const original =
      base && readReference(base).operations.filter(({ at }) => at.file.endsWith('os-volume-attachments.inc'));
    const bare = (operations: readonly ReferenceOperation[] = []): unknown =>
      JSON.parse(
        JSON.stringify(operations, (key, value: unknown) => (['at', 'lines'].includes(key) ? undefined : value)),
      );
    expect(bare(reference?.operations)).toEqual(bare(original));
  });

  test('is told to be one, twice', () => {
    expect(reference && told(reference)).toEqual([
      'os-volume-attachments.txt:1 info skipped-header',
      'os-volume-attachments.txt:63 warning lost-indentation',
    ]);
  });

  test('lacks its definitions and samples without a base', () => {
    const alone = here ? readReference(loadTree(place('seed'))) : undefined;
    expect(countBy(alone?.diagnostics.map(({ code }) => code) ?? [])).toEqual({
      'skipped-header': 1,
      'lost-indentation': 1,
      'missing-file': 8,
      'missing-sample': 6,
    });
    expect(alone?.diagnostics.map(formatDiagnostic).join('\n')).not.toContain(place(''));
  });
});
