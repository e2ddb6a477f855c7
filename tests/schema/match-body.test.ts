import { expect, test } from 'vitest';
import type { OperationId } from '../../src/contract/model.ts';
import { parseJson, type Json } from '../../src/json.ts';
import { microversion } from '../../src/microversion.ts';
import type { JsonSchema } from '../../src/schema/json-schema.ts';
import { matchBody } from '../../src/schema/match.ts';
import { schemaStore } from '../../src/schema/schema-store.ts';
import { assembleOwn } from '../assembly/compute-specs.ts';

const store = schemaStore(assembleOwn().contract);

const server = '5b0f9d0e-7c1a-4c58-9d35-2f6c0e7a4b11';
const volume = 'c3a1e7d2-94b6-4f0a-8e5d-6b7f2a1c9d04';
const old = { id: volume, serverId: server, volumeId: volume, device: '/dev/vdb' };
const tagged = { ...old, tag: null };
const flagged = { ...tagged, delete_on_termination: false };
const newest = {
  serverId: server,
  volumeId: volume,
  tag: null,
  delete_on_termination: false,
  attachment_id: server,
  bdm_uuid: volume,
};

type Place = 'request' | number;

function schemaFor(operation: OperationId, version: string, place: Place): JsonSchema {
  const at = microversion(version);
  const content = place === 'request' ? store.request(operation, at) : store.response(operation, at, place);
  if (content?.kind !== 'json') throw new Error(`${operation} has no JSON ${place} at ${version}`);
  return content.schema;
}

const list: OperationId = 'compute/list-volume-attachments';
const attach: OperationId = 'compute/attach-volume';
const show: OperationId = 'compute/show-volume-attachment';
const update: OperationId = 'compute/update-volume-attachment';
const swap: OperationId = 'compute/swap-volume';

const matching: readonly (readonly [OperationId, string, Place, Json])[] = [
  [list, '2.1', 200, { volumeAttachments: [] }],
  [list, '2.69', 200, { volumeAttachments: [old] }],
  [list, '2.70', 200, { volumeAttachments: [tagged, { ...tagged, tag: 'x' }] }],
  [list, '2.88', 200, { volumeAttachments: [flagged] }],
  [list, '2.104', 200, { volumeAttachments: [newest] }],
  [show, '2.89', 200, { volumeAttachment: newest }],
  [attach, '2.1', 200, { volumeAttachment: { ...old, device: null } }],
  [attach, '2.100', 200, { volumeAttachment: flagged }],
  [attach, '2.1', 'request', { volumeAttachment: { volumeId: volume } }],
  [attach, '2.1', 'request', { volumeAttachment: { volumeId: volume.toUpperCase(), device: null } }],
  [attach, '2.1', 'request', { volumeAttachment: { volumeId: volume.replaceAll('-', '') } }],
  [attach, '2.1', 'request', { volumeAttachment: { volumeId: `{${volume}}` } }],
  [attach, '2.1', 'request', { volumeAttachment: { volumeId: `urn:uuid:${volume}` } }],
  [attach, '2.49', 'request', { volumeAttachment: { volumeId: volume, tag: 'é'.repeat(60) } }],
  [attach, '2.79', 'request', { volumeAttachment: { volumeId: volume, delete_on_termination: 'off' } }],
  [update, '2.85', 'request', { volumeAttachment: { volumeId: volume, delete_on_termination: true } }],
  [swap, '2.85', 'request', { volumeAttachment: { volumeId: volume, id: volume, serverId: server, tag: 'x' } }],
];

test.each(matching)('%s at %s: a good body matches (%s)', (operation, version, place, body) => {
  expect(matchBody(schemaFor(operation, version, place), body)).toEqual([]);
});

/** Operation, version, place, body, then pointer, keyword, what was expected, and the clause. */
const missing: readonly (readonly [OperationId, string, Place, Json, string, string, string, string])[] = [
  [list, '2.70', 200, { volumeAttachments: [old] }, '/volumeAttachments/0', 'required', 'a member "tag"', `${list}#reply-has-tag`],
  [list, '2.69', 200, { volumeAttachments: [tagged] }, '/volumeAttachments/0/tag', 'additionalProperties', 'no member "tag"', `${list}#reply-lacks-tag`],
  [list, '2.89', 200, { volumeAttachments: [{ ...newest, id: volume }] }, '/volumeAttachments/0/id', 'additionalProperties', 'no member "id"', `${list}#reply-lacks-id`],
  [list, '2.1', 200, { volumeAttachments: [{ ...old, extra: 1 }] }, '/volumeAttachments/0/extra', 'additionalProperties', 'no member "extra"', `${list}#reply-has-no-other-fields`],
  [list, '2.1', 200, { volumeAttachments: [], links: [] }, '/links', 'additionalProperties', 'no member "links"', `${list}#reply-has-no-other-fields-at-top`],
  [list, '2.1', 200, {}, '', 'required', 'a member "volumeAttachments"', `${list}#reply-has-volume-attachments`],
  [list, '2.1', 200, { volumeAttachments: null }, '/volumeAttachments', 'type', 'a list', `${list}#reply-has-volume-attachments`],
  [list, '2.1', 200, { volumeAttachments: ['x'] }, '/volumeAttachments/0', 'type', 'an object', `${list}#reply-has-volume-attachments`],
  [list, '2.1', 200, [], '', 'type', 'an object', `${list}#reply-has-a-body`],
  [list, '2.1', 200, { volumeAttachments: [{ ...old, device: null }] }, '/volumeAttachments/0/device', 'type', 'a string', `${list}#reply-may-have-device`],
  [list, '2.70', 200, { volumeAttachments: [{ ...tagged, tag: 1 }] }, '/volumeAttachments/0/tag', 'type', 'a string or null', `${list}#reply-has-tag`],
  [show, '2.89', 200, { volumeAttachment: { ...newest, bdm_uuid: null } }, '/volumeAttachment/bdm_uuid', 'type', 'a UUID', `${show}#reply-has-bdm-uuid`],
  [show, '2.1', 200, { volumeAttachment: { ...old, id: 'abc' } }, '/volumeAttachment/id', 'format', 'a UUID', `${show}#reply-has-id`],
  [attach, '2.1', 200, { volumeAttachment: { id: volume, serverId: server, volumeId: volume } }, '/volumeAttachment', 'required', 'a member "device"', `${attach}#reply-has-device`],
  [attach, '2.48', 'request', { volumeAttachment: { volumeId: volume, tag: 'x' } }, '/volumeAttachment/tag', 'additionalProperties', 'no member "tag"', `${attach}#refuses-tag`],
  [attach, '2.1', 'request', { volumeAttachment: {} }, '/volumeAttachment', 'required', 'a member "volumeId"', `${attach}#requires-volume-id`],
  [attach, '2.1', 'request', {}, '', 'required', 'a member "volumeAttachment"', `${attach}#requires-volume-attachment`],
  [attach, '2.49', 'request', { volumeAttachment: { volumeId: volume, tag: '' } }, '/volumeAttachment/tag', 'minLength', 'a string of 1 to 60 characters that matches ^[^,/]*$', `${attach}#accepts-tag`],
  [attach, '2.49', 'request', { volumeAttachment: { volumeId: volume, tag: 'a/b' } }, '/volumeAttachment/tag', 'pattern', 'a string of 1 to 60 characters that matches ^[^,/]*$', `${attach}#accepts-tag`],
  [attach, '2.49', 'request', { volumeAttachment: { volumeId: volume, tag: null } }, '/volumeAttachment/tag', 'type', 'a string of 1 to 60 characters that matches ^[^,/]*$', `${attach}#accepts-tag`],
  [update, '2.85', 'request', { volumeAttachment: { volumeId: volume, attachment_id: server } }, '/volumeAttachment/attachment_id', 'additionalProperties', 'no member "attachment_id"', `${update}#refuses-other-fields`],
  [swap, '2.84', 'request', { volumeAttachment: { volumeId: volume, id: volume } }, '/volumeAttachment/id', 'additionalProperties', 'no member "id"', `${swap}#refuses-id`],
]; // prettier-ignore

test.each(missing)(
  '%s at %s: a body that misses by one thing is told (%s %j)',
  (operation, version, place, body, pointer, keyword, expected, clause) => {
    const misses = matchBody(schemaFor(operation, version, place), body);
    const told = misses.map((miss) => [miss.pointer, miss.keyword, miss.expected, miss.clause]);
    expect(told).toEqual([[pointer, keyword, expected, clause]]);
  },
);

test('a choice is one mismatch that names every form', () => {
  const body = { volumeAttachment: { volumeId: volume, delete_on_termination: 1 } };
  const [miss, ...others] = matchBody(schemaFor(attach, '2.79', 'request'), body);
  expect(others).toEqual([]);
  expect(miss).toMatchObject({ keyword: 'anyOf', seen: 1, clause: `${attach}#accepts-delete-on-termination` });
  expect(miss?.expected).toMatch(/^true or false; or one of "True", "TRUE"/);
});

test('all mismatches are told, in order and each once', () => {
  const body = { volumeAttachments: [{ ...old, device: 1, id: 1 }, { x: 1 }] };
  const told = matchBody(schemaFor(list, '2.1', 200), body).map(({ pointer, expected }) => `${pointer} ${expected}`);
  expect(told).toEqual([
    '/volumeAttachments/0/device a string',
    '/volumeAttachments/0/id a UUID',
    '/volumeAttachments/1 a member "id"',
    '/volumeAttachments/1 a member "serverId"',
    '/volumeAttachments/1 a member "volumeId"',
    '/volumeAttachments/1/x no member "x"',
  ]);
});

test('for a missing member the names that are there are shown', () => {
  const [miss] = matchBody(schemaFor(list, '2.70', 200), { volumeAttachments: [old] });
  expect(miss?.seen).toEqual(['id', 'serverId', 'volumeId', 'device']);
});

const hostile: readonly (readonly [string, Json])[] = [
  ['a key __proto__', parseJson(`{"volumeAttachments": [], "__proto__": {"x": 1}}`) ?? null],
  ['a key constructor', { volumeAttachments: [], constructor: 'x' }],
  ['a key with slashes', { volumeAttachments: [], 'a/b~c': 1 }],
  ['inherited names only', parseJson('{"__proto__": {"volumeAttachments": []}}') ?? null],
  ['a deep list', parseJson('{"volumeAttachments": [' + '['.repeat(5000) + ']'.repeat(5000) + ']}') ?? null],
  ['a deep surplus', { volumeAttachments: [], deep: parseJson('[['.repeat(2000) + ']]'.repeat(2000)) ?? null }],
  ['a long text', { volumeAttachments: 'x'.repeat(1_000_000) }],
  ['very many entries', { volumeAttachments: Array.from({ length: 300_000 }, () => 1) }],
  ['very many keys', Object.fromEntries(Array.from({ length: 100_000 }, (_entry, index) => [`k${index}`, 1]))],
  ['one bad entry at the end', { volumeAttachments: [...Array.from({ length: 5000 }, () => old), 1] }],
];

test.each(hostile)('%s is told in few short words', (_name, body) => {
  const misses = matchBody(schemaFor(list, '2.1', 200), body);
  expect(misses.length).toBeGreaterThan(0);
  expect(misses.length).toBeLessThanOrEqual(400);
  expect(JSON.stringify(misses).length).toBeLessThan(100_000);
});

test('a long list that is good matches', () => {
  expect(
    matchBody(schemaFor(list, '2.1', 200), { volumeAttachments: Array.from({ length: 5000 }, () => old) }),
  ).toEqual([]);
});

test('a surplus key is pointed at with its name escaped', () => {
  const [miss] = matchBody(schemaFor(list, '2.1', 200), { volumeAttachments: [], 'a/b~c': 1 });
  expect(miss?.pointer).toBe('/a~1b~0c');
});
