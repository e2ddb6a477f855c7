import { expect, test } from 'vitest';
import { assembleContract } from '../../src/assembly/assemble.ts';
import { readManifest } from '../../src/assembly/read-manifest.ts';
import { range } from '../../src/microversion.ts';
import { readReference } from '../../src/reference/read-reference.ts';
import { treeOf } from '../../src/reference/tree.ts';
import { manifestReading } from './compute-specs.ts';
import { tinyManifest } from './tiny-reference.ts';

const good = `
service: compute
origin: { title: t, revision: r, date: d, license: l }
microversions: { header: OpenStack-API-Version, service-name: compute, range: 2.1-2.104 }
faults: { 404: itemNotFound, other: computeFault }
operations:
  compute/show-thing: { file: things.inc, section: Show a thing, range: 2.3- }
`;

test('the manifest of compute is read without a diagnostic', () => {
  expect(manifestReading.diagnostics).toEqual([]);
});

test('a manifest tells service, negotiation, fault keys and operations', () => {
  const { manifest, diagnostics } = readManifest(good, 'service.yaml');
  expect(diagnostics).toEqual([]);
  expect(manifest).toEqual({
    service: 'compute',
    origin: { title: 't', revision: 'r', date: 'd', license: 'l' },
    microversions: { header: 'OpenStack-API-Version', serviceName: 'compute', range: range('2.1-2.104') },
    faults: { byStatus: [{ status: 404, key: 'itemNotFound' }], other: 'computeFault' },
    operations: [
      {
        id: 'compute/show-thing',
        file: 'things.inc',
        section: 'Show a thing',
        range: range('2.3-'),
        at: { file: 'service.yaml', line: 7, column: 3 },
      },
    ],
  });
});

test.each([
  ['2.79', { maximum: '2.79', status: 410 }],
  ['2.96 with 400', { maximum: '2.96', status: 400 }],
])('an operation may be removed: %s', (text, removal) => {
  const { manifest, diagnostics } = readManifest(good.replace('range: 2.3-', `removed: ${text}`), 'service.yaml');
  expect(diagnostics).toEqual([]);
  expect(manifest?.operations[0]).toMatchObject({ removal });
});

const broken = [
  ['not-a-removal', good.replace('range: 2.3-', 'removed: 20.0.0')],
  ['not-a-removal', good.replace('range: 2.3-', 'removed: 2.79 with 200')],
  ['missing-key', good.replace('service: compute', '')],
  ['missing-key', good.replace('license: l', '')],
  ['missing-key', good.replace('section: Show a thing, ', '')],
  ['not-a-range', good.replace('2.1-2.104', '2.1 to 2.104')],
  ['not-a-status', good.replace('404', '4o4')],
  ['not-an-id', good.replace('compute/show-thing', 'volume/show-thing')],
  ['not-an-id', good.replace('compute/show-thing', 'compute/Show_thing')],
  ['misspelt-key', good.replace('origin:', 'orign:')],
] as const;

test.each(broken)('%s: a broken manifest is told with its place', (code, text) => {
  const { diagnostics } = readManifest(text, 'service.yaml');
  expect(diagnostics.map((diagnostic) => diagnostic.code)).toContain(code);
  expect(diagnostics.every(({ at }) => at.file === 'service.yaml' && at.line > 0)).toBe(true);
});

const section = (title: string): string => `
${title}
${'='.repeat(title.length)}

.. rest_method:: GET /things

Normal response codes: 200
`;
const file = (name: string, ...titles: readonly string[]): readonly [string, string] => [
  `${name}.inc`,
  `======\n${name.padEnd(6)}\n======\n${titles.map(section).join('')}`,
];

const idRows = [
  ['are made from titles', [file('a', 'Show a thing (show Action)')], ['compute/show-a-thing-show-action']],
  [
    'name the file where files share a title',
    [file('b', 'Show it'), file('a', 'Show it')],
    ['compute/show-it-in-a', 'compute/show-it-in-b'],
  ],
  [
    'are counted where a file repeats a title',
    [file('a', 'Show it', 'Show it')],
    ['compute/show-it-in-a', 'compute/show-it-in-a-2'],
  ],
] as const;

test.each(idRows)('ids without a manifest entry %s', (_, files, ids) => {
  const { contract } = assembleContract(readReference(treeOf(Object.fromEntries(files))), tinyManifest);
  expect(contract.operations.map(({ id }) => id)).toEqual(ids);
});

test('an operation of the manifest that the reference lacks is reported', () => {
  const { manifest = tinyManifest } = readManifest(good, 'service.yaml');
  const { diagnostics } = assembleContract(readReference(treeOf(Object.fromEntries([file('a', 'Other')]))), manifest);
  expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual([['absent-operation', 'error']]);
});
