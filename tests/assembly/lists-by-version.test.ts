/** Lists of parameters under headings that name their microversions: each has its members, also where both have the same name. */
import { expect, test } from 'vitest';
import { assembleContract } from '../../src/assembly/assemble.ts';
import { factsOf } from '../../src/import/facts-of.ts';
import { operationsOf } from '../../src/import/read-facts.ts';
import { formatRange } from '../../src/microversion.ts';
import { readReference } from '../../src/reference/read-reference.ts';
import { treeOf } from '../../src/reference/tree.ts';
import { sketch } from './sketch.ts';
import { tinyManifest } from './tiny-reference.ts';

const list = (range: string, names: readonly string[], sample: string): string =>
  `Response (microversions ${range})\n---------------------------------\n\n.. rest_parameters:: parameters.yaml\n\n` +
  `${names.map((name) => `  - ${name}: ${name}\n`).join('')}\n.. literalinclude:: samples/${sample}\n\n`;

const types = { owner: 'string', size: 'integer' };

const reference = readReference(
  treeOf({
    'things.inc':
      'Show\n====\n\n.. rest_method:: GET /things\n\nNormal response codes: 200\n\n' +
      list('2.12 - ', ['size', 'owner'], 'show-2.12.json') +
      list('2.10 - 2.11', ['size'], 'show-2.10.json'),
    'parameters.yaml': Object.entries(types)
      .map(([name, type]) => `${name}:\n  description: It.\n  in: body\n  required: true\n  type: ${type}\n`)
      .join(''),
    'samples/show-2.12.json': '{"size": 1, "owner": "a"}',
    'samples/show-2.10.json': '{"size": 1}',
  }),
);

test.each([
  ['its text', reference],
  ['imported facts', { ...reference, operations: factsOf(reference, '').flatMap(operationsOf) }],
])('of %s', (_, read) => {
  const { contract } = assembleContract(read, tinyManifest);
  const revisions = contract.operations.flatMap((operation) => operation.revisions);
  const told = revisions.map(({ range, responses: [{ body }] }) => {
    return `${formatRange(range)} ${body.kind === 'json' ? sketch(body.shape) : body.kind}`;
  });
  expect(told).toEqual([
    '2.1-2.9 undocumented',
    '2.10-2.11 {size@2.10-: integer}',
    '2.12- {size@2.10-: integer, owner@2.12-: string}',
  ]);
});

test('the same names stand in other containers: a map of objects, and before it a list of objects', () => {
  const names = ['claims', 'sizes', 'holder', 'id'];
  const kinds: Record<string, string> = { claims: 'object', claims_list: 'array', sizes: 'object', holder: 'object' };
  const { contract } = assembleContract(
    readReference(
      treeOf({
        'things.inc':
          'Show\n====\n\n.. rest_method:: GET /things\n\nNormal response codes: 200\n\n' +
          list('2.12 - ', ['claims', 'sizes'], 'show-2.12.json') +
          list('2.10 - 2.11', names, 'show-2.10.json').replace('claims: claims', 'claims: claims_list'),
        'parameters.yaml': [...names, 'claims_list']
          .map((name) => {
            const type = kinds[name] ?? 'string';
            return `${name}:\n  description: It.\n  in: body\n  required: true\n  type: ${type}\n`;
          })
          .join(''),
        'samples/show-2.12.json': '{"claims": {"d2f9f7ae-5d0c-4b0a-8f0c-3f6a2a1f9b01": {"sizes": {"VCPU": 1}}}}',
        'samples/show-2.10.json': '{"claims": [{"holder": {"id": "a"}, "sizes": {"VCPU": 1}}]}',
      }),
    ),
    tinyManifest,
  );
  const [, earlier, later] = contract.operations.flatMap(({ revisions }) =>
    revisions.map(({ responses: [{ body }] }) => (body.kind === 'json' ? sketch(body.shape) : body.kind)),
  );
  expect(later).toBe('{claims@2.12-: {*: {sizes@2.12-: {…}}}}');
  expect(earlier).toBe('{claims@2.10-2.11: [{sizes@2.10-2.11: {…}, holder@2.10-2.11: {id@2.10-2.11: string}}]}');
});
