import { expect, test } from 'vitest';
import { microversion } from '../../src/microversion.ts';
import { matchBody } from '../../src/schema/match.ts';
import { schemaStore } from '../../src/schema/schema-store.ts';
import { assembleOwn } from '../assembly/compute-specs.ts';

const store = schemaStore(assembleOwn().contract);
const list = 'compute/list-volume-attachments';
const attach = 'compute/attach-volume';

test('a side without a body says so', () => {
  expect(store.request(list, microversion('2.1'))).toEqual({ kind: 'none' });
  expect(store.response(attach, microversion('2.101'), 202)).toEqual({ kind: 'none' });
});

test('what the contract does not have is undefined', () => {
  expect(store.response(attach, microversion('2.101'), 200)).toBeUndefined();
  expect(store.response(attach, microversion('2.100'), 202)).toBeUndefined();
  expect(store.request('compute/update-volume-attachment', microversion('2.84'))).toBeUndefined();
  expect(store.request('compute/nothing', microversion('2.1'))).toBeUndefined();
  expect(store.query(attach, microversion('2.1'))).toBeUndefined();
});

test('a schema is made once', () => {
  const at = microversion('2.79');
  expect(store.response(attach, at, 200)).toBe(store.response(attach, microversion('2.100'), 200));
  expect(store.response(attach, at, 200)).not.toBe(store.response(attach, microversion('2.78'), 200));
});

const queries = [
  ['2.1', {}, 0],
  ['2.1', { limit: '10', offset: '007' }, 0],
  ['2.1', { limit: ['1', '2'] }, 0],
  ['2.1', { marker: 'x' }, 0],
  ['2.74', { marker: 'x' }, 0],
  ['2.75', { marker: 'x' }, 1],
  ['2.75', { LIMIT: '1' }, 1],
  ['2.1', { limit: '-1' }, 1],
  ['2.1', { limit: '' }, 1],
  ['2.1', { limit: '1.5' }, 1],
  ['2.1', { limit: [] }, 1],
  ['2.1', { limit: ['1', 'x'] }, 1],
  ['2.1', { limit: '1'.repeat(24) }, 0],
] as const;

test.each(queries)('at %s the query %j has %i mismatches', (version, query, count) => {
  const schema = store.query(list, microversion(version));
  expect(schema && matchBody(schema, query)).toHaveLength(count);
});
