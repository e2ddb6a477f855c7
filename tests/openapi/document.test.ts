/** What a document says of a small reference: bodies, codes and parameters of one microversion, and merged operations. */
import { expect, test } from 'vitest';
import { assembleContract } from '../../src/assembly/assemble.ts';
import type { Json } from '../../src/json.ts';
import { atPointer } from '../../src/json.ts';
import { microversion } from '../../src/microversion.ts';
import { openApiDocument, type DocumentOptions } from '../../src/openapi/document.ts';
import { leftOut } from '../../src/openapi/group-operations.ts';
import { readReference } from '../../src/reference/read-reference.ts';
import { treeOf } from '../../src/reference/tree.ts';
import { tinyManifest } from '../assembly/tiny-reference.ts';

const action = (title: string, reference: string, codes: string, errors: string): string => `${title}
${'='.repeat(title.length)}

.. rest_method:: POST /things/{${reference === 'stop' ? 'id' : 'thing_id'}}/action

Normal response codes: ${codes}

Error response codes: ${errors}

Request
-------

.. rest_parameters:: parameters.yaml

  - ${reference === 'stop' ? 'id' : 'thing_id'}: thing_id
  - ${reference}: ${reference}
`;

const text = `======
Things
======

${action('Start a thing', 'start', '200 (microversions 2.1 - 2.9), 202 (microversion 2.10 - )', 'unauthorized(401), conflict(409)')}
${action('Stop a thing', 'stop', '202', 'unauthorized(401), gone(410)')}
List things
===========

.. rest_method:: GET /things

Normal response codes: 200

Response
--------

.. rest_parameters:: parameters.yaml

  - things: things
  - name: name
  - tag: tag

.. literalinclude:: samples/list-resp.json
   :language: json
`;

const entry = (key: string, place: string, type: string, more = ''): string =>
  `${key}:\n  description: A value.\n  in: ${place}\n  required: true\n  type: ${type}\n${more}`;

const files = {
  'things.inc': text,
  'parameters.yaml': [
    entry('thing_id', 'path', 'string'),
    entry('start', 'body', 'none'),
    entry('stop', 'body', 'none', '  max_version: 2.19\n'),
    entry('things', 'body', 'array'),
    entry('name', 'body', 'string'),
    entry('tag', 'body', 'string', '  min_version: 2.10\n'),
  ].join(''),
  'samples/list-resp.json': '{"things": [{"name": "a"}]}',
  'samples/v2.10/list-resp.json': '{"things": [{"name": "a", "tag": "b"}]}',
};

const { contract } = assembleContract(readReference(treeOf(files)), tinyManifest);
const at = (version: string, options: DocumentOptions = {}): Json =>
  openApiDocument(contract, microversion(version), options);
const look = (version: string, pointer: string): Json | undefined => atPointer(at(version), pointer);

const post = '/paths/~1things~1{thing_id}~1action/post';

test('operations of one path become one, whose body is one of theirs by its only key', () => {
  expect(look('2.1', `${post}/requestBody`)).toEqual({
    required: true,
    content: {
      'application/json': {
        schema: {
          oneOf: [
            { $ref: '#/components/schemas/start-a-thing-request' },
            { $ref: '#/components/schemas/stop-a-thing-request' },
          ],
        },
      },
    },
  });
  expect(look('2.1', '/components/schemas/stop-a-thing-request')).toEqual({
    type: 'object',
    properties: { stop: { type: 'null', 'x-confidence': 'stated' } },
    required: ['stop'],
    additionalProperties: false,
  });
  expect(look('2.1', `${post}/description`)).toContain('- `start`: Start a thing');
});

test('a call whose method the reference leaves open is not in it, and is told', () => {
  const open = text.replace('GET /things', 'METHOD /things');
  const made = assembleContract(readReference(treeOf({ ...files, 'things.inc': open })), tinyManifest).contract;
  const version = microversion('2.1');
  expect(Object.keys(openApiDocument(made, version).paths ?? {})).not.toContain('/things');
  expect(leftOut(made.operations, version).map(({ id, method }) => `${method} ${id}`)).toEqual([
    'METHOD compute/list-things',
  ]);
  expect(leftOut(made.operations, microversion('1.9'))).toEqual([]);
});

test('names in the path are those of one of them', () => {
  expect(Object.keys(look('2.1', '/paths') as object)).toEqual(['/things', '/things/{thing_id}/action']);
  expect(look('2.1', `${post}/parameters/1`)).toMatchObject({ name: 'thing_id', in: 'path', required: true });
});

test('a code that only some of them answer says whose it is', () => {
  expect(look('2.1', `${post}/responses/200/description`)).toBe('Done. Of: start.');
  expect(look('2.1', `${post}/responses/202/description`)).toBe('Accepted; the work goes on. Of: stop.');
  expect(look('2.10', `${post}/responses/200`)).toBeUndefined();
  expect(look('2.10', `${post}/responses/202/description`)).toBe('Accepted; the work goes on.');
  expect(look('2.1', `${post}/responses/401`)).toEqual({ $ref: '#/components/responses/401' });
  expect(look('2.1', `${post}/responses/410/description`)).toBe('This API is gone. Of: stop.');
});

test('nothing of another microversion is in it', () => {
  expect(JSON.stringify(at('2.9'))).not.toContain('tag"');
  expect(look('2.10', '/components/schemas/list-things-response-200/properties/things/items/required')).toEqual([
    'name',
    'tag',
  ]);
  expect(JSON.stringify(at('2.9'))).not.toMatch(/x-(clause|closed|source)|2\.10/);
});

test('the microversion is a header with one value, and a token is wanted where 401 is documented', () => {
  expect(look('2.9', '/components/parameters/microversion')).toEqual({
    name: 'OpenStack-API-Version',
    in: 'header',
    required: true,
    schema: { type: 'string', enum: ['compute 2.9'] },
  });
  expect(look('2.9', '/security')).toEqual([{ token: [] }]);
  expect(look('2.9', '/paths/~1things/get/security')).toEqual([{}, { token: [] }]);
  expect(look('2.9', `${post}/security`)).toBeUndefined();
});

test('only what is wanted is in it, under ids that stay the same, at the server that is named', () => {
  const some = at('2.1', { isWanted: ({ id }) => id === 'compute/stop-a-thing', server: 'http://cloud.example/v2.1' });
  expect(atPointer(some, `${post}/operationId`)).toBe(look('2.1', `${post}/operationId`));
  expect(Object.keys(atPointer(some, '/paths') as object)).toEqual(['/things/{thing_id}/action']);
  expect(atPointer(some, '/servers/0/url')).toBe('http://cloud.example/v2.1');
});

test('a free-form map says that any key will do, which clients are generated from', () => {
  const text =
    'Make\n====\n\n.. rest_method:: POST /things\n\nRequest\n-------\n\n.. rest_parameters:: parameters.yaml\n\n';
  const tree = treeOf({
    'things.inc': `${text}  - thing: thing\n  - metadata: metadata\n\n.. literalinclude:: make-req.json\n`,
    'parameters.yaml': `${entry('thing', 'body', 'object')}${entry('metadata', 'body', 'object')}`,
    'make-req.json': '{"thing": {"metadata": {"a": "b"}}}',
  });
  const made = assembleContract(readReference(tree), tinyManifest).contract;
  const document = openApiDocument(made, microversion('2.1'));
  expect(atPointer(document, '/components/schemas/make-request/properties/thing')).toEqual({
    type: 'object',
    properties: { metadata: { type: 'object', additionalProperties: true, 'x-confidence': 'stated' } },
    required: ['metadata'],
    additionalProperties: false,
    'x-confidence': 'stated',
  });
});
