/** What an import comes to, from a tree and the facts of the import before. */
import { expect, test } from 'vitest';
import type { ManifestEntry } from '../../src/assembly/model.ts';
import type { FactFile } from '../../src/import/facts.ts';
import { factsOf } from '../../src/import/facts-of.ts';
import { planImport, type Imported } from '../../src/import/plan-import.ts';
import { operationsOf } from '../../src/import/read-facts.ts';
import { readReference } from '../../src/reference/read-reference.ts';
import { treeOf } from '../../src/reference/tree.ts';
import { tinyManifest } from '../assembly/tiny-reference.ts';
import type { Files } from '../reference/healthy-tree.ts';
import { canary, canaryValue, list, retitled, show, treeWith } from './trees.ts';

interface Before {
  readonly files: readonly FactFile[];
  readonly operations: readonly ManifestEntry[];
}

const nothing: Before = { files: [], operations: [] };

function importOf(files: Files, { files: before, operations }: Before = nothing): Imported {
  return planImport({
    reference: readReference(treeOf(files)),
    folder: '',
    own: readReference(treeOf({})),
    manifest: { ...tinyManifest, operations },
    before,
  });
}

/** What stands on disk once an import is written. */
function after({ files, entries }: Imported, { operations }: Before = nothing): Before {
  const at = { file: 'service.yaml', line: 1, column: 1 };
  return { files, operations: [...operations, ...entries.map((entry) => ({ ...entry, at }))] };
}

const first = importOf(treeWith(list, show));
const known = after(first);

test('gives every operation an id at the first import', () => {
  expect(first.added).toEqual(['compute/list-things', 'compute/show-a-thing']);
  expect(first.entries.map(({ id, section }) => [id, section])).toEqual([
    ['compute/list-things', 'List Things'],
    ['compute/show-a-thing', 'Show a thing'],
  ]);
});

test('has no changes the second time', () => {
  const again = importOf(treeWith(list, show), known);
  expect(again.files).toEqual(first.files);
  expect([again.entries, again.added, again.changed, again.removed]).toEqual([[], [], [], []]);
});

test('reports an added operation, and keeps the ids of the others', () => {
  const again = importOf(treeWith({ title: 'Delete a thing', call: 'DELETE /things/{thing_id}' }, list, show), known);
  expect(again.added).toEqual(['compute/delete-a-thing']);
  expect(again.entries.map(({ id }) => id)).toEqual(['compute/delete-a-thing']);
  expect([again.changed, again.removed]).toEqual([[], []]);
});

test('reports changes fact by fact', () => {
  const again = importOf(treeWith(list, { ...show, call: 'POST /things/{thing_id}', codes: '202' }), known);
  expect(again.changed).toEqual([
    {
      id: 'compute/show-a-thing',
      removed: ['call GET /things/{thing_id}', 'code 200'],
      added: ['call POST /things/{thing_id}', 'code 202'],
    },
  ]);
});

test('says nothing of prose and places that changed', () => {
  const moved = { ...treeWith(show, list) };
  const told = moved['things.inc']?.replaceAll(canary, 'Other words.\n\nMore of them.') ?? '';
  const again = importOf({ ...moved, 'things.inc': told }, known);
  expect([again.added, again.changed, again.removed]).toEqual([[], [], []]);
});

test('reports a removed operation, and its possible new title', () => {
  expect(importOf(treeWith(list), known).removed).toEqual([{ id: 'compute/show-a-thing', perhaps: [] }]);
  const again = importOf(treeWith(list, retitled), known);
  expect(again.removed).toEqual([{ id: 'compute/show-a-thing', perhaps: ['compute/get-a-thing'] }]);
});

test('says no more of an operation that is retired', () => {
  const operations = known.operations.map((entry) =>
    entry.id === 'compute/show-a-thing' ? { ...entry, retired: 'It is gone.' } : entry,
  );
  expect(importOf(treeWith(list), { ...known, operations }).removed).toEqual([]);
});

test('gives no id away that another operation has', () => {
  const operations = known.operations.map((entry) =>
    entry.id === 'compute/show-a-thing' ? { ...entry, section: 'Something else' } : entry,
  );
  const [entry] = importOf(treeWith(list, show), { ...known, operations }).entries;
  expect(entry?.section).toBe('Show a thing');
  expect(known.operations.map(({ id }) => id)).not.toContain(entry?.id);
});

test('carries over neither a sentence nor a value of a sample', () => {
  const text = JSON.stringify(first);
  expect(text).toContain('thing-resp.json');
  expect(text).toContain('"null"');
  for (const word of [canary, 'Quokka', canaryValue, '4711', '6e0f5b1c']) expect(text).not.toContain(word);
});

test('reads samples of requests back with a value that the text allows at their microversion', () => {
  const describe = (name: string, text: string): string =>
    `${name}:\n  description: ${text}\n  in: body\n  required: true\n  type: string\n`;
  const reference = readReference(
    treeOf({
      'things.inc':
        'Put\n===\n\n.. rest_method:: PUT /things\n\nNormal response codes: 200\n\nRequest\n-------\n\n' +
        '.. rest_parameters:: parameters.yaml\n\n  - mode: mode\n  - name: name\n\n' +
        '.. literalinclude:: samples/things/put-req.json\n\nResponse\n--------\n\n' +
        '.. rest_parameters:: parameters.yaml\n\n  - mode: mode\n\n.. literalinclude:: samples/things/put-resp.json\n',
      'parameters.yaml':
        describe('mode', "'The mode. Valid values are ``slow`` (since microversion 2.7) and ``fast``.'") +
        describe('name', 'The name.'),
      'samples/things/put-req.json': '{"mode": "fast", "name": "Quokka"}',
      'samples/things/v2.7/put-req.json': '{"mode": "slow", "name": "Quokka", "more": 1}',
      'samples/things/put-resp.json': '{"mode": "fast"}',
    }),
  );
  const [operation] = factsOf(reference, '').flatMap(operationsOf);
  const samples = operation?.samples.flatMap(({ sample, variants }) => [...(sample ? [sample] : []), ...variants]);
  expect(samples?.map(({ value }) => value)).toEqual([
    { mode: 'fast', name: 'text' },
    { mode: 'slow', name: 'text', more: 1 },
    { mode: 'text' },
  ]);
});

test('reads samples back with neutral values of the same form', () => {
  const [operation] = first.files.flatMap(operationsOf);
  expect(operation?.samples.map(({ sample }) => sample?.value)).toEqual([
    { name: 'text', size: 1, id: '00000000-0000-4000-8000-000000000001' },
  ]);
});
