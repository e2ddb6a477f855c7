/**
 * Volume types: list, show.
 */

import { type Endpoint, type Lookup, type Shown, unreadQuery } from '../../kernel/endpoint.ts';
import type { Field } from '../../kernel/fields.ts';
import { notFound } from '../../kernel/refusal.ts';
import type { VolumeCall } from '../call.ts';
import { defaultTypeName } from '../new-volume.ts';
import type { VolumeType } from '../state.ts';
import { storageEndpoint } from '../storage-endpoint.ts';

const named: Lookup<VolumeCall, VolumeType> = {
  noun: 'a volume type',
  id: ({ params }) => params.type_id ?? '',
  matches: ({ id, name }, text) => (text === 'default' ? name === defaultTypeName : id === text),
  rows: ({ cloud }) => cloud.blockStorage.types.values(),
};

const fields: readonly Field<Shown<VolumeCall, VolumeType>>[] = [
  { name: 'id', value: ({ item: { id } }) => id },
  { name: 'name', value: ({ item: { name } }) => name },
  { name: 'is_public', value: () => true },
  { name: 'description', value: ({ item: { description } }) => description },
  { name: 'extra_specs', value: ({ item: { extraSpecs } }) => extraSpecs },
  { name: 'os-volume-type-access:is_public', value: () => true },
];

const listTypes = storageEndpoint('block-storage/list-types', {
  method: 'GET',
  path: '/types',
  query: unreadQuery,
  policy: { rule: 'volume_extension:type_get_all' },
  checks: ['role'],
  listing: { noun: 'volume types', rows: named.rows },
  success: [{ status: 200, content: 'item' }],
  response: { envelope: 'volume_types', fields },
});

const showType = storageEndpoint('block-storage/show-type', {
  method: 'GET',
  path: '/types/:type_id',
  query: unreadQuery,
  policy: { rule: 'volume_extension:type_get' },
  lookups: { type: named },
  checks: ['type', 'role'],
  refusals: {
    type: ({ call: { params }, found: { type } }) =>
      type ? undefined : notFound(`Volume type ${params.type_id ?? ''} could not be found.`),
  },
  result: ({ found: { type } }) => type,
  success: [{ status: 200, content: 'item' }],
  response: { envelope: 'volume_type', fields },
});

export const volumeTypeEndpoints: readonly Endpoint[] = [listTypes, showType];
