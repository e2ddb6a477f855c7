/** Members, their presence and their forms as the descriptions of parameters state them. */
import { expect, test } from 'vitest';
import { assembleContract } from '../../src/assembly/assemble.ts';
import type { Json } from '../../src/json.ts';
import { readReference } from '../../src/reference/read-reference.ts';
import { treeOf } from '../../src/reference/tree.ts';
import { bodiesOf, type Described } from './described-tree.ts';
import { sketch } from './sketch.ts';
import { tinyManifest } from './tiny-reference.ts';

interface Row extends Described {
  readonly claim: string;
  readonly expected: readonly string[];
}

const numbers = { in_use: 1, limit: 2 };
const flavor: Json = { flavor: { id: 'a' } };

const rows: readonly Row[] = [
  {
    claim:
      'what samples show and the text of the container names is listed, and has to be there where that includes it',
    parameters: { 'cores: object required': 'The object of cores, including in_use and limit.' },
    samples: { '2.1': { cores: numbers } },
    expected: ['{cores: {in_use: integer, limit: integer}}'],
  },
  {
    claim: 'a text that does not name all keys leaves the object open',
    parameters: { 'cores: object required': 'The object of cores, including in_use.' },
    samples: { '2.1': { cores: numbers } },
    expected: ['{cores: {…}}'],
  },
  {
    claim: 'a text that names examples leaves the object open',
    parameters: { 'cores: object required': 'An object that contains words like in_use and limit.' },
    samples: { '2.1': { cores: numbers } },
    expected: ['{cores: {…}}'],
  },
  {
    claim: 'the keys of a map are no members',
    parameters: { 'cores: object required': 'Key and value pairs, including in_use and limit.' },
    samples: { '2.1': { cores: numbers } },
    expected: ['{cores: {…}}'],
  },
  {
    claim: 'a named key that need not be there',
    parameters: { 'rules: object required': 'The rules of the group. Only the ``most`` rule is supported.' },
    samples: { '2.1': { rules: { most: 3 } } },
    expected: ['{rules: {most?: integer}}'],
  },
  {
    claim: 'members that the text of a list enumerates, with their types',
    parameters: {
      'disks: array required':
        'The disks. Following fields are presented in each dictionary:\n\n- ``size`` - the size (Integer)\n\n- ``name`` - its name',
    },
    samples: { '2.1': { disks: [{ size: 1, name: 'a' }] } },
    expected: ['{disks: [{size: integer, name: string}]}'],
  },
  {
    claim: 'members of which the text says that each object has them, where no sample shows one: others may be there',
    parameters: { 'links: array required': 'Where to go next, each including keys ``href`` and ``rel``.' },
    samples: { '2.1': { links: [] } },
    expected: ['{links: [{href: any, rel: any, …}]}'],
  },
  {
    claim: 'a parameter with microversions between which it does not exist',
    side: 'request',
    parameters: {
      'tag: string 2.3': 'A tag.\n\n.. note:: Accepted in version 2.3 and again from version 2.7.',
    },
    samples: { '2.1': { tag: 'a' } },
    expected: ['{}', '{tag?@2.3: string}', '{}', '{tag?@2.7-: string}'],
  },
  {
    claim: 'a parameter with microversions between which it does not exist, of which the first are a range',
    side: 'request',
    parameters: {
      'tag: string': 'A tag. It is accepted between 2.1 and 2.6 inclusively, and again since version 2.8.',
    },
    samples: { '2.1': { tag: 'a' } },
    expected: ['{tag?@2.1-2.6: string}', '{}', '{tag?@2.8-: string}'],
  },
  {
    claim: 'a parameter that is required from a microversion on',
    side: 'request',
    parameters: { 'networks: string required': 'Networks. Starting with microversion 2.37, this field is required.' },
    samples: { '2.1': { networks: 'auto' } },
    expected: ['{networks?@2.1-2.36: string}', '{networks@2.37-: string}'],
  },
  {
    claim: 'a value that a policy shows to administrators only need not be there',
    parameters: {
      'traceback: string required':
        'A stack. Policy defaults enable only users with the role of an administrator to see a traceback.',
    },
    samples: { '2.1': { traceback: 'a' } },
    expected: ['{traceback?: string}'],
  },
  {
    claim: 'an operation that a policy allows to administrators only says nothing about its members',
    parameters: {
      'name: string required':
        'A name. Policy defaults enable only users with the role of an administrator to perform this operation.',
    },
    samples: { '2.1': { name: 'a' } },
    expected: ['{name: string}'],
  },
  {
    claim: 'an object that may be empty up to a microversion',
    parameters: {
      'flavor: object required':
        'Before microversion 2.47 this has the id. This can be an empty object where the flavor is unknown.',
      'flavor.id: string required': 'The id.',
    },
    samples: { '2.1': flavor },
    expected: ['{flavor: {id?@2.1-2.46: string}}', '{flavor: {id@2.47-: string}}'],
  },
  {
    claim: 'a list in place of which one of its items may stand',
    side: 'request',
    parameters: { 'different_host: array': 'A list of server UUIDs or a server UUID.' },
    expected: ['{different_host?: [string] or string}'],
  },
  {
    claim: 'an object in place of which an empty text may stand',
    parameters: { 'image: object required': 'The image. It will be an empty string where there is none.' },
    samples: { '2.1': { image: { a: 1 } } },
    expected: ['{image: {…} or string}'],
  },
  {
    claim: 'members that running text names, where the object has more from a later microversion on',
    parameters: { 'image: object required': 'The UUID and links of the image.' },
    samples: { '2.1': { image: { id: 'a', links: [] } }, '2.98': { image: { id: 'a', links: [], size: 1 } } },
    expected: [
      '{image: {id?: string, links?: [any]}}',
      '{image: {id?: string, links?: [any], size?@2.98-: integer, …}}',
    ],
  },
  {
    claim: 'members that a sample lacks from the microversion on from which the text says that they may be missing',
    note: 'Starting with microversion 2.69 if details cannot be loaded, the response body for those will be missing keys.',
    parameters: { 'id: string required': 'The id.', 'name: string required': 'The name.' },
    samples: { '2.1': { id: 'a', name: 'b' }, '2.69': { id: 'a' }, '2.73': { id: 'a', name: 'b' } },
    expected: ['{id: string, name@2.1-2.68: string}', '{id: string, name?@2.69-: string}'],
  },
  {
    claim: 'members that a sample lacks, where the text says nothing of the kind',
    parameters: { 'id: string required': 'The id.', 'name: string required': 'The name.' },
    samples: { '2.1': { id: 'a', name: 'b' }, '2.69': { id: 'a' }, '2.73': { id: 'a', name: 'b' } },
    expected: ['{id: string, name: string}'],
  },
];

test.each(rows)('$claim', ({ expected, ...described }) => {
  const [fromText, fromFacts] = bodiesOf(described);
  expect(fromText).toEqual(expected);
  expect(fromFacts).toEqual(expected);
});

test('keys in a sample without a table are those of a map where the other side documents the map', () => {
  const text = `Put an entry\n============\n
.. rest_method:: PUT /entries\n
Normal response codes: 200\n
Request\n-------\n
.. literalinclude:: entry-req.json\n
Response\n--------\n
.. rest_parameters:: parameters.yaml\n
  - meta: meta\n
.. literalinclude:: entry-resp.json\n`;
  const sample = '{"meta": {"foo": "a"}}';
  const definitions = 'meta:\n  description: Key and value pairs.\n  in: body\n  required: true\n  type: object\n';
  const tree = treeOf({
    'entries.inc': text,
    'parameters.yaml': definitions,
    'entry-req.json': sample,
    'entry-resp.json': sample,
  });
  const { contract } = assembleContract(readReference(tree), tinyManifest);
  const bodies = contract.operations.flatMap(({ revisions }) => revisions.map(({ request }) => request.body));
  expect(bodies.map((body) => (body.kind === 'json' ? sketch(body.shape) : body.kind))).toEqual(['{meta?: {…}, …}']);
});

test('a member that only running text names and samples show as null has any value, and nobody is asked for its type', () => {
  const text = `Check\n=====\n
.. rest_method:: GET /checks\n
Normal response codes: 200\n
Response\n--------\n
.. rest_parameters:: parameters.yaml\n
  - wanted: wanted\n
.. literalinclude:: check-resp.json\n`;
  const description = 'What was wanted. This object contains the following attributes: ``host`` and ``zone``.';
  const tree = treeOf({
    'checks.inc': text,
    'parameters.yaml': `wanted:\n  description: ${description}\n  in: body\n  required: true\n  type: object\n`.replace(
      'description: What',
      'description: >\n    What',
    ),
    'check-resp.json': '{"wanted": {"host": "a", "zone": null}}',
  });
  const { contract, diagnostics } = assembleContract(readReference(tree), tinyManifest);
  const bodies = contract.operations.flatMap(({ revisions }) => revisions.map(({ responses: [{ body }] }) => body));
  expect(bodies.map((body) => (body.kind === 'json' ? sketch(body.shape) : body.kind))).toEqual([
    '{wanted: {host: string, zone: any}}',
  ]);
  expect(diagnostics.map(({ code }) => code)).not.toContain('unknown-type');
});
