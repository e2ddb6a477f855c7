/** A reference in other words than ours: its operations and sentences under our names. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { assembleContract } from '../../src/assembly/assemble.ts';
import { withRepairedPath } from '../../src/assembly/repaired-path.ts';
import { readManifest } from '../../src/assembly/read-manifest.ts';
import { digestOf, withMeanings } from '../../src/assembly/same-sentences.ts';
import type { Sentence } from '../../src/contract/model.ts';
import { loadTree } from '../../src/reference/load-tree.ts';
import { readReference } from '../../src/reference/read-reference.ts';
import { errata, ownReference } from './compute-specs.ts';

const shared = new URL('../../../shared/', import.meta.url);
const isHere = existsSync(new URL('seed', shared));
const manifestFile = new URL('../../specs/compute/manifests/2018-01.yaml', import.meta.url);
const { manifest, diagnostics } = readManifest(readFileSync(manifestFile, 'utf8'), '2018-01.yaml');

test('the manifest of 2018 is sound', () => {
  expect(diagnostics).toEqual([]);
  expect(manifest?.operations).toHaveLength(5);
});

test('a path parameter has the name that the manifest gives it', () => {
  const operation = ownReference.operations.find(({ title }) => title === 'Show a detail of a volume attachment');
  if (!operation) throw new Error('The operation is not in the specs');
  const at = operation.at;
  const entry = {
    id: 'compute/show',
    file: at.file,
    section: operation.title,
    names: { volume_id: 'disk' },
    at,
  } as const;
  const { operation: fixed } = withRepairedPath({ id: 'compute/show', operation, entry });
  expect(fixed.path).toBe('/servers/{server_id}/os-volume_attachments/{disk}');
  expect(fixed.parameters.filter(({ side }) => side === 'request').map(({ name }) => name)).toEqual([
    'server_id',
    'disk',
  ]);
});

test('a parameter that stands in the path is of the path, whatever its definition says', () => {
  const operation = ownReference.operations.find(({ title }) => title === 'Show a detail of a volume attachment');
  if (!operation) throw new Error('The operation is not in the specs');
  const parameters = operation.parameters.map((use) =>
    use.definition && use.name === 'volume_id'
      ? { ...use, definition: { ...use.definition, in: 'body' as const } }
      : use,
  );
  const { operation: fixed } = withRepairedPath({ id: 'compute/show', operation: { ...operation, parameters } });
  expect(fixed.parameters.find(({ name }) => name === 'volume_id')?.definition?.in).toBe('path');
});

test('a sentence means what the manifest says, in the section that it names', () => {
  const sentence = (section: string): Sentence => ({
    kind: 'prose',
    text: 'Done.',
    source: { file: 'a.inc', section, line: 1 },
    operations: [],
  });
  const same = [{ says: 'Done.', section: 'B', means: ['It is over.'] }];
  const found = withMeanings([sentence('A'), sentence('B')], same);
  expect(found.map(({ means }) => means)).toEqual([undefined, ['It is over.']]);
});

test.skipIf(!isHere)('every sentence in the manifest of 2018 stands in the reference of 2018', () => {
  if (!manifest) throw new Error('The manifest cannot be read');
  const base = loadTree(new URL('reference/nova-2018-01', shared).pathname);
  const { contract } = assembleContract(
    readReference(loadTree(new URL('seed', shared).pathname), { base }),
    manifest,
    errata,
  );
  const texts = new Set(contract.sentences.map(({ text }) => digestOf(text)));
  expect(manifest.sentences?.filter(({ says }) => !texts.has(says))).toEqual([]);
  expect(contract.operations.map(({ id }) => id)).toEqual(manifest.operations.map(({ id }) => id).sort());
});
