/** What prose decides where no sample does: places in bodies, microversions of success codes and of whole bodies. */
import { expect, test } from 'vitest';
import { assembleContract } from '../../src/assembly/assemble.ts';
import type { Operation } from '../../src/contract/model.ts';
import { factsOf } from '../../src/import/facts-of.ts';
import { operationsOf } from '../../src/import/read-facts.ts';
import type { Json } from '../../src/json.ts';
import { formatRange } from '../../src/microversion.ts';
import type { Reference } from '../../src/reference/model.ts';
import { readReference } from '../../src/reference/read-reference.ts';
import { treeOf } from '../../src/reference/tree.ts';
import { sketch } from './sketch.ts';
import { tinyManifest } from './tiny-reference.ts';

interface Text {
  readonly codes?: string;
  readonly note?: string;
  /** Type, description and further lines of each parameter of the response, by name. */
  readonly response?: Readonly<
    Record<string, readonly [type: string, description: string, ...more: readonly string[]]>
  >;
  readonly sample?: Json;
}

/** From the texts, and from the facts that an import makes of them. */
function operationsFrom(text: Text): readonly Operation[] {
  const reference = readReference(treeOf(filesOf(text)));
  const facts = factsOf(reference, '').flatMap(operationsOf);
  const imported: Reference = { ...reference, operations: facts, fragments: [], parameterFiles: [] };
  return [reference, imported].flatMap((each) => assembleContract(each, tinyManifest).contract.operations);
}

function filesOf({ codes = '200', note = '', response = {}, sample }: Text): Readonly<Record<string, string>> {
  const table = Object.keys(response).map((name) => `  - ${name}: ${name}\n`);
  const shown = sample === undefined ? '' : '\n.. literalinclude:: samples/v2.1/show-resp.json\n';
  const list = `\n.. rest_parameters:: parameters.yaml\n\n${table.join('')}${shown}`;
  return {
    'things.inc': `Show\n====\n\n.. rest_method:: GET /things\n\nNormal response codes: ${codes}\n\n${note}\n\nResponse\n--------\n${table.length > 0 ? list : ''}`,
    'parameters.yaml': Object.entries(response)
      .map(([name, [type, description, ...more]]) =>
        [`${name}:`, `description: ${description}`, 'in: body', 'required: true', `type: ${type}`, ...more].join(
          '\n  ',
        ),
      )
      .join('\n'),
    'samples/v2.1/show-resp.json': JSON.stringify(sample ?? {}),
  };
}

function bodiesOf(text: Text): readonly string[] {
  return operationsFrom(text).map(({ revisions }) => {
    const pieces = revisions.map(({ range, responses: [{ body }] }) => {
      return `${formatRange(range)} ${body.kind === 'json' ? sketch(body.shape) : body.kind}`;
    });
    return pieces.join('; ');
  });
}

const twice = (text: string): readonly string[] => [text, text];

test('names after an object of key and value pairs stand beside it', () => {
  const response = {
    thing: ['object', 'A thing.'],
    name: ['string', 'Its name.'],
    metadata: ['object', 'Metadata key and value pairs.'],
    colour: ['string', 'Its colour.'],
  } as const;
  expect(bodiesOf({ response, sample: { thing: { name: 'a' } } })).toEqual(
    twice('2.1- {thing: {name: string, metadata?: {…}, colour?: string}}'),
  );
});

test('a top-level key stands beside the one that holds everything else', () => {
  const response = {
    thing: ['object', 'A thing.'],
    name: ['string', 'Its name.'],
    hints: ['object', 'Hints. This is a top-level key in the response body.'],
    'hints.group': ['string', 'A group.'],
  } as const;
  expect(bodiesOf({ response, sample: { thing: { name: 'a' } } })).toEqual(
    twice('2.1- {thing: {name: string}, hints?: {group: string}}'),
  );
});

test('where members of inner objects have dotted names, a plain name is none of them', () => {
  const response = {
    thing: ['object', 'A thing.'],
    part: ['object', 'A part.'],
    'part.id': ['string', 'The id of the part.'],
    image: ['object', 'An image.'],
    links: ['array', 'Links of the thing.'],
  } as const;
  const sample = { thing: { part: { id: 'a' }, image: { links: [] }, links: [] } };
  expect(bodiesOf({ response, sample })).toEqual(twice('2.1- {thing: {part: {id: string}, image: {…}, links: [any]}}'));
});

test('a body is asserted where some member of it is, and nowhere else', () => {
  const response = { image_id: ['string', 'The image.', 'min_version: 2.45'] } as const;
  expect(bodiesOf({ response })).toEqual(twice('2.1-2.44 undocumented; 2.45- {image_id@2.45-: string}'));
  const password = { password: ['string', 'The password.', 'max_version: 2.13'] } as const;
  expect(bodiesOf({ response: password, sample: { password: 'a' } })).toEqual(
    twice('2.1-2.13 {password@2.1-2.13: string}; 2.14- undocumented'),
  );
});

test.each([
  ['200, 201', 'The usual code has changed from 200 to 201 with version 2.2', '2.1: 200; 2.2-: 201'],
  [
    '202, 204',
    'The normal return code is 204 in version 2.2 to match\n   that there is no body.',
    '2.1: 202; 2.2-: 204',
  ],
  ['201, 204', 'The code is 201 when it was not there before.', '2.1-: 201 204'],
  ['200', 'The usual code has changed from 200 to 201 with version 2.2', '2.1-: 200'],
])('the codes %s below %s', (codes, note, expected) => {
  const found = operationsFrom({ codes, note: `.. note::\n\n   ${note}` }).map(({ revisions }) =>
    revisions.map(
      ({ range, responses }) => `${formatRange(range)}: ${responses.map(({ status }) => status).join(' ')}`,
    ),
  );
  expect(found.map((pieces) => pieces.join('; '))).toEqual(twice(expected));
});
