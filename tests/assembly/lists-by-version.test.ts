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
  const told = revisions.map(({ range, answers: [{ body }] }) => {
    return `${formatRange(range)} ${body.kind === 'json' ? sketch(body.shape) : body.kind}`;
  });
  expect(told).toEqual([
    '2.1-2.9 undocumented',
    '2.10-2.11 {size@2.10-2.11: integer}',
    '2.12- {size@2.12-: integer, owner@2.12-: string}',
  ]);
});
