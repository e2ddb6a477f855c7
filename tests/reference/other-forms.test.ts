/** Slips and habits that references of other services have, one row each, on a small tree of our own. */
import { expect, test } from 'vitest';
import { assembleContract } from '../../src/assembly/assemble.ts';
import { bareManifest } from '../../src/assembly/bare-manifest.ts';
import type { Contract } from '../../src/contract/model.ts';
import { formatRange, microversion } from '../../src/microversion.ts';
import { openApiDocument } from '../../src/openapi/document.ts';
import type { Reference } from '../../src/reference/model.ts';
import { readReference } from '../../src/reference/read-reference.ts';
import { treeOf } from '../../src/reference/tree.ts';

const definition = (key: string, place: string, type: string, required = 'required: true'): string =>
  `${key}:\n  description: A value.\n  in: ${place}\n  ${required}\n  type: ${type}\n`;

const parameters = [
  definition('port_id', 'path', 'string'),
  definition('name', 'body', 'string', 'requered: true'),
  definition('is_shared', 'body', 'bool'),
  definition('visibility', 'body', 'enum'),
  definition('extra', 'body', 'dict'),
  definition('effective', 'query', '"key-only, no value expected"', 'require: false'),
].join('');

interface Parts {
  readonly method?: string;
  readonly codes?: string;
  readonly request?: string;
  readonly response?: string;
}

const read = ({ method, codes, request, response }: Parts, more: Readonly<Record<string, string>> = {}): Reference =>
  readReference(
    treeOf({
      'v2/ports/ports.inc': `Ports
=====

Show a port
-----------

.. rest_method:: ${method ?? 'GET /v2.0/ports/{port_id}'}

${codes ?? 'Normal response codes: 200\n\nError response codes: 401, 404'}

Request Parameters
~~~~~~~~~~~~~~~~~~

.. rest_parameters:: parameters.yaml

   - port_id: port_id
${request ?? ''}

Response Example
~~~~~~~~~~~~~~~~

${response ?? ''}
`,
      'parameters.yaml': parameters,
      ...more,
    }),
  );

const codesOf = ({ operations }: Reference): readonly string[] =>
  operations.flatMap(({ codes }) =>
    codes.map(({ status, range }) => `${status}${range ? ` ${formatRange(range)}` : ''}`),
  );
const toldOf = ({ diagnostics }: Reference): readonly string[] =>
  diagnostics.filter(({ at }) => at.file.endsWith('.inc')).map(({ severity, code }) => `${severity} ${code}`);
const contractOf = (reference: Reference): Contract => assembleContract(reference, bareManifest([reference])).contract;

test('block storage: method and path stand on the line below the directive', () => {
  const reference = read({ method: '\n   GET  /v2.0/ports/{port_id}' });
  expect(toldOf(reference)).toEqual([]);
  expect(reference.operations).toMatchObject([{ method: 'GET', path: '/v2.0/ports/{port_id}' }]);
});

test('block storage: a path without a slash is read, and told', () => {
  const reference = read({ method: 'GET v2.0/ports/{port_id}' });
  expect(toldOf(reference)).toEqual(['warning path-without-slash']);
  expect(reference.operations).toHaveLength(1);
  const { paths } = openApiDocument(contractOf(reference), microversion('1.0'));
  expect(Object.keys(paths as object)).toEqual(['/v2.0/ports/{port_id}']);
});

test.each(['PATCH', 'HEAD'])('identity and images: %s is a method', (method) => {
  expect(read({ method: `${method} /v2.0/ports/{port_id}` }).operations[0]?.method).toBe(method);
});

test('placement: a line of codes with microversions goes on in the next line', () => {
  const codes =
    'Normal Response Codes: 200 (microversions 1.0 -\n1.9), 204 (microversion 1.10 - )\n\nError response codes: itemNotFound(404)';
  const reference = read({ codes });
  expect(codesOf(reference)).toEqual(['200 1.0-1.9', '204 1.10-', '404']);
  expect(toldOf(reference)).toEqual([]);
});

test('placement: a sentence after a code says why it comes', () => {
  const codes =
    'Normal response codes: 200\n\nError response codes: itemNotFound(404) if the provider does not\nexist. (Without aggregates, the result is 200.)';
  const reference = read({ codes });
  expect(codesOf(reference)).toEqual(['200', '404']);
  expect(toldOf(reference)).toEqual([]);
  expect(reference.operations[0]?.codes[1]?.reason).toMatch(/^if the provider does not exist\. .*200\.\)$/);
});

test('networking: a code of two digits is left out, and told', () => {
  const reference = read({ codes: 'Normal response codes: 200\n\nError response codes: 404, 41' });
  expect(codesOf(reference)).toEqual(['200', '404']);
  expect(toldOf(reference)).toEqual(['error status-out-of-range']);
});

test('block storage: a literalinclude without a file is told, and the operation stays', () => {
  const reference = read({ response: '.. literalinclude::\n   :language: javascript' });
  expect(toldOf(reference)).toEqual(['error empty-argument']);
  expect(reference.operations[0]?.samples).toEqual([]);
});

test.each([
  ['XML', 'port.xml', '<port/>', 'info sample-is-text'],
  ['JSON with a mistake', 'port.json', '{"port": }', 'error sample-not-json'],
  ['JSON with a mistake under another name', 'port.txt', '{"port": }', 'error sample-not-json'],
  ['an HTTP message', 'port.txt', 'HTTP/1.1 200 OK\n\n{}', 'info sample-is-text'],
])('identity and networking: a sample that is %s is reported, and the operation stays', (_, file, text, expected) => {
  const reference = read(
    { response: `.. literalinclude:: samples/${file}\n   :language: javascript` },
    { [`samples/${file}`]: text },
  );
  expect(reference.diagnostics.map(({ severity, code }) => `${severity} ${code}`)).toContain(expected);
  expect(reference.operations).toHaveLength(1);
});

test('identity: a file that is not beside the fragment is looked for in the folders above', () => {
  const reference = read({});
  expect(reference.operations[0]?.parameters[0]?.definition?.key).toBe('port_id');
  const nearer = read({}, { 'v2/parameters.yaml': definition('port_id', 'path', 'uuid') });
  expect(nearer.operations[0]?.parameters[0]?.definition?.type).toBe('uuid');
});

test('misspelt keys of definitions are told with the key that is meant', () => {
  const { diagnostics } = read({});
  const told = diagnostics
    .filter(({ code }) => code === 'misspelt-key')
    .map(({ message, expected }) => `${message}: ${expected}`);
  expect(told).toEqual(['the key requered is not known: required', 'the key require is not known: required']);
});

test('other words for types become types: bool, enum, dict, and a flag that has a name only', () => {
  const request = ['is_shared', 'visibility', 'extra', 'effective'].map((name) => `   - ${name}: ${name}`).join('\n');
  const contract = contractOf(read({ method: 'PUT /v2.0/ports/{port_id}', request }));
  const [revision] = contract.operations[0]?.revisions ?? [];
  const body = revision?.request.body;
  const members = body?.kind === 'json' && body.shape.type === 'object' ? body.shape.members : [];
  expect(members.map(({ name, shape }) => `${name} ${shape.type}`)).toEqual([
    'is_shared boolean',
    'visibility string',
    'extra object',
  ]);
  expect(revision?.request.query).toMatchObject([{ name: 'effective', required: false, shape: { type: 'string' } }]);
});

test('networking: an operation without any body comes through to OpenAPI', () => {
  const contract = contractOf(read({ method: 'PUT /v2.0/ports/{port_id}/tags', codes: '' }));
  const document = openApiDocument(contract, microversion('1.0'));
  expect(Object.keys(document.paths as object)).toEqual(['/v2.0/ports/{port_id}/tags']);
});

test('load balancing: a sample outside of operations shows a part of a body, and is neither request nor response', () => {
  const text = 'Pools\n=====\n\nPersistence\n-----------\n\n.. literalinclude:: part.json\n';
  expect(readReference(treeOf({ 'pools.inc': text, 'part.json': '{"type": "a"}' })).diagnostics).toEqual([]);
});
