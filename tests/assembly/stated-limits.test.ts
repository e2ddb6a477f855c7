/** Values and lengths that a text states, in requests: from the text, and from the facts that an import keeps of it. */
import { expect, test } from 'vitest';
import { assembleContract } from '../../src/assembly/assemble.ts';
import type { Member, Parameter } from '../../src/contract/model.ts';
import { factsOf } from '../../src/import/facts-of.ts';
import { operationsOf } from '../../src/import/read-facts.ts';
import { formatRange } from '../../src/microversion.ts';
import { readReference } from '../../src/reference/read-reference.ts';
import { treeOf } from '../../src/reference/tree.ts';
import { tinyManifest } from './tiny-reference.ts';

const texts = {
  'sort_key query': 'The key. The sort keys are limited to:\n\n- ``id``\n- ``locked`` (New in version 2.73)',
  'since query': 'A date and time as CCYY-MM-DDThh:mm:ss±hh:mm. If you omit the time zone, UTC is assumed.',
  'reason body': 'The reason. Minimum length is 1, and maximum length is 255.',
  'hostname body': 'The name. Starting with microversion 2.94, this has up to 255 characters.',
  'rules body array': 'A list. Limited to 50 characters.',
};

const limits = [
  'sort_key@2.1-2.72 {"enum":["id"]}',
  'sort_key@2.73- {"enum":["id","locked"]}',
  'since@2.1- {}',
  'reason@2.1- {"minLength":1,"maxLength":255}',
  'hostname@2.1-2.93 {}',
  'hostname@2.94- {"maxLength":255}',
  'rules@2.1- {}',
];

const reference = readReference(treeOf(files()));

test.each([
  ['its text', reference],
  ['imported facts', { ...reference, operations: factsOf(reference, '').flatMap(operationsOf) }],
])('of %s', (_, read) => {
  const { contract } = assembleContract(read, tinyManifest);
  const revisions = contract.operations.flatMap((operation) => operation.revisions);
  const found = revisions.flatMap(({ request: { query, body } }) => {
    return [...query, ...(body.kind === 'json' && body.shape.type === 'object' ? body.shape.members : [])];
  });
  expect([...new Set(found.map(limitOf))].toSorted(byName)).toEqual(limits);
});

function limitOf({ name, range, shape }: Parameter | Member): string {
  return `${name}@${formatRange(range)} ${JSON.stringify('facets' in shape ? shape.facets : {})}`;
}

function byName(a: string, b: string): number {
  const names = Object.keys(texts).map((line) => line.split(' ')[0]);
  return names.indexOf(a.split('@')[0]) - names.indexOf(b.split('@')[0]);
}

function files(): Readonly<Record<string, string>> {
  const entries = Object.entries(texts).map(([line, text]) => [...line.split(' '), text] as const);
  const definitions = entries.map(([name = '', place = '', ...rest]) => {
    const [text = '', type = 'string'] = rest.toReversed();
    const lines = text.split('\n').map((one) => `    ${one}\n`);
    return `${name}:\n  description: |\n${lines.join('')}  in: ${place}\n  required: false\n  type: ${type}\n`;
  });
  return {
    'things.inc':
      'Put\n===\n\n.. rest_method:: PUT /things\n\nNormal response codes: 200\n\nRequest\n-------\n\n' +
      `.. rest_parameters:: parameters.yaml\n\n${entries.map(([name]) => `  - ${name}: ${name}\n`).join('')}`,
    'parameters.yaml': definitions.join(''),
  };
}
